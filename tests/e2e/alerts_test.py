"""What the demo's accounts say raises the alerts that their stories are about, and of each cause an account raises one."""

import datetime
import json
import re
import subprocess
import sys
import time

from demo_test import NAMES, Book, accounts_that_show
from exact_amounts_test import demo_config
from harness import CHINA, REPOSITORY, EndToEndTest, main, wait_until

sys.dont_write_bytecode = True
sys.path.insert(0, str(REPOSITORY / "config/prometheus"))

import generate  # noqa: E402

STEP = 600  # seconds between samples
STEPS = 30  # longer than an alert has to hold
ALERTS = [alert for group in generate.GROUPS for alert in group.alerts]
ASKED = set(re.findall(r"cloud_billing_\w+", "".join(alert.expression for alert in ALERTS)))
# The alerts of the demo's accounts, those of config/demo.yml.
RAISED = {
    "prod": {"CloudBillingOrderUnpaid"}, "staging": {"CloudBillingBalanceLow"}, "data": {"CloudBillingServiceCostJump"},
    "group": {"CloudBillingBudgetUsedUp"}, "ads": {"CloudBillingForecastOverBudget"},
    "legacy": {"CloudBillingBalanceExhausted"}, "volc-prod": {
        "CloudBillingOrderUnpaid", "CloudBillingBillCountedTwice", "CloudBillingCouponExpiring", "CloudBillingPackageLow",
        "CloudBillingProviderBudgetUsedUp", "CloudBillingResourceExpiring"},
    "volc-linked": set(), "volc-ai": {"CloudBillingRunwayBelow3Days"}, "volc-media": {"CloudBillingRunwayBelow7Days"},
    "volc-global": {"CloudBillingBillNotReconciled"}, "volc-lab": {"CloudBillingBudgetCurrency"},
    "volc-audit": {"CloudBillingCollectorDown"}}
# Those that no account of it can raise, and why.
NOT_RAISED = {
    "CloudBillingBudgetAheadOfMonth": "there is a forecast", "CloudBillingDataStale": "nothing is old",
    "CloudBillingReloadRefused": "not of an account", "CloudBillingShardMissing": "not of an account",
    "CloudBillingShardDoubled": "not of an account", "CloudBillingExporterDown": "not of an account",
    "CloudBillingExporterAbsent": "not of an account"}


def as_series(exposition, now):
    """Every sample that the rules ask for, staying as it is; times stay as long ago as they are now."""
    for name, samples in exposition.samples.items():
        for labels, value in samples.items() if name in ASKED else ():
            text = ",".join(f"{label}={json.dumps(each)}" for label, each in (*labels, ("job", "billing")))
            values = f"{float(value) - now:.0f}+{STEP}x{STEPS}" if name.endswith("_timestamp_seconds") else \
                f"{value}x{STEPS}"
            yield {"series": f"{name}{{{text}}}", "values": values}


class AlertsTest(EndToEndTest):
    def raised(self, exposition, now):
        """(account, alert) of those that are pending or fire: what promtool says instead of nothing."""
        query = 'count by (account, alertname) (ALERTS{account!=""})'
        path = self.directory / "test.yml"
        path.write_text(json.dumps({
            "rule_files": [str(REPOSITORY / "config/prometheus/rules.yml")], "evaluation_interval": f"{STEP}s",
            "tests": [{"interval": f"{STEP}s", "input_series": list(as_series(exposition, now)),
                       "promql_expr_test": [{"expr": query, "eval_time": f"{STEP * STEPS}s", "exp_samples": []}]}]}),
            "utf-8")
        answer = subprocess.run(["promtool", "test", "rules", path], capture_output=True, text=True, timeout=120)
        told = re.search(r"got: (.*)", answer.stdout + answer.stderr)
        self.assertIsNotNone(told, answer.stdout + answer.stderr)
        for inside in re.findall(r"\{([^}]*)\}", told[1]):
            labels = dict(re.findall(r'(\w+)="([^"]*)"', inside))
            yield labels["account"], labels["alertname"]

    def test_every_alert_has_an_account_of_the_demo_and_none_raises_two_of_a_cause(self):
        causes = {alert.name: alert.cause for alert in ALERTS}
        self.assertEqual(set().union(*RAISED.values(), NOT_RAISED), set(causes))
        for alerts in RAISED.values():
            self.assertEqual(len({causes[alert] for alert in alerts}), len(alerts))

    def test_the_demos_accounts_raise_what_their_stories_are_about(self):
        cloud = self.start_simulator("--demo")
        exporter = self.start_exporter(demo_config(cloud)).wait_ready()
        wait_until(lambda: accounts_that_show(exporter.ask("/metrics").body.decode(), "trend_coverage_ratio",
                                              r"[^}]*} 1$") >= set(NAMES), "the last 30 days of every account are known")
        expected = {(account, alert) for account, alerts in RAISED.items() for alert in alerts}
        if not Book(cloud, "group").covered:  # it buys on the first day of a month
            expected.discard(("group", "CloudBillingBudgetUsedUp"))
        if datetime.datetime.now(CHINA).day < 6:  # until then providers still settle the month before
            expected.discard(("volc-global", "CloudBillingBillNotReconciled"))
        self.assertEqual(sorted(self.raised(exporter.metrics(), time.time())), sorted(expected))


if __name__ == "__main__":
    main()
