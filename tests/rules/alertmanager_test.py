"""The example for Alertmanager: who gets which alert, which alerts silence others, what a message says."""

import json
import pathlib
import re
import subprocess
import sys
import tempfile
import time
import unittest
import urllib.error
import urllib.request

REPOSITORY = pathlib.Path(__file__).resolve().parents[2]
sys.dont_write_bytecode = True
sys.path.insert(0, str(REPOSITORY / "config/prometheus"))

import generate  # noqa: E402

FOLDER = REPOSITORY / "config/alertmanager"
EXAMPLE = FOLDER / "alertmanager.example.yml"
ALERTS = [alert for group in generate.GROUPS for alert in group.alerts]
MONEY = {alert.name for alert in generate.money.GROUP.alerts}
DEADLINE = 30  # seconds in which Alertmanager must answer
# What an alert of each cause carries beside its name and severity.
LABELS = {"provider": "baidu", "account": "prod", "currency": "CNY"}


def run_amtool(*arguments):
    """What it prints."""
    try:
        answer = subprocess.run(["amtool", *arguments], capture_output=True, text=True, timeout=60)
    except FileNotFoundError:
        raise AssertionError("amtool is missing; scripts/install-packages test installs it") from None
    if answer.returncode != 0:
        raise AssertionError(answer.stdout + answer.stderr)
    return answer.stdout


class Alertmanager:
    """Without peers and without anybody to tell."""

    def __init__(self, directory):
        config = pathlib.Path(directory) / "alertmanager.yml"
        nobody = re.sub(r"http://127\.0\.0\.1:\d+", "http://127.0.0.1:1", EXAMPLE.read_text("utf-8"))
        config.write_text(nobody, "utf-8")
        self.log = pathlib.Path(directory) / "log"
        with self.log.open("wb") as log:
            self.process = subprocess.Popen(
                ["prometheus-alertmanager", f"--config.file={config}", f"--storage.path={directory}/data",
                 "--web.listen-address=127.0.0.1:0", "--cluster.listen-address="], stdout=log, stderr=log)
        port = self.wait_for(lambda: re.search(rb"address=127\.0\.0\.1:(\d+)", self.log.read_bytes()))
        self.address = f"http://127.0.0.1:{int(port[1])}/api/v2/alerts"

    def wait_for(self, find):
        end = time.monotonic() + DEADLINE
        while time.monotonic() < end:
            if found := find():
                return found
            if self.process.poll() is not None:
                break
            time.sleep(0.05)
        raise AssertionError(f"not in time: {self.log.read_text('utf-8')}")

    def tell(self, alerts):
        body = json.dumps([{"labels": labels} for labels in alerts]).encode()
        request = urllib.request.Request(self.address, body, {"Content-Type": "application/json"})
        urllib.request.urlopen(request, timeout=DEADLINE).close()

    def inhibited(self):
        """(account, alert) of those that are silenced."""
        with urllib.request.urlopen(self.address, timeout=DEADLINE) as answer:
            alerts = json.load(answer)
        return {(alert["labels"].get("account"), alert["labels"]["alertname"])
                for alert in alerts if alert["status"]["inhibitedBy"]}

    def stop(self):
        self.process.terminate()
        self.process.wait(DEADLINE)


