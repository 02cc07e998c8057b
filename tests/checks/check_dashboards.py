#!/usr/bin/env python3
"""The dashboards are what their source generates, and Grafana can show them as they are.

Whether their queries find data is tested by tests/e2e/dashboards_test.py.
"""

import itertools
import json
import re
import sys

from source_tree import ROOT, report

FOLDER = ROOT / "dashboards"
sys.dont_write_bytecode = True
sys.path.insert(0, str(FOLDER))

from generate import generate  # noqa: E402

KINDS = {"row", "timeseries", "stat", "gauge", "table", "bargauge", "barchart", "piechart", "text"}
SCHEMA = 39  # of Grafana 10.3 and later
OWN_VARIABLES = {"__to", "__all", "__rate_interval", "__url_time_range", "__data"}
VARIABLE = re.compile(r"\$\{?([a-z_]\w*)")
# In backticks, where PromQL escapes nothing; several as a regular expression, one as it is.
MATCHER = re.compile(r"(=~|!~|=)`\$\{(\w+):(\w+)\}`")
IN_QUOTES = re.compile(r'=~?\\\\?"\$\{?(\w+)')
# What stands in a Chinese text as it is: names of the clouds, the configuration and the metrics.
NAMES = {"All", "CPU", "English", "Exporter", "ISO", "CNY", "UTC", "BytePlus", "Prometheus", "__other__", "max_series", "max_age",
         "low_balance", "global", "orders", "coupons", "packages", "budgets", "renewals", "balance", "bills", "auth", "permission", "throttled",
         "server", "transport", "timeout", "request", "decode", "inconsistent", "instance", "pod",
         "sub_account_id", "current", "previous", "billed_cost", "account", "accounts", "budget", "history", "amortization",
         "config", "prometheus", "CloudBilling"}
GREY = "#8e8e8e"
# A sum over series as they were scraped.
UNRELATED = re.compile(r"\b(?:sum|count|avg)(?: by \([^)]*\))? \(?(?:increase\()?cloud_billing_account_\w+\{|without \(")
NAME = re.compile(r"(aggregation|polling)(\.\w+)+")


def panels_of(model):
    for panel in model["panels"]:
        yield panel
        yield from panel.get("panels", ())


def texts_for_readers(model):
    """What Grafana shows as words."""
    shown = ("title", "description", "label", "content", "tooltip", "legendFormat", "text")
    todo = [model]
    while todo:
        value = todo.pop()
        if isinstance(value, dict):
            for key, item in value.items():
                if key in shown and isinstance(item, str):
                    yield item
                elif key == "renameByName":
                    yield from item.values()
                elif isinstance(item, (dict, list)):
                    todo.append(item)
        elif isinstance(value, list):
            todo += value


def is_chinese(text):
    """Without English words but names, and without labels and variables."""
    bare = re.sub(r"\{\{\w+\}\}|\$\w+|`[^`]*`", " ", text)
    words = re.findall(r"[A-Za-z_][\w.]*", bare)
    return all(word.rstrip(".") in NAMES or NAME.fullmatch(word) for word in words)


def overlap(one, other):
    a, b = one["gridPos"], other["gridPos"]
    return (a["x"] < b["x"] + b["w"] and b["x"] < a["x"] + a["w"]
            and a["y"] < b["y"] + b["h"] and b["y"] < a["y"] + a["h"])


def check_places(model):
    open_panels = model["panels"]
    for panel in panels_of(model):
        place = panel["gridPos"]
        if place["x"] < 0 or place["w"] < 1 or place["x"] + place["w"] > 24:
            yield f"panel {panel['title']}: outside of the 24 columns"
    for one, other in itertools.combinations(open_panels, 2):
        if overlap(one, other):
            yield f"panels {one['title']} and {other['title']} overlap"
    ids = [panel["id"] for panel in panels_of(model)]
    if len(set(ids)) != len(ids):
        yield "two panels have the same id"


def check_variables(model):
    defined = [variable["name"] for variable in model["templating"]["list"]]
    used = set(VARIABLE.findall(json.dumps([model["panels"], model["templating"]])))
    for name in sorted(used - set(defined) - OWN_VARIABLES):
        yield f"variable ${name} is not defined"
    for name in sorted(set(defined) - used):
        yield f"variable ${name} changes nothing"
    several = {variable["name"] for variable in model["templating"]["list"] if variable["multi"]}
    for operator, name, form in sorted(set(MATCHER.findall(json.dumps(model)))):
        if (operator != "=", form) != ((True, "regex") if name in several else (False, "raw")):
            yield f"variable ${name} is matched with {operator} as {form}"
    fixed = {variable["name"] for variable in model["templating"]["list"] if variable["type"] == "custom"}
    for name in sorted(set(IN_QUOTES.findall(json.dumps(model))) - fixed):
        yield f"variable ${name} stands in quotes: a name with a quote would end them"
    for field in re.findall(r"\$\{__data[^}]*\}", json.dumps(model)):
        if not field.endswith(":percentencode}"):
            yield f"{field} in a link: a + or & would be lost"
    repeats = {panel.get("repeat") for panel in model["panels"]} - {None}
    for name in sorted(repeats - set(defined)):
        yield f"rows repeat by ${name}, which is not defined"


