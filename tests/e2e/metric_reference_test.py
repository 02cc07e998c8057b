"""docs/metrics.md says of every metric what the exporter says of it.

With --write the file is written anew; CLOUD_BILLING_EXPORTER and CLOUD_SIMULATOR name the programs.
"""

import re
import sys

from exact_amounts_test import demo_config
from harness import REPOSITORY, EndToEndTest, main

REFERENCE = REPOSITORY / "docs" / "metrics.md"
HEAD = """# Metrics

Every metric with its type, its labels and its HELP text, as the exporter serves them with the demo's
configuration. `...` stands for what every series of an account carries: `provider`, `account` and the
static labels of the configuration. The labels of groups follow `aggregation`.
[README.md](../README.md#metrics) says more on where the numbers come from.

This file is made from `/metrics`: `tests/e2e/metric_reference_test.py --write`.

| metric | type | labels | help |
|---|---|---|---|
"""
WRITE = "--write" in sys.argv
OF_AN_ACCOUNT = ["provider", "account", "team", "env"]
# Refused by the simulator, so that what counts failures has something to count.
FAILING_ACCOUNT = """
  - name: failing
    provider: baidu
    endpoint: http://127.0.0.1:{port}
    access_key_id: nobody
    secret_access_key: nothing
    labels: {{team: none, env: none}}
"""
# Reads an account of the demo once more, so that its bill is counted twice.
SAME_ACCOUNT = """
  - name: same
    provider: baidu
    endpoint: http://127.0.0.1:{port}
    access_key_id: demo-ak-staging
    secret_access_key: demo-sk-staging
    labels: {{team: none, env: none}}
"""
FAMILY = re.compile(r"^# (HELP|TYPE) (\S+) (.*)$")
SAMPLE = re.compile(r"^([a-zA-Z_:][\w:]*)(?:\{(.*)\})? \S+$")
LABEL = re.compile(r'(\w+)="(?:[^"\\]|\\.)*"')


def labels_of(names):
    own = [name for name in names if name not in OF_AN_ACCOUNT] if "account" in names else names
    shown = ["`...`"] if "account" in names else []
    return ", ".join(shown + [f"`{name}`" for name in own])


def write_reference(text):
    helps, types, labels = {}, {}, {}
    for line in text.splitlines():
        if family := FAMILY.match(line):
            kind, name, rest = family.groups()
            (helps if kind == "HELP" else types)[name] = rest
        elif sample := SAMPLE.match(line):
            name = sample[1]
            if name not in types:
                name = re.sub(r"_(bucket|sum|count)$", "", name)
            names = labels.setdefault(name, [])
            names += [label for label in LABEL.findall(sample[2] or "")
                      if label not in names and label != "le"]
    rows = [f"| `{name}` | {types[name]} | {labels_of(labels.get(name, []))} | "
            + helps[name].replace("|", "\\|") + " |" for name in types]
    return HEAD + "\n".join(rows) + "\n"


class MetricReference(EndToEndTest):
    def test_is_what_the_exporter_says(self):
        cloud = self.start_simulator("--demo")
        config = demo_config(cloud) + (FAILING_ACCOUNT + SAME_ACCOUNT).format(port=cloud.port)
        exporter = self.start_exporter(config).wait_ready()
        shown = exporter.wait_for(lambda shown: shown.select(
            "previous_month_to_date_billed_cost") and shown.select(
                "week_earlier_day_billed_cost"), "earlier days")
        reference = write_reference(shown.text)
        if WRITE:
            REFERENCE.write_text(reference)
        self.assertEqual(REFERENCE.read_text().splitlines(), reference.splitlines(),
                         "write it anew: tests/e2e/metric_reference_test.py --write")


if __name__ == "__main__":
    sys.argv = sys.argv[:1]
    main()
