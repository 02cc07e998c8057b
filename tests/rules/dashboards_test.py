"""What the dashboards compute, from made-up series."""

import json
import pathlib
import re
import subprocess
import sys
import tempfile
import unittest

REPOSITORY = pathlib.Path(__file__).resolve().parents[2]
sys.dont_write_bytecode = True
sys.path.insert(0, str(REPOSITORY / "dashboards"))

from source import queries  # noqa: E402

ACCOUNT = 'provider="baidu",account="seldom"'
MONEY = ACCOUNT + ',currency="CNY"'
POSTPAID = 'billing_mode="postpaid"'
HOURS = 7 * 24
# Of the account below: what the dashboards ask, and what they must say.
FIGURES = (
    (queries.burn(7), 100),
    (queries.burn(30), 100),
    (queries.runway(), 5),
    (queries.forecast(), 3000),
)
TARGET = 'job="billing",instance="a:1",pod="a",container="a",endpoint="a",service="a"'


def series(metric, labels, values, target=TARGET):
    return {"series": f"cloud_billing_{metric}{{{target},{labels}}}", "values": values}


def seldom_used_account(target=TARGET):
    """700 on the first day of a month of 30, then six days without a row; 500 are left."""
    days = " ".join(f"{day * 86400}x23" for day in range(7))
    return [
        series("day_billed_cost", f'{MONEY},{POSTPAID},service_type="BCC"', "_ 700x23 stale", target),
        series("day_start_timestamp_seconds", ACCOUNT, "_ " + days, target),
        series("account_billed_cost", f'{MONEY},{POSTPAID},period="current"', f"_ 700x{HOURS}", target),
        series("available_balance", MONEY, f"_ 500x{HOURS}", target),
        series("bill_data_through_timestamp_seconds", ACCOUNT + ',period="current"',
               f"_ {7 * 86400}x{HOURS}", target),
        series("period_end_timestamp_seconds", 'provider="baidu",period="current"', f"_ {30 * 86400}x{HOURS}", target),
    ]


class DashboardsTest(unittest.TestCase):
    def check_figures(self, input_series):
        """With All chosen."""
        asked = []
        for query, value in FIGURES:
            query = re.sub(r'=~"\$\w+"', '=~".*"', query)
            self.assertNotIn("$", query)
            asked.append({
                "expr": f"round(max by (provider, account, currency) ({query}), 0.001)",
                "eval_time": f"{HOURS}h",
                "exp_samples": [{"labels": "{" + MONEY + "}", "value": value}]})
        self.check(asked, input_series)

    def check(self, asked, input_series):
        test = {"evaluation_interval": "1h",
                "tests": [{"interval": "1h", "input_series": input_series,
                           "promql_expr_test": asked}]}
        with tempfile.NamedTemporaryFile("w", suffix=".yml") as file:
            json.dump(test, file)
            file.flush()
            result = subprocess.run(["promtool", "test", "rules", file.name], capture_output=True,
                                    text=True, timeout=60)
        self.assertEqual(result.returncode, 0, result.stdout + result.stderr)

    def test_days_that_cost_nothing_count(self):
        self.check_figures(seldom_used_account())

    def test_a_target_that_is_scraped_under_another_name_counts_once(self):
        for label in ("instance", "pod", "container", "endpoint", "service"):
            with self.subTest(label=label):
                other = re.sub(rf'\b{label}="[^"]*"', f'{label}="b"', TARGET)
                self.check_figures(seldom_used_account() + seldom_used_account(other))


    def test_bills_that_chosen_accounts_hold_too_are_counted_however_they_are_scraped(self):
        def pair(account, other, target=TARGET):
            return series("bill_counted_twice", f'provider="baidu",account="{account}",other_account="{other}"', "1",
                          target)

        pairs = [("master", "member"), ("master", "another"), ("first", "same"), ("same", "first")]
        input_series = [pair(*names) for names in pairs]
        input_series.append(pair("master", "member", TARGET.replace('instance="a:1"', 'instance="b:1"')))
        for chosen, expected in ((".*", 4), ("master|member", 1), ("first|same", 2), ("member|another", None)):
            with self.subTest(chosen=chosen):
                query = re.sub(r'=~"\$account"', f'=~"{chosen}"', queries.counted_twice())
                query = re.sub(r'=~"\$\w+"', '=~".*"', query)
                samples = [] if expected is None else [{"labels": "{}", "value": expected}]
                self.check([{"expr": query, "eval_time": "0m", "exp_samples": samples}], input_series)


if __name__ == "__main__":
    unittest.main()
