"""BytePlus: Volcengine's API on another site, with days of UTC, English words, US dollars and tax."""

import csv
import datetime
import json
from decimal import Decimal

from expected_bill import ExpectedBill, ExpectedShares
from harness import (MEASURES, EndToEndTest, billing_months, main, make_account, make_config,
                     print_amount)
from providers import BYTEPLUS, VOLCENGINE

KEY = BYTEPLUS.key(1)
WHERE = {"provider": "byteplus", "account": "account-1"}
AGGREGATION = {"group_by": ["service_type", "region_id", "billing_mode", "sub_account_id"],
               "tag_keys": ["team"], "measures": MEASURES, "max_series": 20000}
ALL = ["balance", "bills", "orders", "history", "amortization", "coupons", "packages", "budgets", "renewals"]


class Byteplus(EndToEndTest):
    def account(self, cloud, **more):
        return make_account(cloud, provider=BYTEPLUS, **more)

    def test_bills_and_shares_equal_the_clouds_books(self):
        cloud = self.start_simulator("--rows=700")
        config = make_config([self.account(cloud, collectors=ALL)], aggregation=AGGREGATION,
                             polling={"history": {"months": 2}})
        metrics = self.poll_once(config).metrics
        bill = ExpectedBill(cloud, KEY, AGGREGATION, provider=BYTEPLUS)
        bill.check(self, metrics, "account-1")
        self.assertEqual({dict(labels)["billing_mode"]
                          for labels in metrics.select("account_billed_cost", period="previous", **WHERE)},
                         {"prepaid", "postpaid", "contract", "fulfillment"})
        previous = bill.months["previous"]["total"]
        self.assertGreater(Decimal(previous["billed_cost"]),
                           Decimal(previous["paid_amount"]) + Decimal(previous["unpaid_amount"]), "there is tax")
        ExpectedShares(cloud, KEY, AGGREGATION, provider=BYTEPLUS).check(self, metrics, currency="USD")
        self.check_closed_months(cloud, metrics)
        self.assertEqual(metrics.value("available_balance", currency="USD", **WHERE), "6001")
        for collector in ALL:
            self.assertEqual(metrics.value("collector_up", collector=collector, **WHERE), "1", collector)
        self.assertEqual({labels["provider"] for labels in map(dict, metrics.select("api_requests_total"))},
                         {"byteplus"})

    def check_closed_months(self, cloud, metrics):
        month = datetime.date.fromisoformat(billing_months(BYTEPLUS.zone)["previous"] + "-01")
        for _ in range(2):
            month = (month - datetime.timedelta(days=1)).replace(day=1)
            groups = cloud.totals(KEY, f"{month:%Y-%m}", ["service_type", "billing_mode"])["by_group"]
            expected = {tuple(sorted([("currency", "USD"), ("service_type", group["service_type"]),
                                      ("billing_mode", group["billing_mode"])])):
                        print_amount(group["billed_cost"]) for group in groups if Decimal(group["billed_cost"])}
            self.assert_same_samples(
                metrics.select("closed_month_billed_cost", month=f"{month:%Y-%m}", **WHERE), expected)

    def test_the_focus_file_has_what_is_billed_with_tax_in_utc(self):
        cloud = self.start_simulator("--rows=300")
        previous = billing_months(BYTEPLUS.zone)["previous"]
        path = self.write_config(make_config([self.account(cloud, collectors=["bills", "amortization"])]))
        file = self.directory / "focus.csv"
        run = self.run_exporter(f"--config.file={path}", f"--focus.output={file}", f"--focus.month={previous}")
        self.assertEqual(run.status, 0, run.out + run.err)
        rows = list(csv.DictReader(file.read_text("utf-8").splitlines()))
        bill = cloud.totals(KEY, previous)
        self.assertEqual(sum(Decimal(row["BilledCost"]) for row in rows), Decimal(bill["total"]["billed_cost"]))
        shares = cloud.totals(KEY, previous, bill="amortized")
        self.assertEqual(sum(Decimal(row["EffectiveCost"]) for row in rows if row["x_BillingMode"] == "prepaid"),
                         Decimal(shares["by_billing_mode"]["prepaid"]["billed_cost"]))
        self.assertEqual({(row["ProviderName"], row["BillingCurrency"], row["BillingPeriodStart"]) for row in rows},
                         {("BytePlus", "USD", f"{previous}-01T00:00:00Z")})
        self.assertGreater(len({row["ServiceCategory"] for row in rows}), 2)

    def test_months_begin_at_the_midnight_of_each_clouds_zone(self):
        cloud = self.start_simulator("--rows=60")
        accounts = [self.account(cloud, collectors=["bills"]),
                    make_account(cloud, provider=VOLCENGINE, collectors=["bills"], name="volc")]
        metrics = self.poll_once(make_config(accounts)).metrics
        for provider in (BYTEPLUS, VOLCENGINE):
            for period, month in billing_months(provider.zone).items():
                first = datetime.datetime.fromisoformat(month + "-01").replace(tzinfo=provider.zone)
                self.assertEqual(metrics.value("period_info", provider=provider.name, period=period, month=month), "1")
                self.assertEqual(metrics.value("period_start_timestamp_seconds", provider=provider.name,
                                               period=period), f"{first.timestamp():.0f}")
            day = datetime.datetime.now(provider.zone).replace(hour=0, minute=0, second=0, microsecond=0)
            self.assertEqual(metrics.value("day_start_timestamp_seconds", provider=provider.name),
                             f"{(day - datetime.timedelta(days=2)).timestamp():.0f}")
        # A dollar beside a yuan is no sum.
        for account, currency in (("account-1", "USD"), ("volc", "CNY")):
            self.assertEqual({dict(labels)["currency"] for labels in
                              metrics.select("account_billed_cost", account=account)}, {currency})

    def test_a_key_is_checked_in_the_words_of_its_console(self):
        cloud = self.start_simulator("--rows=50")
        path = self.write_config(make_config([self.account(cloud, collectors=ALL)]))

        def check(status):
            run = self.run_exporter(f"--config.file={path}", "--check-access", "--log.format=json")
            self.assertEqual(run.status, status, run.out + run.err)
            return {line["operation"]: line for line in map(json.loads, run.out.splitlines())}

        lines = check(0)
        self.assertEqual({line["result"] for line in lines.values()}, {"ok"})
        self.assertEqual({line["provider"] for line in lines.values()}, {"byteplus"})
        self.assertIn("USD", lines["QueryBalanceAcct"]["fact"])
        cloud.add_fault("forbidden", KEY, "ListBillDetail")
        line = check(1)["ListBillDetail"]
        self.assertEqual(line["result"], "permission")
        self.assertIn("IAM > Users", line["advice"])
        self.assertNotRegex(line["advice"], "[\u4e00-\u9fff]")

    def test_a_region_of_the_other_site_is_refused(self):
        cloud = self.start_simulator("--rows=20")
        run = self.poll_once(make_config([self.account(cloud, collectors=["balance"], region="cn-beijing")]), status=1)
        self.assertEqual(run.metrics.value("collector_failing", collector="balance", reason="auth"), "1")


if __name__ == "__main__":
    main()
