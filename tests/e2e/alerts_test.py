"""What the demo's accounts say raises alerts, and of each cause an account raises one."""

import collections
import json
import re
import subprocess
import sys
import time

from harness import REPOSITORY, EndToEndTest, main

sys.dont_write_bytecode = True
sys.path.insert(0, str(REPOSITORY / "config/prometheus"))

import generate  # noqa: E402

STEP = 600  # seconds between samples
STEPS = 30  # longer than an alert has to hold
ALERTS = [alert for group in generate.GROUPS for alert in group.alerts]
ASKED = set(re.findall(r"cloud_billing_\w+", "".join(alert.expression for alert in ALERTS)))


def as_series(exposition, now):
    """Every sample that the rules ask for, staying as it is; times stay as long ago as they are now."""
    for name, samples in exposition.samples.items():
        for labels, value in samples.items() if name in ASKED else ():
            text = ",".join(f"{label}={json.dumps(each)}" for label, each in (*labels, ("job", "billing")))
            values = f"{float(value) - now:.0f}+{STEP}x{STEPS}" if name.endswith("_timestamp_seconds") else \
                f"{value}x{STEPS}"
            yield {"series": f"{name}{{{text}}}", "values": values}


class AlertsTest(EndToEndTest):
    def fired(self, exposition, now):
        """(account, currency, alert) of those that fire: what promtool says instead of nothing."""
        query = 'count by (account, currency, alertname) (ALERTS{account!="",alertstate="firing"})'
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
            yield labels["account"], labels.get("currency"), labels["alertname"]

    def test_of_each_cause_an_account_of_the_demo_raises_one_alert(self):
        cloud = self.start_simulator("--demo")
        config = (REPOSITORY / "config/demo.yml").read_text("utf-8").replace("http://127.0.0.1:18080", cloud.url)
        exporter = self.start_exporter(config).wait_ready()
        fired = list(self.fired(exporter.metrics(), time.time()))
        causes = {alert.name: alert.cause for alert in ALERTS}
        by_cause = collections.defaultdict(set)
        for account, currency, alert in fired:
            by_cause[account, currency, causes[alert]].add(alert)
        self.assertEqual({key: alerts for key, alerts in by_cause.items() if len(alerts) > 1}, {})
        # It is about something: the demo has accounts in trouble.
        self.assertIn("balance", {cause for _, _, cause in by_cause}, fired)
        self.assertIn("budget", {cause for _, _, cause in by_cause}, fired)


if __name__ == "__main__":
    main()
