"""Panels of Grafana, and their places.

A panel is made without id and place; `make_dashboard` gives both, from left to right.
"""

from source.text import Text

DATASOURCE = {"type": "prometheus", "uid": "${datasource}"}
MONEY_UNIT = "short"
# A symbol only for what it certainly stands for; every other currency is a number and its code.
SYMBOLS = {"CNY": "¥", "USD": "$", "EUR": "€", "GBP": "£", "HKD": "HK$"}

GREEN, YELLOW, ORANGE, RED = "green", "yellow", "orange", "red"


def unit_by_currency():
    """By the currency's code at the end of the legend, since a unit knows nothing of labels."""
    return [{"matcher": {"id": "byRegexp", "options": f"/\\b{code}\\)?$/"},
             "properties": [{"id": "unit", "value": f"currency:{symbol}"}]}
            for code, symbol in SYMBOLS.items()]


def steps(*levels, base=GREEN):
    """Colours from a value on, as (value, colour)."""
    return {"mode": "absolute", "steps": [{"color": base, "value": None}] +
            [{"color": color, "value": value} for value, color in levels]}


def values(*words):
    """Words for values, as (value, text, colour)."""
    return [{"type": "value", "options": {str(value): {"text": text, "color": color, "index": index}
                                          for index, (value, text, color) in enumerate(words)}}]


def query(expr, legend="", *, instant=False, table=False):
    return {"expr": expr, "legendFormat": legend, "instant": instant or table,
            "range": not (instant or table), "format": "table" if table else "time_series",
            "datasource": DATASOURCE, "editorMode": "code"}


def panel(kind, title, description, width, height, queries, options, *, unit="short", decimals=None,
          thresholds=None, mappings=(), overrides=(), custom=None, color=None, transformations=(),
          lowest=None, highest=None, links=()):
    defaults = {"unit": unit, "mappings": list(mappings), "thresholds": thresholds or steps(),
                "color": color or {"mode": "palette-classic"}, "links": list(links)}
    for name, value in (("decimals", decimals), ("min", lowest), ("max", highest),
                        ("custom", custom)):
        if value is not None:
            defaults[name] = value
    overrides = list(overrides)
    if unit == MONEY_UNIT and kind != "table":
        overrides = unit_by_currency() + overrides
    targets = [{"refId": chr(ord("A") + number), **target} for number, target in enumerate(queries)]
    return {"type": kind, "title": title, "description": description, "size": (width, height),
            "datasource": DATASOURCE, "targets": targets, "options": options,
            "fieldConfig": {"defaults": defaults, "overrides": overrides},
            "transformations": list(transformations)}


def latest():
    return {"calcs": ["lastNotNull"], "fields": "", "values": False}


def stat(title, description, width, queries, *, height=4, colored="value", **more):
    several = len(queries) > 1 or "{{" in str(queries[0]["legendFormat"])
    options = {"reduceOptions": latest(), "colorMode": colored, "graphMode": "none",
               "justifyMode": "auto", "orientation": "auto",
               "textMode": "value_and_name" if several else "value"}
    more.setdefault("color", {"mode": "thresholds"})
    return panel("stat", title, description, width, height,
                 [{**target, "instant": True, "range": False} for target in queries],
                 options, **more)


def gauge(title, description, width, height, queries, **more):
    options = {"reduceOptions": latest(), "orientation": "auto", "showThresholdLabels": False,
               "showThresholdMarkers": True}
    return panel("gauge", title, description, width, height, queries, options,
                 color={"mode": "thresholds"}, **more)


def bars(title, description, width, height, queries, **more):
    options = {"reduceOptions": latest(), "orientation": "horizontal", "displayMode": "basic",
               "showUnfilled": True, "valueMode": "color", "minVizWidth": 8, "minVizHeight": 16}
    more.setdefault("color", {"mode": "continuous-BlPu"})
    return panel("bargauge", title, description, width, height, queries, options, **more)


def pie(title, description, width, height, queries, **more):
    options = {"reduceOptions": latest(), "pieType": "donut", "displayLabels": [],
               "legend": {"displayMode": "table", "placement": "right", "showLegend": True,
                          "values": ["value", "percent"]},
               "tooltip": {"mode": "single", "sort": "none"}}
    return panel("piechart", title, description, width, height, queries, options, **more)


def curves(title, description, width, height, queries, *, stacked=False, steps_only=False, **more):
    """Steps only: where a value holds until the next is known."""
    custom = {"drawStyle": "line", "lineWidth": 1, "fillOpacity": 25 if stacked else 5,
              "lineInterpolation": "stepAfter" if steps_only else "linear", "showPoints": "auto",
              "spanNulls": False, "stacking": {"group": "A", "mode": "normal" if stacked else "none"}}
    options = {"legend": {"displayMode": "table", "placement": "bottom", "showLegend": True,
                          "calcs": ["lastNotNull"], "sortBy": "Last *", "sortDesc": True},
               "tooltip": {"mode": "multi", "sort": "desc"}}
    return panel("timeseries", title, description, width, height, queries, options, custom=custom,
                 **more)


