#!/usr/bin/env python3
"""README.md and the code name the same flags, metrics and configuration keys.

Metrics that dashboards, rules and the other documents name must exist too.
"""

import re
import sys

from source_tree import ROOT, list_files, report

STRING = re.compile(r'"((?:[^"\\\n]|\\.)*)"')
METRIC = re.compile(r"\bcloud_billing_(?:[a-z0-9_]|<measure>)+")
FLAG = re.compile(r"(?<![\w-])--[a-z][a-z0-9.-]*[a-z0-9]")
OTHER_NAMES = {"cloud_billing_exporter"}


def read(path):
    return (ROOT / path).read_text("utf-8")


def strings_of(*paths):
    return [text for path in paths for text in STRING.findall(read(path))]


def find_flags():
    texts = [text for text in strings_of("exporter/app/flag_table.h") if text.startswith("-")]
    return {flag for text in texts for flag in FLAG.findall(text)} - {"--flag"} | {"--help"}


def find_metrics():
    """Of docs/metrics.md, which e2e.metric_reference holds to what /metrics says."""
    return set(re.findall(r"^\| `(cloud_billing_\w+)` \|", read("docs/metrics.md"), re.M))


def find_measures(metrics):
    """What <measure> stands for in a document."""
    return {match[1] for name in metrics
            if (match := re.fullmatch(r"cloud_billing_(\w+)_by_tag", name))}


def named_metrics(text, measures):
    """Metrics that a document names; <measure> stands for each of them."""
    names = set()
    for name in METRIC.findall(text):
        names |= {name.replace("<measure>", measure) for measure in measures}
    return {name for name in names if not name.endswith("_")} - OTHER_NAMES


def is_known(metric, metrics):
    return metric in metrics or re.sub(r"_(bucket|sum|count)$", "", metric) in metrics


def find_config_keys(left_out=()):
    """Keys of each section of both files: the arrays of names called k...Keys, and the keys
    that providers declare in their facts."""
    texts = "".join(read(path) for path in list_files(".cc", ".h")
                    if path.parts[0] == "exporter" and path.name not in left_out)
    arrays = re.findall(r"\bk\w*Keys\{(.*?)\}", texts, re.S)
    own = re.findall(r"\bown_account_keys = \{(.*?)\}\}", texts, re.S)  # of one provider
    return ({key for array in arrays for key in STRING.findall(array)} |
            {key for rows in own for key in re.findall(r'\.name = "(\w+)"', rows)})


def readme_config_keys(readme):
    """Keys of the README's YAML blocks that are this program's configuration."""
    keys = set()
    for block in re.findall(r"^```yaml\n(.*?)^```", readme, re.S | re.M):
        if not re.search(r"^(accounts|polling|aggregation|http):", block, re.M):
            continue
        text = re.sub(r"(^|\s)#.*", r"\1", block)
        text = re.sub(r'"[^"\n]*"', '""', text)
        text = re.sub(r"\blabels: *\{[^}]*\}", "labels:", text)  # the user's own names
        keys |= set(re.findall(r"(?:^|[\s{,])([a-z_]+):(?=\s|$)", text, re.M))
    return keys


def compare(what, documented, coded):
    for name in sorted(documented - coded):
        yield f"README.md: {what} {name} is not in the code"
    for name in sorted(coded - documented):
        yield f"{what} {name} is not in README.md"


def readme_flags(readme):
    """Flags in inline code, and in the lines of examples that call the program."""
    inline = re.findall(r"`(--[^`]*)`", readme)
    calls = re.findall(r"cloud_billing_exporter (.*)$", readme, re.M)
    return {flag for text in inline + calls for flag in FLAG.findall(text)} - {"--flag"}


def main():
    if not (ROOT / "README.md").exists():
        return report(["README.md is missing"], "")
    readme = read("README.md")
    metrics, flags, keys = find_metrics(), find_flags(), find_config_keys()
    measures = find_measures(metrics)
    problems = [f"the check found no {what}; has their place changed?"
                for what, names in (("metrics", metrics), ("measures", measures), ("flags", flags),
                                    ("keys", keys))
                if len(names) < 3]
    problems += compare("flag", readme_flags(readme), flags)
    mentioned = {key for key in keys if re.search(rf"\b{key}\b", readme)}
    problems += compare("key", readme_config_keys(readme) | mentioned, keys)
    of_now = re.sub(r"^## Upgrading\n.*?(?=^## )", "", readme, flags=re.M | re.S)  # names of before too
    problems += compare("metric", {re.sub(r"_(bucket|sum|count)$", "", name) if name not in metrics
                                   else name for name in named_metrics(of_now, measures)}, metrics)
    for path in list_files(".json", ".yml", ".yaml", ".md", ".service"):
        if path.name != "README.md" and path.parts[0] in ("config", "dashboards", "helm", "docs"):
            problems += [f"{path}: metric {name} does not exist"
                         for name in sorted(named_metrics(read(path), measures))
                         if not is_known(name, metrics)]
    return report(problems, f"{len(metrics)} metrics, {len(flags)} flags, {len(keys)} keys")


if __name__ == "__main__":
    sys.exit(main())
