#!/usr/bin/env python3
"""Every alert has its runbook section and every rule its test; rules name no label that no metric has.

That the metrics they name exist is checked by check_docs.py, what they say by `promtool test rules`.
"""

import re
import sys

from source_tree import ROOT, report

RULES = "config/prometheus/rules.yml"
RUNBOOK = "docs/runbook.md"
# Labels that Prometheus or Kubernetes gives, or a rule itself.
OTHER_LABELS = {"instance", "pod", "container", "endpoint", "service", "job", "shard", "alertname",
                "prometheus", "prometheus_replica"}
# What tells how a series was scraped: taken away before anything else.
SCRAPE = "instance, pod, container, endpoint, service"


def read(path):
    return (ROOT / path).read_text("utf-8")


def read_rules(text):
    """(kind, name, its lines) of each rule."""
    starts = list(re.finditer(r"^      - (alert|record): (\S+)$", text, re.M))
    ends = [start.start() for start in starts[1:]] + [len(text)]
    return [(start[1], start[2], text[start.end():end]) for start, end in zip(starts, ends)]


def labels_of_metrics():
    """Of docs/metrics.md, which e2e.metric_reference holds to what /metrics says."""
    cells = re.findall(r"^\| `cloud_billing_\w+` \| \w+ \| ([^|]*) \|", read("docs/metrics.md"), re.M)
    return {label for cell in cells for label in re.findall(r"`(\w+)`", cell)} | {"provider", "account"}


def labels_of(expression):
    selected = re.findall(r"[{,]\s*([a-z_]+)\s*(?:=~|!~|!=|=)", expression)
    grouped = re.findall(r"\b(?:by|without|on|ignoring|group_left|group_right)\s*\(([^)]*)\)",
                         expression)
    return set(selected) | {label.strip() for group in grouped for label in group.split(",")} - {""}


def find_problems():
    rules = read_rules(read(RULES))
    tests = "".join(path.read_text("utf-8") for path in sorted((ROOT / "tests/rules").glob("*.yml")))
    sections = re.findall(r"^## (\w+)$", read(RUNBOOK), re.M)
    known = labels_of_metrics() | OTHER_LABELS
    for kind, name, text in rules:
        if kind == "alert":
            if name not in sections:
                yield f"{RUNBOOK}: no section {name}"
            if f"alertname: {name}\n" not in tests:
                yield f"tests/rules: nothing tests the alert {name}"
            for key in ("summary:", "description:", f"runbook: {RUNBOOK}#{name.lower()}\n", "severity:"):
                if key not in text:
                    yield f"{RULES}: {name}: no {key.strip()}"
        elif name not in tests and not any(name in body for _, _, body in rules):
            yield f"tests/rules: nothing tests {name}"
        expression = text.partition("labels:")[0].partition("annotations:")[0]
        for label in sorted(labels_of(re.sub(r"#.*", "", expression)) - known):
            yield f"{RULES}: {name}: no metric has the label {label}"
        for metric in re.findall(r"(?<![\w:])cloud_billing_\w+(?:\{[^}]*\})?", expression):
            before = expression[:expression.index(metric)]
            if not re.search(rf"(without \(\s*{SCRAPE}[^)]*\)|absent\(max[^)]*\)|max by \([^)]*\))\s*\([^()]*$"
                             r"|abs\($|max_over_time\($|\"shard\", $"
                             rf"|without \({SCRAPE}\) \(\s*\"shard\", max without \([^)]*\) \($", before):
                yield f"{RULES}: {name}: {metric} keeps one of {SCRAPE}"
    for name in sections:
        if ("alert", name) not in {(kind, rule) for kind, rule, _ in rules}:
            yield f"{RUNBOOK}: {name} is no alert"


def main():
    return report(list(find_problems()), f"rules, tests and runbook of {RULES}")


if __name__ == "__main__":
    sys.exit(main())
