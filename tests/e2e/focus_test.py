"""--focus.output: every row of the bill as a line of a FOCUS 1.2 file, whose sums are the cloud's own."""

import collections
import csv
import io
import json
import os
import re
import resource
import signal
import stat
import subprocess
from decimal import Decimal

from harness import EXPORTER, EndToEndTest, Program, billing_months, main, make_account, make_config, wait_until
from providers import PROVIDER

IS_BAIDU = PROVIDER.name == "baidu"
KEY = PROVIDER.key(1)
MEMBER = f"5b{1:015}{1:015}"  # of the simulator's first account
ISSUER = {"baidu": "Baidu AI Cloud", "volcengine": "Volcano Engine"}[PROVIDER.name]
TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")
DECIMAL = re.compile(r"-?\d+\.\d+")
DECIMALS = ("BilledCost", "ContractedCost", "EffectiveCost", "ListCost")
TIMES = ("BillingPeriodStart", "BillingPeriodEnd", "ChargePeriodStart", "ChargePeriodEnd")
NEVER_NULL = (*DECIMALS, *TIMES, "BillingAccountId", "BillingCurrency", "ChargeCategory", "ChargeFrequency",
              "InvoiceIssuerName", "PricingCategory", "ProviderName", "PublisherName", "ServiceCategory",
              "ServiceName", "ServiceSubcategory", "x_Account", "x_BillingMonth")


def closed_months():
    """Two that have rows whatever day it is."""
    previous = billing_months()["previous"]
    year, month = map(int, previous.split("-"))
    return [f"{year - (month == 1)}-{(month - 2) % 12 + 1:02}", previous]


CLOSED = [f"--focus.month={month}" for month in closed_months()]


def add_up(rows, column, *by):
    sums = collections.defaultdict(Decimal)
    for row in rows:
        sums[tuple(row[name] for name in by)] += Decimal(row[column])
    return dict(sums)


