"""100,000 rows over 1,000 pages, Volcengine's 300,000: exact, and read in little memory. Of an amortised bill 100,000.

Sanitizers make it slow and large: there a tenth of the rows, without a look at the memory.
With CLOUD_BILLING_LONG=1 one account alone has as many rows in each of both months.
"""

import os

from expected_bill import ExpectedBill, ExpectedShares
from harness import MEASURES, SANITIZED, EndToEndTest, main, make_account, make_config
from providers import PROVIDER

MOST_MEMORY_KB = 64 * 1024
LONG = os.environ.get("CLOUD_BILLING_LONG") == "1"
ACCOUNTS = 1 if LONG else 5
ALL_ROWS = 1_000 * PROVIDER.page_size
ROWS = ALL_ROWS // (1 if LONG else 100 if SANITIZED else 10)  # of each account and month
SHARES = ROWS * 100 // PROVIDER.page_size  # of an amortised bill
PATIENCE = 4 * 2 * ALL_ROWS / PROVIDER.page_size / PROVIDER.highest_rate if LONG else 180  # seconds
AGGREGATION = {"group_by": ["service_type", "region_id", "billing_mode", "tag:env"],
               "tag_keys": ["env", "team", "项目"], "measures": MEASURES, "max_series": 500}
# Without the bill, which tells the ids of regions, an amortised one may only have names.
WITHOUT_REGIONS = {**AGGREGATION, "group_by": ["service_type", "billing_mode", "tag:env"]}


def peak_memory_kb(process):
    with open(f"/proc/{process.pid}/status", encoding="ascii") as status:
        return int(next(line for line in status if line.startswith("VmHWM:")).split()[1])


class LargeBill(EndToEndTest):
    def read_in_64_mib(self, cloud, collector, aggregation):
        """The metrics of all accounts, which are polled for one kind of bill."""
        accounts = [make_account(cloud, number, collectors=[collector]) for number in range(1, ACCOUNTS + 1)]
        exporter = self.start_exporter(make_config(accounts, aggregation=aggregation))
        exporter.wait_ready(PATIENCE)
        metrics = exporter.metrics()
        if not SANITIZED:
            self.assertLess(peak_memory_kb(exporter.process), MOST_MEMORY_KB)
        return metrics

    def check_all(self, metrics, bill_of):
        """Each account's metrics; the bills by account."""
        bills = {f"account-{number}": bill_of(PROVIDER.key(number)) for number in range(1, ACCOUNTS + 1)}
        for name, bill in bills.items():
            bill.check(self, metrics, name)
        return bills

    def count_pages(self, metrics, operation):
        return sum(int(value) for value in metrics.select("api_requests_total", operation=operation).values())

    def test_a_large_bill_adds_up_in_64_mib(self):
        cloud = self.start_simulator(f"--accounts={ACCOUNTS}", f"--rows={ROWS}")
        metrics = self.read_in_64_mib(cloud, "bills", AGGREGATION)
        bills = self.check_all(metrics, lambda key: ExpectedBill(cloud, key, AGGREGATION))
        # On the 1st the current month has no day yet, and so no rows.
        months = sum(totals["covered_days"] is not None
                     for totals in bills["account-1"].months.values())
        rows = sum(int(value) for value in metrics.select("bill_rows").values())
        self.assertEqual(rows, months * ACCOUNTS * ROWS)
        self.assertGreaterEqual(self.count_pages(metrics, PROVIDER.bill), rows / PROVIDER.page_size)

    def test_a_large_amortised_bill_adds_up_in_64_mib(self):
        cloud = self.start_simulator(f"--accounts={ACCOUNTS}", f"--rows={SHARES}")
        metrics = self.read_in_64_mib(cloud, "amortization", WITHOUT_REGIONS)
        bills = self.check_all(metrics, lambda key: ExpectedShares(cloud, key, WITHOUT_REGIONS))
        months = sum(len(bill.months) for bill in bills.values())
        rows = sum(totals["total"]["rows"] for bill in bills.values() for totals in bill.months.values())
        self.assertGreaterEqual(rows, months * SHARES)
        self.assertGreaterEqual(self.count_pages(metrics, PROVIDER.shares), rows / PROVIDER.page_size)


if __name__ == "__main__":
    main()
