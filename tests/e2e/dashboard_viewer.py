"""Asks a Prometheus what Grafana would for a dashboard, and reads what its stats show."""

import json
import re
import time
import urllib.parse

from harness import REPOSITORY, ask

WINDOW = 300  # seconds that a reader looks at
STEP = 2
VARIABLE = re.compile(r"\$\{(\w+)(?::(\w+))?\}|\$([a-zA-Z_]\w*)")


def read_dashboards():
    paths = sorted((REPOSITORY / "dashboards").glob("*.json"))
    return {path.name: json.loads(path.read_text("utf-8")) for path in paths}


def panels_of(model):
    """With the row that each stands in."""
    row = None
    for panel in model["panels"]:
        if panel["type"] == "row":
            row = panel
        for one in [panel, *panel.get("panels", ())]:
            if one.get("targets"):
                yield row, one


def write_values(chosen, form):
    """As Grafana writes a variable: what stands for All as it is, values one by one. Of `raw` the only one."""
    if isinstance(chosen, str):
        return chosen
    if form != "regex":
        return chosen[0]
    escaped = [re.sub(r"[\\^$*+?.()|\[\]{}/]", r"\\\g<0>", value) for value in chosen]
    return escaped[0] if len(escaped) == 1 else f"({'|'.join(escaped)})"


def substitute(text, given):
    """Given: the name of each variable to the values chosen, or to a text that stands for All."""
    return VARIABLE.sub(lambda found: write_values(given[found[1] or found[3]], found[2]), text)


class Viewer:
    """Looks now, or at a time of the past; over a window in seconds, in steps."""

    def __init__(self, prometheus, at=None, window=WINDOW, step=STEP):
        self.port, self.at, self.window, self.step = prometheus.port, at, window, step

    def ask(self, path, **parameters):
        answer = ask(self.port, f"/api/v1/{path}?" + urllib.parse.urlencode(parameters))
        result = json.loads(answer.body)
        if result["status"] != "success":
            raise AssertionError(f"{parameters}: {result}")
        return result["data"]

    def now(self):
        return self.at or time.time()

    def find_values(self, variable, given):
        """The values that a variable offers."""
        if variable["type"] == "custom":
            return [option["value"] for option in variable["options"]]
        query = substitute(variable["query"]["query"], given)
        kind, inside = re.fullmatch(r"(\w+)\((.+)\)", query).groups()
        span = {"start": self.now() - self.window, "end": self.now()} if self.at else {}
        if kind == "label_values":
            selector, label = inside.rsplit(", ", 1)
            found = self.ask(f"label/{label}/values", **{"match[]": selector}, **span)
        elif kind == "metrics":
            found = [name for name in self.ask("label/__name__/values", **span) if re.search(inside, name)]
        else:
            series = self.ask("query", query=inside, time=self.now())["result"]
            found = ["{" + ",".join(f'{key}="{value}"' for key, value in one["metric"].items()) + "} 1 1"
                     for one in series]
        if variable["regex"]:
            wanted = re.compile(variable["regex"].strip("g").strip("/"))
            found = [match[1] for text in found for match in wanted.finditer(text)]
        return sorted(set(found))

    def choose(self, model, **chosen):
        """All, or the first, or what is chosen, of each variable."""
        given = {"__rate_interval": "15s"}
        for variable in model["templating"]["list"]:
            name = variable["name"]
            if variable["type"] == "datasource":
                continue
            offered = chosen.get(name) or self.find_values(variable, given)
            if variable["includeAll"] and name not in chosen:
                given[name] = variable["allValue"] or offered or ""
            else:
                given[name] = offered[:1] or [""] if not variable["includeAll"] else offered
        return given

    def run(self, target, given, interval=None):
        """The series that a query finds; those of nothing but NaN are none. Steps of a day begin with it in UTC+8."""
        expression = substitute(target["expr"].replace("${__to:date:seconds}", f"{self.now():.0f}"), given)
        if target["range"]:
            step, shift = (86400, 8 * 3600) if interval == "1d" else (self.step, 0)
            first, last = ((time + shift) // step * step - shift for time in (self.now() - self.window, self.now()))
            series = self.ask("query_range", query=expression, start=first, end=last, step=step)["result"]
        else:
            series = self.ask("query", query=expression, time=self.now())["result"]
        return [one for one in series
                if any(value != "NaN" for _, value in one.get("values", [one.get("value")]))]

    def read_stat(self, panel, given):
        """(name, text, colour) of each value that a panel of latest values shows."""
        shown = []
        for target in panel["targets"]:
            for series in self.run({**target, "range": False}, given):
                name = re.sub(r"\{\{(\w+)\}\}", lambda found: series["metric"].get(found[1], ""),
                              target["legendFormat"])
                shown.append((name, *show_value(panel, name, float(series["value"][1]))))
        return shown or [("", *show_value(panel, "", None))]


def show_value(panel, name, value):
    """Text and colour; None is what is not there."""
    look = dict(panel["fieldConfig"]["defaults"])
    for override in panel["fieldConfig"]["overrides"]:
        if name and re.search(override["matcher"]["options"].strip("/"), name):
            look.update((one["id"], one["value"]) for one in override["properties"])
    for mapping in look["mappings"]:
        if mapping["type"] == "special" and value is None:
            return mapping["options"]["result"]["text"], mapping["options"]["result"]["color"]
        if mapping["type"] == "value" and value is not None and f"{value:g}" in mapping["options"]:
            result = mapping["options"][f"{value:g}"]
            return result["text"], result["color"]
    if value is None:
        return "", "by the lowest threshold"
    color = look["color"].get("fixedColor")
    if look["color"]["mode"] == "thresholds":
        color = [step["color"] for step in look["thresholds"]["steps"]
                 if step["value"] is None or value >= step["value"]][-1]
    return f"{value:.{look.get('decimals', 2)}f}", color