def column(name, *, unit=None, decimals=None, thresholds=None, mappings=None, links=None,
           width=None):
    """How a column of a table looks."""
    properties = []
    for key, value in (("unit", unit), ("decimals", decimals), ("thresholds", thresholds),
                       ("mappings", mappings), ("links", links), ("custom.width", width)):
        if value is not None:
            properties.append({"id": key, "value": value})
    if thresholds is not None or mappings is not None:
        properties.append({"id": "custom.cellOptions", "value": {"type": "color-text"}})
        properties.append({"id": "color", "value": {"mode": "thresholds"}})
    return {"matcher": {"id": "byName", "options": name}, "properties": properties}


def table(title, description, width, height, labels, columns, *, sort=None, descending=True):
    """One row for each set of labels. Labels are (label, name); columns are (query, name, look),
    or (query, name) for an amount; the queries keep exactly those labels."""
    order = [label for label, _ in labels]
    names = dict(labels)
    overrides, queries = [], []
    for number, (expr, name, *look) in enumerate(columns):
        value = "Value" if len(columns) == 1 else f"Value #{chr(ord('A') + number)}"
        queries.append(query(expr, table=True))
        order.append(value)
        names[value] = name
        overrides.append(column(name, **(look[0] if look else {"unit": "locale", "decimals": 2})))
    organize = {"id": "organize", "options": {
        "excludeByName": {"Time": True}, "renameByName": names,
        "indexByName": {field: index for index, field in enumerate(order)}}}
    transformations = [organize] if len(columns) == 1 else [{"id": "merge", "options": {}}, organize]
    options = {"showHeader": True, "cellHeight": "sm",
               "footer": {"show": False, "reducer": ["sum"], "countRows": False, "fields": ""},
               "sortBy": [{"displayName": sort, "desc": descending}] if sort else []}
    return panel("table", title, description, width, height, queries, options, overrides=overrides,
                 transformations=transformations, custom={
                     "align": "auto", "cellOptions": {"type": "auto"}, "filterable": True,
                     "inspect": False})


def text(title, content, height, width=24):
    return {"type": "text", "title": title, "description": "", "size": (width, height),
            "options": {"mode": "markdown", "content": content, "code": {
                "language": "plaintext", "showLineNumbers": False, "showMiniMap": False}}}


def row(title, panels, *, repeat=None, collapsed=False):
    return {"title": title, "panels": panels, "repeat": repeat, "collapsed": collapsed}


def place(panels, top):
    """From left to right; a panel that finds no room begins a new line."""
    left, line_height, placed = 0, 0, []
    for item in panels:
        width, height = item["size"]
        if left + width > 24:
            left, top, line_height = 0, top + line_height, 0
        shown = {key: value for key, value in item.items() if key != "size"}
        placed.append({**shown, "gridPos": {"x": left, "y": top, "w": width, "h": height}})
        left, line_height = left + width, max(line_height, height)
    return placed, top + line_height


def lay_out(rows):
    top, laid = 0, []
    for entry in rows:
        header = {"type": "row", "title": entry["title"], "collapsed": entry["collapsed"],
                  "panels": [], "gridPos": {"x": 0, "y": top, "w": 24, "h": 1}}
        if entry["repeat"]:
            header["repeat"] = entry["repeat"]
        placed, below = place(entry["panels"], top + 1)
        laid.append(header)
        if entry["collapsed"]:
            header["panels"] = placed
            top += 1
        else:
            laid += placed
            top = below
    number = 0
    for item in laid:
        for one in [item, *item.get("panels", [])]:
            number += 1
            one["id"] = number
    return laid


def make_dashboard(language, uid, title, description, variables, rows, *, since, refresh):
    own, other = ("", "-zh") if language == "en" else ("-zh", "")
    links = [
        {"type": "dashboards", "tags": [f"cloud-billing-{language}"], "title": "", "icon": "external link",
         "asDropdown": False, "includeVars": True, "keepTime": True, "targetBlank": False,
         "tooltip": "", "url": ""},
        {"type": "link", "title": Text("中文", "English"), "icon": "doc", "url": f"/d/{uid}{other}",
         "tags": [], "asDropdown": False, "includeVars": True, "keepTime": True,
         "targetBlank": False, "tooltip": Text("The same in Chinese", "同一仪表盘的英文版")}]
    return {"uid": uid + own, "title": title, "description": description, "editable": True,
            "tags": ["cloud-billing", f"cloud-billing-{language}"], "timezone": "Asia/Shanghai",
            "schemaVersion": 39, "version": 1, "graphTooltip": 1, "fiscalYearStartMonth": 0,
            "weekStart": "monday", "liveNow": False, "refresh": refresh, "links": links,
            "time": {"from": since, "to": "now"},
            "timepicker": {"refresh_intervals": ["30s", "1m", "5m", "15m", "30m", "1h"]},
            "annotations": {"list": []}, "templating": {"list": variables},
            "panels": lay_out(rows)}
