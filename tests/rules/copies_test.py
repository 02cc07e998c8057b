"""Alerts are told once, however many copies of a series there are and whatever their labels are called.

The tests beside this file run again with each series of an account, and of its provider's months, twice.
"""

import pathlib
import re
import unittest

import promtool
from source import alert

# Not the one with copies of its own.
TESTS = [path for path in sorted(pathlib.Path(__file__).parent.glob("*.yml")) if path.stem != "restarts_and_shards"]
# What the two copies have, added to their labels or in the place of others: every label differs.
COPIES = [{label: f"{label}-{copy}" for label in alert.COPIES} for copy in ("one", "two")]
SERIES = re.compile(r"^      - series: (cloud_billing_\w+)\{(.*)\}\n        values: (.*)\n", re.M)


def relabel(labels, changed):
    kept = [label for label in re.findall(r'\w+="[^"]*"', labels) if label.split("=")[0] not in changed]
    return ",".join([*kept, *(f'{name}="{value}"' for name, value in changed.items())])


def double(text):
    def replace(match):
        metric, labels, values = match.groups()
        if "provider=" not in labels:  # of an exporter: how many there are is what its alerts are about
            return match[0]
        return "".join(f"      - series: '{metric}{{{relabel(labels, changed)}}}'\n        values: {values}\n"
                       for changed in COPIES)

    doubled, count = SERIES.subn(replace, text)
    assert count == text.count("- series: cloud_billing"), "a series is written in another way"
    return doubled.replace("../../config/prometheus", str(promtool.RULES))


class CopiesTest(unittest.TestCase):
    def test_what_is_there_twice_is_told_once(self):
        for path in TESTS:
            with self.subTest(tests=path.name):
                self.assertEqual(promtool.run(double(path.read_text("utf-8"))), "")

    def test_of_two_copies_the_worse_counts(self):
        """An account of one name in two exporters: neither hides the other's trouble."""
        owner = {"provider": "baidu", "account": "prod", "currency": "CNY"}
        for metric, good, bad, expected in (
                ("balance_runway_seconds", "864000x6", "86400x6", "CloudBillingRunwayBelow3Days"),
                ("available_balance", "500x6", "-1x6", "CloudBillingBalanceExhausted")):
            with self.subTest(metric=metric):
                input_series = [promtool.series(metric, {**owner, "job": "a"}, good),
                                promtool.series(metric, {**owner, "job": "b"}, bad)]
                promql = [{"expr": 'ALERTS{account!="",alertstate="firing"}', "eval_time": "5m", "exp_samples": [
                    {"labels": "ALERTS" + promtool.labels_text(
                        {"alertname": expected, "alertstate": "firing", "severity": "critical", **owner}),
                     "value": 1}]}]
                self.assertEqual(promtool.run(promtool.write(input_series, promql)), "")


if __name__ == "__main__":
    unittest.main()
