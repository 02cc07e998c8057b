"""A strict reader of OpenMetrics 1.0 (the parts that gauges, counters and histograms use)."""

import math
import re

NAME = r"[a-zA-Z_:][a-zA-Z0-9_:]*"
ESCAPED = r'(?:[^"\\\n]|\\[\\"n])*'
LABEL = rf'[a-zA-Z_][a-zA-Z0-9_]*="{ESCAPED}"'
NUMBER = r"[+-]?(?:\d+(?:\.\d*)?(?:e[+-]?\d+)?|Inf)|NaN"
HELP = re.compile(rf"# HELP ({NAME}) ({ESCAPED})")
TYPE = re.compile(rf"# TYPE ({NAME}) (gauge|counter|histogram)")
SAMPLE = re.compile(rf"({NAME})(?:\{{({LABEL}(?:,{LABEL})*)\}})? ({NUMBER})")
SUFFIXES = {"gauge": [""], "counter": ["_total"], "histogram": ["_bucket", "_sum", "_count"]}
CANONICAL_BOUND = re.compile(r"-?\d+\.\d+|\+Inf")


class Family:
    def __init__(self, name, kind):
        self.name, self.kind = name, kind
        self.samples = {}  # (name, labels as a frozen set of pairs) to value, in order


def read(text):
    """The families by name. Raises ValueError with the line that is wrong."""
    lines = text.split("\n")
    if lines[-2:] != ["# EOF", ""]:
        raise ValueError(f"the end is {lines[-2:]}")
    families = {}
    names = set()  # of samples
    family = helped = None
    for line in lines[:-2]:
        if match := HELP.fullmatch(line):
            helped = match[1]
        elif match := TYPE.fullmatch(line):
            if match[1] in families or match[1] != helped:
                raise ValueError(f"a family in pieces or without HELP: {line}")
            family = families[match[1]] = Family(match[1], match[2])
            own = {match[1] + suffix for suffix in SUFFIXES[match[2]]} | {match[1]}
            if own & names:
                raise ValueError(f"a name that another family has: {line}")
            names |= own
        elif match := SAMPLE.fullmatch(line):
            _add(family, line, *match.groups())
        else:
            raise ValueError(f"no line of OpenMetrics: {line}")
    for each in families.values():
        if each.kind == "histogram":
            _check_histogram(each)
    return families


def _add(family, line, name, inside, value):
    if family is None or name not in [family.name + s for s in SUFFIXES[family.kind]]:
        raise ValueError(f"a sample of another family: {line}")
    pairs = re.findall(LABEL, inside or "")
    labels = frozenset(tuple(pair.split("=", 1)) for pair in pairs)
    if len({label for label, _ in labels}) != len(pairs) or (name, labels) in family.samples:
        raise ValueError(f"twice: {line}")
    if family.kind != "gauge" and not float(value) >= 0:
        raise ValueError(f"below zero: {line}")
    family.samples[(name, labels)] = float(value)


def _check_histogram(family):
    groups = {}
    for (name, labels), value in family.samples.items():
        own = dict(labels)
        bound = own.pop("le", '""')[1:-1]
        group = groups.setdefault(frozenset(own.items()), {})
        if name.endswith("_bucket"):
            if not CANONICAL_BOUND.fullmatch(bound):
                raise ValueError(f"{family.name}: not a canonical bound: {bound}")
            group.setdefault("buckets", []).append((float(bound), value))
        else:
            group[name.removeprefix(family.name)] = value
    for labels, group in groups.items():
        buckets = group["buckets"]
        if buckets != sorted(buckets) or sorted(v for _, v in buckets) != [v for _, v in buckets]:
            raise ValueError(f"{family.name}{set(labels)}: buckets out of order")
        if buckets[-1] != (math.inf, group["_count"]) or "_sum" not in group:
            raise ValueError(f"{family.name}{set(labels)}: no whole histogram")