class AlertmanagerTest(unittest.TestCase):
    def test_amtool_accepts_it(self):
        self.assertIn("SUCCESS", run_amtool("check-config", str(EXAMPLE)))

    def receiver(self, **labels):
        return run_amtool("config", "routes", "test", f"--config.file={EXAMPLE}",
                          *(f"{name}={value}" for name, value in labels.items())).split()

    def test_money_goes_to_finance_the_exporter_to_operations(self):
        for alert in ALERTS:
            with self.subTest(alert=alert.name):
                self.assertEqual(self.receiver(alertname=alert.name, severity=alert.severity, department="platform"),
                                 ["finance" if alert.name in MONEY else "operations"])
                self.assertEqual(self.receiver(alertname=alert.name, severity=alert.severity, department="data"),
                                 ["data-team"])
        self.assertEqual(self.receiver(alertname="NodeDown", department="data"), ["operations"])

    def test_of_one_cause_the_gravest_is_told(self):
        """Of each cause they stand in the rules with the gravest first."""
        causes = {}
        for alert in ALERTS:
            causes.setdefault(alert.cause, []).append(alert)
        told, silenced = [], set()
        for cause, alerts in causes.items():
            for count in range(1, len(alerts) + 1):  # the last ones of a cause together
                account = f"{cause}-{count}"
                for alert in alerts[-count:]:
                    told.append({"alertname": alert.name, "severity": alert.severity, **LABELS,
                                 "account": account, "job": account})
                silenced |= {(account, alert.name) for alert in alerts[-count:][1:]}
        # Another currency, and another account.
        told += [{"alertname": "CloudBillingBalanceExhausted", "severity": "critical", **LABELS, "account": "two"},
                 {"alertname": "CloudBillingBalanceLow", "severity": "warning", **LABELS, "account": "two",
                  "currency": "USD"}]
        with tempfile.TemporaryDirectory() as directory:
            alertmanager = Alertmanager(directory)
            self.addCleanup(alertmanager.stop)
            alertmanager.tell(told)
            # Which exporter is absent is not known: any that is down silences it.
            expected = silenced | {("exporter-1", "CloudBillingExporterAbsent")}
            alertmanager.wait_for(lambda: alertmanager.inhibited() == expected)

    def test_a_message_of_dingtalk_names_account_text_and_runbook(self):
        alert = {"labels": {"alertname": "CloudBillingBalanceExhausted", "severity": "critical"},
                 "annotations": {"summary": "prod 余额已用尽", "description": "可用余额为 -20.00 CNY。",
                                 "runbook_url": "https://wiki.example.com/zh/runbook.md#a"}}
        warning = {**alert, "labels": {**alert["labels"], "severity": "warning"}}
        for status, alerts, expected in (
                ("firing", [{**alert, "status": "firing"}, {**warning, "status": "resolved"}],
                 ["#### 告警 CloudBillingBalanceExhausted", "- **严重** prod 余额已用尽", "  可用余额为 -20.00 CNY。",
                  "  [处理手册](https://wiki.example.com/zh/runbook.md#a)", "- **已恢复** prod 余额已用尽"]),
                ("firing", [{**warning, "status": "firing"}],
                 ["#### 告警 CloudBillingBalanceExhausted", "- **警告** prod 余额已用尽", "  可用余额为 -20.00 CNY。",
                  "  [处理手册](https://wiki.example.com/zh/runbook.md#a)"]),
                ("resolved", [{**alert, "status": "resolved"}],
                 ["#### 恢复 CloudBillingBalanceExhausted", "- **已恢复** prod 余额已用尽"])):
            with self.subTest(status=status), tempfile.NamedTemporaryFile("w", suffix=".json") as data:
                json.dump({"status": status, "alerts": alerts, "commonLabels": {"alertname": alert["labels"]["alertname"]}},
                          data)
                data.flush()
                text = run_amtool("template", "render", f"--template.glob={FOLDER}/dingtalk.tmpl",
                                  '--template.text={{ template "cloud_billing.text" . }}', f"--template.data={data.name}")
                self.assertEqual([line for line in text.splitlines() if line.strip()], expected)

    def test_the_bridges_are_told_by_the_names_that_their_own_files_have(self):
        text = EXAMPLE.read_text("utf-8")
        targets = re.findall(r"^  (\w+):\n    url: https://oapi\.dingtalk\.com/",
                             (FOLDER / "dingtalk.example.yml").read_text("utf-8"), re.M)
        self.assertEqual(re.findall(r"/dingtalk/(\w+)/send", text), targets)
        defined = re.findall(r'define "([\w.]+)"', (FOLDER / "dingtalk.tmpl").read_text("utf-8"))
        used = re.findall(r'template "([\w.]+)"', (FOLDER / "dingtalk.example.yml").read_text("utf-8"))
        self.assertEqual(sorted(used), sorted(defined))


if __name__ == "__main__":
    unittest.main()