def check_panels(model):
    for panel in panels_of(model):
        where = f"panel {panel['title']}"
        if panel["type"] not in KINDS:
            yield f"{where}: type {panel['type']}"
        if panel["type"] in ("row", "text"):
            continue
        if not panel["description"]:
            yield f"{where}: no description"
        if not panel["fieldConfig"]["defaults"].get("unit"):
            yield f"{where}: no unit"
        yield from (f"{where}: {problem}" for problem in check_truth(panel))
        for target in panel["targets"]:
            sources = (panel["datasource"], target["datasource"])
            if any(source["uid"] != "${datasource}" for source in sources):
                yield f"{where}: a fixed data source"
            if UNRELATED.search(target["expr"]):
                yield f"{where}: {UNRELATED.search(target['expr'])[0]}: what scraped it doubles it"
            grouped = len(re.findall(r"\bby \(", target["expr"])) > 0
            if panel["type"] in ("timeseries", "bargauge", "piechart") and not target["legendFormat"]:
                if grouped:
                    yield f"{where}: no legend"


def check_truth(panel):
    """What would calm or mislead: each of it was seen once."""
    defaults = panel["fieldConfig"]["defaults"]
    absent = [one["options"]["result"]["color"] for one in defaults["mappings"]
              if one["type"] == "special" and one["options"]["match"] == "null+nan"]
    if panel["type"] in ("stat", "gauge", "bargauge") and absent != [GREY]:
        yield "what is not known takes the colour of the lowest threshold"
    if not defaults.get("noValue"):
        yield "no words for what is not known"
    if panel["type"] == "bargauge" and defaults.get("min") != 0:
        yield "bars that do not begin at 0"
    if panel["type"] in ("timeseries", "barchart") and defaults["custom"].get("axisSoftMin") != 0:
        yield "an axis that is cut"
    if panel["type"] == "table" and defaults["custom"].get("minWidth", 150) > 100:
        yield "columns as wide as Grafana makes them hide the last ones"
    if "palette-classic-by-name" in json.dumps(panel["fieldConfig"]):
        yield "colours by name: two series of a chart have the same one"
    if defaults.get("custom", {}).get("drawStyle") == "bars" and not defaults["custom"].get("barMaxWidth"):
        yield "the first bars are as wide as the time between them"
    if panel["type"] == "bargauge" and not panel["options"].get("maxVizHeight"):
        yield "a single bar fills the panel"
    if panel["type"] in ("piechart", "barchart", "table") and "prepaid" not in json.dumps(panel["fieldConfig"]):
        # The first grouping is the outermost.
        kept = re.search(r" by \(([^)]*)\)", panel["targets"][0]["expr"])
        if kept and "billing_mode" in kept[1]:
            yield "billing modes that have no words in the reader's language"
    units = {defaults["unit"]} | {one["value"] for override in panel["fieldConfig"]["overrides"]
                                  for one in override["properties"] if one["id"] == "unit"}
    for unit in sorted(units & {"d", "dateTimeAsLocal"}) + [unit for unit in units if unit.startswith("currency:")]:
        yield f"unit {unit}: weeks for days, a time for a day, or 3 digits for an amount"
    for target in panel["targets"]:
        if "vector(0)" in target["expr"]:
            yield "an all-clear when nothing is known"
        if panel["type"] == "table" and len(panel["targets"]) > 1 and '"column"' not in target["expr"]:
            yield "a column that is called Value where no other query finds something"


def check_model(name, model):
    yield from check_places(model)
    yield from check_variables(model)
    yield from check_panels(model)
    if model["schemaVersion"] != SCHEMA:
        yield f"schemaVersion {model['schemaVersion']} instead of {SCHEMA}"
    if model["timezone"] != "Asia/Shanghai":
        yield "not in the billing month's time zone"
    if not any(panel["type"] == "text" for panel in panels_of(model)):
        yield "nothing explains what the numbers mean"
    if name.endswith(".zh.json"):
        for text in texts_for_readers(model):
            if not is_chinese(text):
                yield f"not in Chinese: {text.strip()[:80]}"


def check_pair(english, chinese):
    """The same panels in the same places, whatever the language."""
    shape = [[(panel["id"], panel["type"], panel["gridPos"]) for panel in panels_of(model)]
             for model in (english, chinese)]
    if shape[0] != shape[1]:
        yield "the languages do not show the same panels"


def main():
    generated = generate()
    committed = {path.name: path.read_text("utf-8") for path in FOLDER.glob("*.json")}
    problems = [f"dashboards/{name}: not what dashboards/generate.py writes; run it"
                for name in sorted(generated.keys() | committed.keys())
                if generated.get(name) != committed.get(name)]
    models = {name: json.loads(text) for name, text in generated.items()}
    uids = [model["uid"] for model in models.values()]
    if len(set(uids)) != len(uids) or any(len(uid) > 40 for uid in uids):
        problems.append("dashboards: uids are not unique, or longer than Grafana takes")
    for name, model in models.items():
        found = list(check_model(name, model))
        if not name.endswith(".zh.json"):
            found += check_pair(model, models[name.replace(".json", ".zh.json")])
        problems += [f"dashboards/{name}: {problem}" for problem in found]
    return report(problems, f"{len(models)} dashboards")


if __name__ == "__main__":
    sys.exit(main())
