#!/usr/bin/env python3
"""The rules are what generate.py writes; every alert has its section in both runbooks and its test; texts of
the two languages say the same values; expressions name no label that no metric has.

That the metrics they name exist is checked by check_docs.py, what they say by `promtool test rules`.
"""

import re
import sys

from source_tree import ROOT, report

FOLDER = "config/prometheus"
sys.dont_write_bytecode = True
sys.path.insert(0, str(ROOT / FOLDER))

import generate  # noqa: E402
from source.alert import COPIES  # noqa: E402

RUNBOOKS = ("docs/runbook.md", "docs/zh/runbook.md")
# Labels that a rule itself makes.
OTHER_LABELS = {"shard"}
VALUE = re.compile(r"\{\{.*?\}\}")
UNITS = re.compile(r' \| reReplaceAll "\w+" "[^"]+"')
CHINESE = re.compile(r"[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]")


def read(path):
    return (ROOT / path).read_text("utf-8")


def labels_of_metrics():
    """Of docs/metrics.md, which e2e.metric_reference holds to what /metrics says."""
    cells = re.findall(r"^\| `cloud_billing_\w+` \| \w+ \| ([^|]*) \|", read("docs/metrics.md"), re.M)
    return {label for cell in cells for label in re.findall(r"`(\w+)`", cell)} | {"provider", "account"}


def labels_of(expression):
    selected = re.findall(r"[{,]\s*([a-z_]+)\s*(?:=~|!~|!=|=)", expression)
    grouped = re.findall(r"\b(?:by|without|on|ignoring|group_left|group_right)\s*\(([^)]*)\)",
                         expression)
    return set(selected) | {label.strip() for group in grouped for label in group.split(",")} - {""}


def compare_texts(alert):
    for what, (english, chinese) in (("summary", alert.summary), ("description", alert.description)):
        if CHINESE.search(VALUE.sub("", english)) or not CHINESE.search(VALUE.sub("", chinese)):
            yield f"{alert.name}: its {what} is not English and Chinese"
        values = [sorted(UNITS.sub("", value) for value in VALUE.findall(text) if "$" in value)
                  for text in (english, chinese)]
        if values[0] != values[1]:
            yield f"{alert.name}: its {what} shows other values in Chinese: {values[1]}, not {values[0]}"


def find_problems(alerts):
    for name, text in generate.generate().items():
        if read(f"{FOLDER}/{name}") != text:
            yield f"{FOLDER}/{name} is not what {FOLDER}/generate.py writes: run it"
    if not generate.RUNBOOK.startswith("https://"):
        yield f"{FOLDER}/generate.py: RUNBOOK is no address"
    tests = "".join(path.read_text("utf-8") for path in sorted((ROOT / "tests/rules").glob("*.yml")))
    known = labels_of_metrics() | set(COPIES) | OTHER_LABELS
    for alert in alerts:
        if not re.search(rf"alertname: {alert.name}\n *eval_time: \w+\n *exp_alerts:\n", tests):
            yield f"tests/rules: no test in which {alert.name} fires"
        for label in sorted(labels_of(alert.expression) - known):
            yield f"{alert.name}: no metric has the label {label}"
        yield from compare_texts(alert)
    for runbook in RUNBOOKS:
        sections = re.findall(r"^## (CloudBilling\w+)$", read(runbook), re.M)
        if sections != [alert.name for alert in alerts]:
            difference = set(sections) ^ {alert.name for alert in alerts} or "their order"
            yield f"{runbook}: its sections are not the alerts: {difference}"


def main():
    alerts = [alert for group in generate.GROUPS for alert in group.alerts]
    return report(list(find_problems(alerts)), f"{len(alerts)} alerts, their tests and runbooks")


if __name__ == "__main__":
    sys.exit(main())
