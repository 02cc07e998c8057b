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

TARGET = 'job="billing",instance="a:1",pod="a",container="a",endpoint="a",service="a"'


def series(metric, labels, values, target=TARGET):
    return {"series": f"cloud_billing_{metric}{{{target},{labels}}}", "values": values}


class DashboardsTest(unittest.TestCase):
    def check(self, asked, input_series):
        test = {"evaluation_interval": "1h", "tests": [{"interval": "1h", "input_series": input_series,
                                                        "promql_expr_test": asked}]}
        with tempfile.NamedTemporaryFile("w", suffix=".yml") as file:
            json.dump(test, file)
            file.flush()
            result = subprocess.run(["promtool", "test", "rules", file.name], capture_output=True,
                                    text=True, timeout=60)
        self.assertEqual(result.returncode, 0, result.stdout + result.stderr)

    def test_bills_that_chosen_accounts_hold_too_are_counted_however_they_are_scraped(self):
        def pair(account, other, target=TARGET):
            return series("bill_counted_twice", f'provider="baidu",account="{account}",other_account="{other}"', "1",
                          target)

        pairs = [("master", "member"), ("master", "another"), ("first", "same"), ("same", "first")]
        input_series = [pair(*names) for names in pairs]
        input_series.append(pair("master", "member", TARGET.replace('instance="a:1"', 'instance="b:1"')))
        for chosen, expected in ((".*", 4), ("master|member", 1), ("first|same", 2), ("member|another", None)):
            with self.subTest(chosen=chosen):
                query = f"count({queries.counted_twice()})"
                query = query.replace("${account:regex}", chosen).replace("${label}", "account")
                query = re.sub(r"\$\{\w+:regex\}", ".*", query)
                samples = [] if expected is None else [{"labels": "{}", "value": expected}]
                self.check([{"expr": query, "eval_time": "0m", "exp_samples": samples}], input_series)


if __name__ == "__main__":
    unittest.main()
