"""The files /accounts.csv and /services.csv, read as a program would."""

import csv
import io
from decimal import Decimal

from harness import EndToEndTest, billing_months, main, make_account, make_config
from providers import PROVIDER

COLUMNS = ["account", "provider", "period", "month", "currency"]


def read_csv(exporter, path):
    answer = exporter.ask(path)
    if answer.status != 200:
        raise AssertionError(f"{path}: {answer.status}")
    return list(csv.DictReader(io.StringIO(answer.body.decode(), newline=""), strict=True))


class CostCsv(EndToEndTest):
    def start(self):
        self.cloud = self.start_simulator("--accounts=2", *PROVIDER.small_company)
        accounts = [make_account(self.cloud, n, labels={"team": team})
                    for n, team in ((1, "基础设施"), (2, "=cmd"))]
        accounts.append(make_account(self.cloud, 7, name="refused"))
        return self.start_exporter(make_config(accounts)).wait_ready()

    def totals(self, number, period, group_by=()):
        return self.cloud.totals(PROVIDER.key(number), billing_months()[period], list(group_by))

    def check_amounts(self, line, expected):
        for name in ("billed_cost", "list_cost"):
            self.assertEqual(Decimal(line[name]), Decimal(expected[name]))

    def test_have_the_exact_amounts_of_each_account_and_service(self):
        exporter = self.start()
        lines = read_csv(exporter, "/accounts.csv")
        self.assertEqual(list(lines[0])[:5], COLUMNS)
        self.assertEqual([(line["account"], line["period"]) for line in lines],
                         [(name, period) for name in ("account-1", "account-2", "refused")
                          for period in ("current", "previous")])
        for line in lines[:4]:
            number = int(line["account"][-1])
            self.assertEqual(line["month"], billing_months()[line["period"]])
            self.check_amounts(line, self.totals(number, line["period"])["total"])
        for line in lines[4:]:
            self.assertEqual((line["currency"], line["billed_cost"], line["list_cost"]), ("CNY", "", ""))
        self.assertEqual({line["label_team"] for line in lines}, {"基础设施", "'=cmd", ""})

    def test_have_each_service_once(self):
        exporter = self.start()
        lines = read_csv(exporter, "/services.csv")
        self.assertEqual(list(lines[0])[:6], COLUMNS + ["service_type"])
        for number in (1, 2):
            for period in ("current", "previous"):
                expected = {item["service_type"]: item
                            for item in self.totals(number, period, ["service_type"])["by_group"]}
                shown = {line["service_type"]: line for line in lines
                         if (line["account"], line["period"]) == (f"account-{number}", period)}
                self.assertEqual(set(shown), set(expected))
                for service, line in shown.items():
                    self.check_amounts(line, expected[service])

    def test_take_the_filters_of_the_page(self):
        exporter = self.start()
        for query, names in (("", {"account-1", "account-2", "refused"}),
                             ("?account=account-2", {"account-2"}),
                             ("?q=ACCOUNT-1", {"account-1"}),
                             ("?state=failing", {"refused"}),
                             ("?state=nonsense", {"account-1", "account-2", "refused"}),
                             ("?label=team&value=%3Dcmd", {"account-2"}),
                             ("?label=team&value=", {"refused"})):
            with self.subTest(query=query):
                self.assertEqual({line["account"] for line in read_csv(exporter, f"/accounts.csv{query}")},
                                 names)

    def test_are_files_that_no_cache_keeps(self):
        exporter = self.start()
        month = billing_months()["current"]
        for name in ("accounts", "services"):
            answer = exporter.ask(f"/{name}.csv")
            self.assertEqual(answer.headers["Content-Type"], "text/csv; charset=utf-8; header=present")
            self.assertEqual(answer.headers["Content-Disposition"],
                             f'attachment; filename="{name}-{month}.csv"')
            self.assertEqual(answer.headers["Cache-Control"], "no-store")
            self.assertEqual(exporter.ask(f"/{name}.csv", "HEAD").body, b"")
            self.assertEqual(exporter.ask(f"/{name}.csv", "POST").status, 405)


if __name__ == "__main__":
    main()