class Focus(EndToEndTest):
    def export(self, accounts, *flags, status=0, output=None, environment=None, **config):
        output = output or self.directory / "focus.csv"
        path = self.write_config(make_config(accounts, **config))
        run = self.run_exporter(f"--config.file={path}", f"--focus.output={output}", *flags, environment=environment)
        self.assertEqual(run.status, status, run.out + run.err)
        run.path = output
        return run

    def rows(self, text):
        return list(csv.DictReader(io.StringIO(text, newline=""), strict=True))

    def read(self, *arguments, **more):
        return self.rows(self.export(*arguments, **more).path.read_bytes().decode("utf-8"))

    def spool_and_parts(self):
        return [path.name for path in self.directory.iterdir() if ".csv" in path.name or "exporter." in path.name]

    def test_the_sums_are_the_clouds_books_and_the_metrics(self):
        cloud = self.start_simulator("--rows=700", "--sub-accounts=1")
        members = [MEMBER] if IS_BAIDU else []
        account = make_account(cloud, **({"sub_accounts": members} if members else {}))
        rows = self.read([account])
        metrics = self.poll_once(make_config([account])).metrics
        billed = add_up(rows, "BilledCost", "x_BillingMonth", "x_BillingMode")
        for period, month in billing_months().items():
            books = cloud.totals(KEY, month, sub_accounts=members)
            mine = [row for row in rows if row["x_BillingMonth"] == month]
            self.assertEqual(len(mine), books["total"]["rows"], month)
            for column, measure in (("BilledCost", "billed_cost"), ("ListCost", "list_cost")):
                self.assertEqual(sum(Decimal(row[column]) for row in mine), Decimal(books["total"][measure]),
                                 (month, column))
            self.assertEqual(add_up(mine, "EffectiveCost"), add_up(mine, "BilledCost"))
            for mode in ("prepaid", "postpaid"):
                shown = metrics.value("account_billed_cost", period=period, billing_mode=mode)
                self.assertAlmostEqual(float(shown), float(billed.get((month, mode), 0)), places=6)

    def test_effective_costs_are_the_clouds_books_of_amortisation(self):
        cloud = self.start_simulator("--rows=700")
        previous = billing_months()["previous"]
        books = cloud.totals(KEY, previous, bill="amortized")
        bill = cloud.totals(KEY, previous)
        rows = self.read([make_account(cloud, collectors=["bills", "amortization"])], f"--focus.month={previous}")
        self.assertEqual(sum(Decimal(row["BilledCost"]) for row in rows), Decimal(bill["total"]["billed_cost"]))
        effective = add_up(rows, "EffectiveCost", "x_BillingMode")
        self.assertEqual(effective[("prepaid",)], Decimal(books["by_billing_mode"]["prepaid"]["billed_cost"]))
        if books["covered_days"] == bill["covered_days"]:
            self.assertEqual(sum(effective.values()), Decimal(books["total"]["billed_cost"]))
        families = collections.Counter((row["ChargeCategory"], Decimal(row["BilledCost"]) == 0,
                                        Decimal(row["EffectiveCost"]) == 0, row["x_EffectiveCostBasis"])
                                       for row in rows if row["x_BillingMode"] == "prepaid")
        self.assertIn(("Usage", True, False, "amortized"), families)
        self.assertIn(("Purchase", False, True, "amortized"), families)
        self.assertEqual({category for category, *_ in families}, {"Usage", "Purchase"})
        self.assertFalse([family for family in families if family[0] == "Purchase" and not family[2]])

    def test_what_amortisation_that_is_not_switched_on_leaves_costs_what_is_billed(self):
        cloud = self.start_simulator("--rows=200", "--unamortized")
        previous = billing_months()["previous"]
        rows = self.read([make_account(cloud, collectors=["bills", "amortization"])], f"--focus.month={previous}")
        self.assertEqual(add_up(rows, "EffectiveCost"), add_up(rows, "BilledCost"))
        self.assertEqual({row["x_EffectiveCostBasis"] for row in rows}, {"billed"})

    def test_every_row_keeps_the_rules_of_focus(self):
        cloud = self.start_simulator("--rows=700")
        rows = self.read([make_account(cloud, collectors=["bills", "amortization"])], *CLOSED)
        categories = collections.defaultdict(set)
        for row in rows:
            self.assertFalse([name for name in NEVER_NULL if not row[name]], row)
            self.assertFalse([name for name in DECIMALS if not DECIMAL.fullmatch(row[name])], row)
            self.assertFalse([name for name in TIMES if not TIME.fullmatch(row[name])], row)
            self.assertLess(row["ChargePeriodStart"], row["ChargePeriodEnd"])
            self.assertEqual(row["ProviderName"], ISSUER)
            self.assertEqual(row["RegionId"] == "", row["RegionName"] == "")
            self.assertEqual(row["SubAccountId"] == "", row["SubAccountName"] == "")
            self.assertEqual(row["PricingQuantity"] == "", row["PricingUnit"] == "")
            self.assertFalse(re.match(r"R\d{6}", row["RegionId"]) and row["AvailabilityZone"])
            if row["Tags"]:
                for value in json.loads(row["Tags"]).values():
                    self.assertTrue(value is True or isinstance(value, str), row["Tags"])
            categories[row["ServiceName"]].add((row["ServiceCategory"], row["ServiceSubcategory"]))
        self.assertFalse({name: found for name, found in categories.items() if len(found) > 1})
        self.assertEqual(categories["BCC" if IS_BAIDU else "ECS"], {("Compute", "Virtual Machines")})
        for name in ("ResourceId", "SkuId", "Tags", "RegionId", "x_BillRowId" if not IS_BAIDU else "x_ResourceShortId"):
            self.assertTrue(any(row[name] for row in rows), name)
        self.assertTrue(any(row["PricingQuantity"] for row in rows if row["x_BillingMode"] == "postpaid"))
        self.assertFalse(any(row["PricingQuantity"] for row in rows if row["x_BillingMode"] == "prepaid"))
        self.assertEqual({row["x_BillingMonth"] for row in rows}, set(closed_months()))

    def test_the_same_bills_give_the_same_bytes_in_the_accounts_order(self):
        cloud = self.start_simulator("--rows=400", "--accounts=3")
        accounts = [make_account(cloud, number) for number in (3, 1, 2)]
        first = self.export(accounts, *CLOSED).path.read_bytes()
        again = self.export(accounts, *reversed(CLOSED), output=self.directory / "again.csv")
        self.assertEqual(again.path.read_bytes(), first)
        places = [(row["x_Account"], row["x_BillingMonth"]) for row in self.rows(first.decode())]
        months = closed_months()
        self.assertEqual(list(dict.fromkeys(places)),
                         [(account["name"], month) for account in accounts for month in months])
        stdout = self.export(accounts, *CLOSED, output="-")
        self.assertEqual(stdout.out_path.read_bytes(), first)
        by_name = self.export(accounts, *CLOSED, output="/dev/stdout")
        self.assertEqual(by_name.out_path.read_bytes(), first, "the summary is not in the file")
        self.assertEqual(sorted(self.spool_and_parts()), ["again.csv", "again.csv.schema.json", "focus.csv",
                                                          "focus.csv.schema.json"])

    def test_the_summary_stands_beside_the_clouds_own_total(self):
        cloud = self.start_simulator("--rows=50")
        run = self.export([make_account(cloud)], f"--focus.month={billing_months()['previous']}")
        books = cloud.totals(KEY, billing_months()["previous"])["total"]
        line = run.out.splitlines()[1].split()
        self.assertEqual(line[:4], ["account-1", billing_months()["previous"], str(books["rows"]), "CNY"])
        self.assertEqual([Decimal(line[4]), Decimal(line[6]), Decimal(line[7])],
                         [Decimal(books["billed_cost"]), Decimal(books["billed_cost"]), 0])

    def test_a_month_that_fails_is_left_out_whole(self):
        cloud = self.start_simulator(*PROVIDER.company, "--accounts=2")
        months = closed_months()
        cloud.add_fault("not_json", KEY, PROVIDER.bill, count=1)
        run = self.export([make_account(cloud), make_account(cloud, 2)], *CLOSED, status=1)
        self.assertIn(f"account-1, {months[0]}: not in the file", run.err)
        self.assertIn("not in the file", run.out)
        self.assertEqual({(row["x_Account"], row["x_BillingMonth"]) for row in self.rows(run.path.read_bytes().decode())},
                         {("account-1", months[1]), ("account-2", months[0]), ("account-2", months[1])})

    def test_pages_that_do_not_add_up_leave_nothing_of_their_month(self):
        cloud = self.start_simulator(*PROVIDER.company, "--accounts=2")
        cloud.add_fault("repeated_page", KEY, PROVIDER.bill)
        run = self.export([make_account(cloud), make_account(cloud, 2)], status=1)
        self.assertEqual({row["x_Account"] for row in self.rows(run.path.read_bytes().decode())}, {"account-2"})
        # Read once more, a bill is whole, and no row of the reading in vain is in the file.
        cloud.clear_faults()
        cloud.add_fault("repeated_page", KEY, PROVIDER.bill, count=1)
        rows = self.read([make_account(cloud)])
        for month in billing_months().values():
            books = cloud.totals(KEY, month)["total"]
            mine = [row for row in rows if row["x_BillingMonth"] == month]
            self.assertEqual((len(mine), sum(Decimal(row["BilledCost"]) for row in mine)),
                             (books["rows"], Decimal(books["billed_cost"])))

    def test_a_refused_key_leaves_the_others_in_the_file(self):
        cloud = self.start_simulator("--rows=50", "--accounts=2")
        run = self.export([make_account(cloud, secret_access_key="a-wrong-secret"), make_account(cloud, 2)], status=1)
        self.assertEqual({row["x_Account"] for row in self.rows(run.path.read_bytes().decode())}, {"account-2"})
        self.assertNotIn("a-wrong-secret", run.out + run.err)

    def test_the_bill_of_shards_is_divided(self):
        cloud = self.start_simulator("--rows=20", "--accounts=4")
        accounts = [make_account(cloud, number) for number in range(1, 5)]
        names = []
        for index in range(2):
            rows = self.read(accounts, f"--shard.index={index}", "--shard.count=2")
            names += list(dict.fromkeys(row["x_Account"] for row in rows))
        self.assertEqual(sorted(names), [account["name"] for account in accounts])

    def start_slow(self):
        """A run that has read some pages of many."""
        cloud = self.start_simulator(*PROVIDER.company)
        path = self.write_config(make_config([make_account(cloud, requests_per_second=1)]))
        run = self._own(Program(self.directory, "run", [
            EXPORTER, f"--config.file={path}", f"--focus.output={self.directory / 'focus.csv'}"]))
        wait_until(lambda: cloud.count_requests(KEY, PROVIDER.bill) > 1, "the bill is being read")
        return run

    def test_a_run_that_is_killed_leaves_no_file(self):
        run = self.start_slow()
        run.kill()
        self.assertFalse((self.directory / "focus.csv").exists())

    def test_a_run_that_is_told_to_end_leaves_nothing(self):
        run = self.start_slow()
        self.assertEqual(run.stop(signal.SIGTERM), -signal.SIGTERM)
        self.assertEqual(self.spool_and_parts(), [])
        self.assertIn("stopped", run.err)

    def test_a_full_disk_is_an_error_that_names_it(self):
        cloud = self.start_simulator("--rows=400")
        path = self.write_config(make_config([make_account(cloud)]))
        answer = subprocess.run(
            [EXPORTER, f"--config.file={path}", f"--focus.output={self.directory / 'focus.csv'}"],
            capture_output=True, text=True, timeout=120,
            preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (50000, 50000)))
        self.assertEqual(answer.returncode, 1)
        self.assertIn(str(self.directory), answer.stderr)
        self.assertIn("File too large", answer.stderr)
        self.assertEqual(self.spool_and_parts(), [])
        folder = self.export([make_account(cloud)], output=self.directory, status=1)
        self.assertIn("is a directory", folder.err)
        full = self.export([make_account(cloud)], output="/dev/full", status=1)
        self.assertIn("cannot write /dev/full: No space left on device", full.err)

    def test_the_files_are_for_whom_the_umask_leaves_them(self):
        cloud = self.start_simulator("--rows=20")
        files = [self.directory / name for name in ("focus.csv", "focus.csv.schema.json")]
        self.addCleanup(os.umask, os.umask(0o027))
        self.export([make_account(cloud)])
        self.assertEqual([stat.S_IMODE(file.stat().st_mode) for file in files], [0o640] * 2)
        files[0].chmod(0o600)
        self.export([make_account(cloud)])
        self.assertEqual([stat.S_IMODE(file.stat().st_mode) for file in files], [0o600, 0o640])

    def test_of_many_more_accounts_than_are_read_at_a_time_each_is_there(self):
        cloud = self.start_simulator("--rows=20", "--accounts=80")
        accounts = [make_account(cloud, number) for number in range(1, 81)]
        rows = self.read(accounts, f"--focus.month={billing_months()['previous']}")
        self.assertEqual(list(dict.fromkeys(row["x_Account"] for row in rows)), [account["name"] for account in accounts])
        books = cloud.totals(PROVIDER.key(80), billing_months()["previous"])["total"]
        mine = [row for row in rows if row["x_Account"] == "account-80"]
        self.assertEqual((len(mine), sum(Decimal(row["BilledCost"]) for row in mine)),
                         (books["rows"], Decimal(books["billed_cost"])))

    def test_the_schema_beside_the_file_has_its_columns(self):
        cloud = self.start_simulator("--rows=20")
        run = self.export([make_account(cloud)])
        schema = json.loads((self.directory / "focus.csv.schema.json").read_text())["Schema"]
        self.assertEqual(",".join(column["ColumnName"] for column in schema["ColumnDefinition"]),
                         run.path.read_text("utf-8").splitlines()[0])
        self.assertEqual(schema["FocusVersion"], "1.2")

    def test_a_users_file_puts_services_into_other_categories(self):
        cloud = self.start_simulator("--rows=200")
        services = self.directory / "services.csv"
        service = "BCC" if IS_BAIDU else "ECS"
        services.write_text(f"# ours\n{PROVIDER.name},{service},Other\n")
        rows = self.read([make_account(cloud)], f"--focus.services={services}")
        self.assertEqual({row["ServiceSubcategory"] for row in rows if row["ServiceName"] == service}, {"Other (Other)"})
        services.write_text(f"{PROVIDER.name},{service},Computer\n")
        run = self.export([make_account(cloud)], f"--focus.services={services}", status=1)
        self.assertIn(f'{services}:1: "Computer" is no ServiceCategory', run.err)

    def test_mistakes_of_the_command_line_are_told(self):
        for flags, message in ((["--focus.month=2026-09"], "--focus.month: needs --focus.output"),
                               (["--focus.services=x"], "--focus.services: needs --focus.output"),
                               (["--focus.output=x", "--focus.month=2026-13"], "is no month"),
                               (["--focus.output=x", "--once"], "--once and --focus.output exclude each other")):
            run = self.run_exporter(*flags)
            self.assertEqual(run.status, 2, flags)
            self.assertIn(message, run.err)
        cloud = self.start_simulator("--rows=1")
        run = self.export([make_account(cloud)], "--focus.month=2199-01", status=1)
        self.assertIn("--focus.month: 2199-01 has not begun", run.err)
        self.assertFalse(run.path.exists())


if __name__ == "__main__":
    main()
