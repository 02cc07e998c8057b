"""100,000 rows over 1,000 pages, Volcengine's 300,000: exact, and read in little memory.

Sanitizers make it slow and large: there a tenth of the rows, without a look at the memory.
With CLOUD_BILLING_LONG=1 one account alone has as many rows in each of both months.
"""

import os

from expected_bill import ExpectedBill
from harness import MEASURES, SANITIZED, EndToEndTest, main, make_account, make_config
from providers import PROVIDER

MOST_MEMORY_KB = 64 * 1024
LONG = os.environ.get("CLOUD_BILLING_LONG") == "1"
ACCOUNTS = 1 if LONG else 5
ALL_ROWS = 1_000 * PROVIDER.page_size
ROWS = ALL_ROWS // (1 if LONG else 100 if SANITIZED else 10)  # of each account and month
PATIENCE = 4 * 2 * ALL_ROWS / PROVIDER.page_size / PROVIDER.highest_rate if LONG else 180  # seconds
AGGREGATION = {"group_by": ["service_type", "region_id", "billing_mode", "tag:env"],
               "tag_keys": ["env", "team", "项目"], "measures": MEASURES, "max_series": 500}


def peak_memory_kb(process):
    with open(f"/proc/{process.pid}/status", encoding="ascii") as status:
        return int(next(line for line in status if line.startswith("VmHWM:")).split()[1])


class LargeBill(EndToEndTest):
    def test_a_large_bill_adds_up_in_64_mib(self):
        cloud = self.start_simulator(f"--accounts={ACCOUNTS}", f"--rows={ROWS}")
        accounts = [make_account(cloud, number) for number in range(1, ACCOUNTS + 1)]
        exporter = self.start_exporter(make_config(accounts, aggregation=AGGREGATION))
        exporter.wait_ready(PATIENCE)
        metrics = exporter.metrics()
        bills = {account["name"]: ExpectedBill(cloud, account["access_key_id"], AGGREGATION)
                 for account in accounts}
        for name, bill in bills.items():
            bill.check(self, metrics, name)

        # On the 1st the current month has no day yet, and so no rows.
        months = sum(totals["covered_days"] is not None
                     for totals in next(iter(bills.values())).months.values())
        rows = sum(int(value) for value in metrics.select("bill_rows").values())
        self.assertEqual(rows, months * ACCOUNTS * ROWS)
        requests = sum(int(value) for value in metrics.select(
            "api_requests_total", operation=PROVIDER.bill).values())
        self.assertGreaterEqual(requests, rows / PROVIDER.page_size)
        if not SANITIZED:
            self.assertLess(peak_memory_kb(exporter.process), MOST_MEMORY_KB)


if __name__ == "__main__":
    main()
