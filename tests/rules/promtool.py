"""Runs `promtool test rules` on tests that are made here."""

import json
import pathlib
import subprocess
import sys
import tempfile

REPOSITORY = pathlib.Path(__file__).resolve().parents[2]
RULES = REPOSITORY / "config/prometheus"
sys.dont_write_bytecode = True
sys.path.insert(0, str(RULES))

import generate  # noqa: E402

GROUPS = generate.GROUPS
ALERTS = tuple(alert for group in GROUPS for alert in group.alerts)


def run(text):
    """What it has to say against the tests, nothing if they pass; with the rules of the repository."""
    with tempfile.NamedTemporaryFile("w", suffix=".yml") as file:
        file.write(text)
        file.flush()
        answer = subprocess.run(["promtool", "test", "rules", file.name], capture_output=True, text=True,
                                timeout=300)
    return "" if answer.returncode == 0 else answer.stdout + answer.stderr


def write(input_series, promql, alerts=(), interval="5m", rules="rules.yml"):
    """One test as text: JSON is YAML."""
    return json.dumps({
        "rule_files": [str(RULES / rules)], "evaluation_interval": interval,
        "tests": [{"interval": interval, "input_series": input_series, "promql_expr_test": promql,
                   "alert_rule_test": list(alerts)}]}, ensure_ascii=False)


def labels_text(labels):
    return "{" + ",".join(f"{name}={json.dumps(value, ensure_ascii=False)}" for name, value in labels.items()) + "}"


def series(metric, labels, values):
    return {"series": f"cloud_billing_{metric}{labels_text(labels)}", "values": values}
