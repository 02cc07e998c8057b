#!/usr/bin/env python3
"""The documents of each language and the code name the same flags, metrics and configuration keys.

Metrics that dashboards, rules and examples name must exist too, and links of every document lead somewhere.
"""

import re
import sys

from source_tree import ROOT, list_files, report

STRING = re.compile(r'"((?:[^"\\\n]|\\.)*)"')
METRIC = re.compile(r"\bcloud_billing_(?:[a-z0-9_]|<measure>)+")
FLAG = re.compile(r"(?<![\w-])--[a-z][a-z0-9.-]*[a-z0-9]")
OTHER_NAMES = {"cloud_billing_exporter"}
OTHER_FLAGS = {"--flag", "--build-arg", "--runbook"}  # of other programs
PART = re.compile(r"_(bucket|sum|count)$")  # of a histogram
CODE_BLOCK = re.compile(r"^ *```.*?^ *```$", re.M | re.S)
UPGRADING = re.compile(r"^## (?:Upgrading|升级)\n.*?(?=^##? |\Z)", re.M | re.S)  # names of before too


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
    return metric in metrics or PART.sub("", metric) in metrics


def find_config_keys(left_out=()):
    """Keys of each section of both files: the arrays of names called k...Keys, and the keys
    that providers declare in their facts."""
    texts = "".join(read(path) for path in list_files(".cc", ".h")
                    if path.parts[0] == "exporter" and path.name not in left_out)
    arrays = re.findall(r"\bk\w*Keys\{(.*?)\}", texts, re.S)
    own = re.findall(r"\bown_account_keys = \{(.*?)\}\}", texts, re.S)  # of one provider
    named = dict(re.findall(r'\bconstexpr std::string_view (k\w+) = "(\w+)"', texts))
    return ({key for array in arrays for key in STRING.findall(array)} |
            {key for rows in own for key in re.findall(r'\.name = "(\w+)"', rows)} |
            {named[constant] for rows in own for constant in re.findall(r"\.name = (k\w+)", rows)})


def documented_config_keys(documents):
    """Keys of YAML blocks that are this program's configuration."""
    keys = set()
    for block in re.findall(r"^ *```yaml\n(.*?)^ *```", documents, re.S | re.M):
        if not re.search(r"^(accounts|polling|aggregation|http):", block, re.M):
            continue
        text = re.sub(r"(^|\s)#.*", r"\1", block)
        text = re.sub(r'"[^"\n]*"', '""', text)
        text = re.sub(r"\blabels: *\{[^}]*\}", "labels:", text)  # the user's own names
        keys |= set(re.findall(r"(?:^|[\s{,])([a-z_]+):(?=\s|$)", text, re.M))
    return keys


def compare(documents, what, documented, coded):
    for name in sorted(documented - coded):
        yield f"{documents}: {what} {name} is not in the code"
    for name in sorted(coded - documented):
        yield f"{what} {name} is not in {documents}"


def documented_flags(documents):
    """Flags in inline code, and in the lines of examples that call the program."""
    inline = re.findall(r"`(--[^`]*)`", documents)
    calls = re.findall(r"cloud_billing_exporter (.*)$", documents, re.M)
    return {flag for text in inline + calls for flag in FLAG.findall(text)} - OTHER_FLAGS


def compare_with_code(language, paths, metrics, flags, keys):
    """What the documents of one language name, all of them together."""
    text = "".join(read(path) for path in paths)
    yield from compare(language, "flag", documented_flags(text), flags)
    mentioned = {key for key in keys if re.search(rf"\b{key}\b", text)}
    yield from compare(language, "key", documented_config_keys(text) | mentioned, keys)
    of_now = UPGRADING.sub("", text)
    named = named_metrics(of_now, find_measures(metrics))
    yield from compare(language, "metric", {name if name in metrics else PART.sub("", name) for name in named}, metrics)


def anchors_of(path):
    """As they are made of headings."""
    return {re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-")
            for heading in re.findall(r"^#+ (.+)$", CODE_BLOCK.sub("", read(path)), re.M)}


def find_broken_links(path):
    text = re.sub(r"`[^`\n]*`", "", CODE_BLOCK.sub("", read(path)))
    for link in re.findall(r"\]\(([^)\s]+)\)|\bsrc=\"([^\"]+)\"", text):
        link = "".join(link)
        if re.match(r"https?:", link):
            continue
        name, _, anchor = link.partition("#")
        target = (ROOT / path).parent / name if name else ROOT / path
        if not target.exists():
            yield f"{path}: {link} leads nowhere"
        elif anchor and anchor not in anchors_of(target):
            yield f"{path}: {link}: no such heading"


def main():
    metrics, flags, keys = find_metrics(), find_flags(), find_config_keys()
    measures = find_measures(metrics)
    problems = [f"the check found no {what}; has their place changed?"
                for what, names in (("metrics", metrics), ("measures", measures), ("flags", flags),
                                    ("keys", keys))
                if len(names) < 3]
    pages = [path for path in list_files(".md") if path.parts[0] == "docs"]
    chinese = [path for path in pages if path.parts[1] == "zh"]
    english = [path for path in pages if path.parts[1] != "zh"]
    problems += compare_with_code("English", ["README.md", *english], metrics, flags, keys)
    problems += compare_with_code("Chinese", ["README.zh.md", *chinese], metrics, flags, keys)
    for path in list_files(".json", ".yml", ".yaml", ".md", ".service"):
        if path not in pages and path.parts[0] in ("config", "dashboards", "helm"):
            problems += [f"{path}: metric {name} does not exist"
                         for name in sorted(named_metrics(read(path), measures))
                         if not is_known(name, metrics)]
    documents = list_files(".md")
    problems += [problem for path in documents for problem in find_broken_links(path)]
    return report(problems, f"{len(metrics)} metrics, {len(flags)} flags, {len(keys)} keys, "
                  f"links of {len(documents)} documents")


if __name__ == "__main__":
    sys.exit(main())
