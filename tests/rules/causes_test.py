"""Of each cause an account raises one alert at most, the gravest, in every combination of what can be said of
it; which one it must be is worked out here in another way than the rules do it.
"""

import collections
import itertools
import unittest

import promtool

DAY = 86400
MONTH = 30 * DAY  # begins at 0
NOW = 15 * DAY  # half of it
STEP = 3 * 3600  # seconds between samples
OWNER = {"provider": "baidu", "currency": "CNY"}
CAUSES = {alert.name: alert.cause for alert in promtool.ALERTS}


def constant(value):
    return f"{value}x{NOW // STEP}"


class Scene:
    """Accounts with what is said of each, and the alerts that each must raise."""

    def __init__(self):
        self.input_series = [
            promtool.series("build_info", {"job": "billing", "version": "1"}, constant(1)),
            promtool.series("period_start_timestamp_seconds", {"provider": "baidu", "period": "current"}, constant(0)),
            promtool.series("period_end_timestamp_seconds", {"provider": "baidu", "period": "current"}, constant(MONTH))]
        self.expected = {}  # account to its alerts

    def add(self, expected, *said):
        """What is said: (metric, labels, values); without a value it is not known."""
        account = f"a{len(self.expected)}"
        self.expected[account] = {alert for alert in expected if alert}
        for metric, labels, value in said:
            if value is not None:
                owner = {**OWNER, "account": account, **labels}
                owner = {name: label for name, label in owner.items() if label}
                self.input_series.append(promtool.series(metric, owner, value if "x" in str(value) else constant(value)))

    def check(self):
        """Each account's alerts when they fire, and before, pending ones too."""
        by_cause = collections.defaultdict(list)
        for name, cause in CAUSES.items():
            by_cause[cause].append(name)
        promql = [{"expr": f'count by (account, currency) (ALERTS{{account!="",alertname=~"{"|".join(names)}"}}) > 1',
                   "eval_time": f"{seconds}s", "exp_samples": []}
                  for names in by_cause.values() for seconds in (0, STEP, NOW)]
        promql.append({"expr": 'max by (account, alertname) (ALERTS{account!="",alertstate="firing"})',
                       "eval_time": f"{NOW}s", "exp_samples": [
                           {"labels": promtool.labels_text({"account": account, "alertname": alert}), "value": 1}
                           for account, alerts in self.expected.items() for alert in alerts]})
        return promtool.run(promtool.write(self.input_series, promql, interval=f"{STEP}s"))


def balance_alert(balance, threshold, mean):
    """Of the balance, its threshold, and what a day costs."""
    if balance < 0 or balance == 0 and mean:
        return "CloudBillingBalanceExhausted"
    days = balance / mean if mean and mean > 0 and balance > 0 else None
    if days is not None and days < 3:
        return "CloudBillingRunwayBelow3Days"
    if days is not None and days < 7:
        return "CloudBillingRunwayBelow7Days"
    return "CloudBillingBalanceLow" if threshold is not None and balance < threshold else None


def runway_seconds(balance, mean):
    """As the exporter tells it."""
    if balance <= 0:
        return 0
    return balance / mean * DAY if mean and mean > 0 else None


def budget_alert(budget, cost, forecast):
    """At half of the month."""
    if budget is None:
        return None
    if cost is not None and cost >= budget:
        return "CloudBillingBudgetUsedUp"
    if forecast is not None:
        return "CloudBillingForecastOverBudget" if forecast > budget else None
    is_ahead = cost is not None and (budget - cost) / budget < 0.9 / 2
    return "CloudBillingBudgetAheadOfMonth" if is_ahead else None


class CausesTest(unittest.TestCase):
    maxDiff = None

    def test_balance(self):
        scene = Scene()
        for balance, threshold, mean in itertools.product((-5, 0, 29, 30, 69, 70, 500), (None, 0, 30, 1000), (None, 0, 10)):
            scene.add([balance_alert(balance, threshold, mean)],
                      ("available_balance", {}, balance), ("low_balance_threshold", {}, threshold),
                      ("balance_runway_seconds", {}, runway_seconds(balance, mean)),
                      ("daily_billed_cost_average", {"window": "7d", "billing_mode": "postpaid"}, mean))
        self.assertEqual(scene.check(), "")

    def test_budget(self):
        scene = Scene()
        for budget, cost, forecast in itertools.product((None, 100), (None, 0, 50, 56, 80, 99, 100, 150),
                                                        (None, 90, 100, 101, 200)):
            scene.add([budget_alert(budget, cost, forecast)],
                      ("budget", {}, budget), ("forecast_billed_cost", {}, forecast),
                      ("account_billed_cost", {"period": "current", "billing_mode": "postpaid"}, cost),
                      ("account_billed_cost", {"period": "previous", "billing_mode": "postpaid"}, 200))
        self.assertEqual(scene.check(), "")

    def test_balance_and_budget_are_two_causes(self):
        scene = Scene()
        for balance, cost in itertools.product((-5, 29, 500), (50, 99, 150)):
            scene.add([balance_alert(balance, 1000, 10), budget_alert(100, cost, 120)],
                      ("available_balance", {}, balance), ("low_balance_threshold", {}, 1000),
                      ("balance_runway_seconds", {}, runway_seconds(balance, 10)),
                      ("daily_billed_cost_average", {"window": "7d", "billing_mode": "postpaid"}, 10),
                      ("budget", {}, 100), ("forecast_billed_cost", {}, 120),
                      ("account_billed_cost", {"period": "current", "billing_mode": "postpaid"}, cost))
        self.assertEqual(scene.check(), "")

    def test_polls(self):
        scene = Scene()
        collectors = ("balance", "bills", "orders")
        stale_after = {"balance": 3 * 3600, "bills": 36 * 3600, "orders": 12 * 3600}
        # Of each collector: it works, it fails and is fresh, it fails and is stale.
        for states in itertools.product(("works", "fails", "stale"), repeat=3):
            said = []
            for collector, state in zip(collectors, states):
                age = stale_after[collector] + 60 if state == "stale" else 60
                said += [("collector_up", {"collector": collector, "currency": ""}, int(state == "works")),
                         ("collector_last_success_timestamp_seconds", {"collector": collector, "currency": ""},
                          f"{-age}+{STEP}x{NOW // STEP}")]
                if state != "works":
                    said.append(("collector_failing", {"collector": collector, "currency": "", "reason": "auth"}, 1))
            scene.add(["CloudBillingDataStale" if "stale" in states else
                       "CloudBillingCollectorDown" if "fails" in states else None], *said)
        self.assertEqual(scene.check(), "")


if __name__ == "__main__":
    unittest.main()
