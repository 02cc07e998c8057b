"""Panels of Grafana.

A panel is made without id and place; layout.py gives both.
"""

from source.text import Text

DATASOURCE = {"type": "prometheus", "uid": "${datasource}"}
# Full digits: neither language's readers count in K, and a forecast of 742,412 is none of 742K.
MONEY_UNIT = "locale"
DAYS_UNIT = Text("suffix: d", "suffix: 天")
AGE_UNIT = "dtdhms"  # days and hh:mm:ss
DATE_UNIT, MINUTE_UNIT = "time:YYYY-MM-DD", "time:MM-DD HH:mm"
# Grafana's own yellow is too pale for text on white.
GREEN, YELLOW, ORANGE, RED, BLUE, PURPLE, GREY = "green", "dark-yellow", "orange", "red", "blue", "purple", "#8e8e8e"
NOT_KNOWN = Text("not known", "不详")
LEAST_COLUMN = 76  # pixels; Grafana's own 150 leave no room for twelve of them


# Labels by which a table's rows are chosen; the sign takes room from the other heads.
FILTERED = {"account", "service_type", "operation", "alertname", "collector"}


def fixed(color):
    return {"mode": "fixed", "fixedColor": color}


def steps(*levels, base=GREEN):
    """Colours from a value on, as (value, colour)."""
    return {"mode": "absolute", "steps": [{"color": base, "value": None}] +
            [{"color": color, "value": value} for value, color in levels]}


def values(*words):
    """Words for values, as (value, text, colour)."""
    return [{"type": "value", "options": {str(value): {"text": text, "color": color, "index": index}
                                          for index, (value, text, color) in enumerate(words)}}]


def unknown(words):
    """Grafana paints what is absent in the lowest threshold's colour: often the green of an all-clear."""
    return {"type": "special", "options": {"match": "null+nan",
                                           "result": {"text": words, "color": GREY, "index": 9}}}


def named(name, **properties):
    """What a series of this legend, given as a regular expression, looks like."""
    return {"matcher": {"id": "byRegexp", "options": name},
            "properties": [{"id": key.replace("__", "."), "value": value} for key, value in properties.items()]}


def query(expr, legend="", *, instant=False, table=False):
    return {"expr": expr, "legendFormat": legend, "instant": instant or table,
            "range": not (instant or table), "format": "table" if table else "time_series",
            "datasource": DATASOURCE, "editorMode": "code"}


def panel(kind, title, description, width, height, queries, options, *, unit=MONEY_UNIT, decimals=None,
          thresholds=None, mappings=(), overrides=(), custom=None, color=None, transformations=(),
          lowest=None, highest=None, links=(), absent=NOT_KNOWN, interval=None):
    """Absent: what stands there while the queries find nothing."""
    defaults = {"unit": unit, "mappings": list(mappings), "thresholds": thresholds or steps(),
                "color": color or {"mode": "palette-classic"}, "links": list(links),
                "noValue": absent}
    for name, value in (("decimals", decimals), ("min", lowest), ("max", highest),
                        ("custom", custom)):
        if value is not None:
            defaults[name] = value
    targets = [{"refId": chr(ord("A") + number), **target} for number, target in enumerate(queries)]
    made = {"type": kind, "title": title, "description": description, "size": (width, height),
            "datasource": DATASOURCE, "targets": targets, "options": options,
            "fieldConfig": {"defaults": defaults, "overrides": list(overrides)},
            "transformations": list(transformations)}
    return {**made, "interval": interval} if interval else made


def single(kind, *arguments, mappings=(), absent=NOT_KNOWN, unit=MONEY_UNIT, decimals=None, **more):
    """A panel of latest values."""
    if unit == MONEY_UNIT and decimals is None:
        decimals = 2
    return panel(kind, *arguments, mappings=[*mappings, unknown(absent)], absent=absent, unit=unit,
                 decimals=decimals, **more)


def latest():
    return {"calcs": ["lastNotNull"], "fields": "", "values": False}


def stat(title, description, width, queries, *, height=4, **more):
    several = len(queries) > 1 or "{{" in str(queries[0]["legendFormat"])
    options = {"reduceOptions": latest(), "colorMode": "value", "graphMode": "none",
               "justifyMode": "auto", "orientation": "auto", "wideLayout": False,
               "textMode": "value_and_name" if several else "value"}
    more.setdefault("color", {"mode": "thresholds"})
    return single("stat", title, description, width, height,
                  [{**target, "instant": True, "range": False} for target in queries],
                  options, **more)


def count(title, description, width, expr, color=RED, *, not_configured=None, **more):
    """How many there are: red from 1, or as given; in grey why there is nothing to count."""
    words = values((-1, not_configured, GREY)) if not_configured else []
    return stat(title, description, width, [query(expr)], unit="none", decimals=0,
                thresholds=steps((1, color)), mappings=words, **more)


def gauge(title, description, width, height, queries, **more):
    options = {"reduceOptions": latest(), "orientation": "auto", "showThresholdLabels": False,
               "showThresholdMarkers": True}
    return single("gauge", title, description, width, height, queries, options,
                  color={"mode": "thresholds"}, **more)


def bars(title, description, width, height, queries, **more):
    options = {"reduceOptions": latest(), "orientation": "horizontal", "displayMode": "basic",
               "showUnfilled": True, "valueMode": "color", "minVizWidth": 8, "minVizHeight": 16,
               # A single one would fill the panel.
               "sizing": "manual", "maxVizHeight": 64}
    more.setdefault("color", {"mode": "continuous-BlPu"})
    # Grafana otherwise takes the smallest value for the beginning of all bars.
    return single("bargauge", title, description, width, height, queries, options, lowest=0, **more)


def pie(title, description, width, height, queries, **more):
    options = {"reduceOptions": latest(), "pieType": "donut", "displayLabels": [],
               "legend": {"displayMode": "table", "placement": "right", "showLegend": True,
                          "values": ["value", "percent"]},
               "tooltip": {"mode": "single", "sort": "none"}}
    return panel("piechart", title, description, width, height, queries, options, decimals=0, **more)


def legend_of(width):
    """Beside a wide chart, where it hides no series of it; below a narrow one."""
    return {"displayMode": "table", "placement": "right" if width >= 12 else "bottom", "showLegend": True,
            "calcs": ["lastNotNull"], "sortBy": "Last *", "sortDesc": True}


def curves(title, description, width, height, queries, *, stacked=False, steps_only=False, custom=None, **more):
    """Steps only: where a value holds until the next is known. The axis begins at 0, or below if values do."""
    custom = {"drawStyle": "line", "lineWidth": 1, "fillOpacity": 25 if stacked else 0,
              "lineInterpolation": "stepAfter" if steps_only else "linear", "showPoints": "auto",
              "spanNulls": False, "stacking": {"group": "A", "mode": "normal" if stacked else "none"},
              "axisSoftMin": 0, **(custom or {})}
    options = {"legend": legend_of(width), "tooltip": {"mode": "multi", "sort": "desc"}}
    return panel("timeseries", title, description, width, height, queries, options, custom=custom, **more)


def daily_bars(title, description, width, height, queries, **more):
    """One bar for each day, from its beginning on; queries answer for the day that begins when they are asked. Grafana
    takes the space between two bars for their width: without a limit, of two a week apart each is days wide."""
    return curves(title, description, width, height, queries, stacked=True, interval="1d", custom={
        "drawStyle": "bars", "barAlignment": 1, "barWidthFactor": 0.8, "barMaxWidth": 32, "lineWidth": 0, "fillOpacity": 80,
        "showPoints": "never"}, **more)


def monthly_bars(title, description, width, height, expr, label, **more):
    """One bar for each value of `month`, stacked by a label; the query keeps these two."""
    options = {"orientation": "auto", "xTickLabelRotation": -45, "xTickLabelSpacing": 0, "showValue": "never",
               "stacking": "normal", "groupWidth": 0.7, "barWidth": 0.9, "barRadius": 0, "fullHighlight": False,
               "legend": {**legend_of(width), "displayMode": "list", "placement": "bottom", "calcs": []},
               "tooltip": {"mode": "multi", "sort": "desc"}}
    matrix = {"columnField": label, "rowField": "month", "valueField": "Value", "emptyValue": "null"}
    month = f"month\\{label}"
    return panel("barchart", title, description, width, height, [query(expr, table=True)], options,
                 custom={"lineWidth": 0, "fillOpacity": 80, "gradientMode": "none", "axisSoftMin": 0},
                 transformations=[{"id": "groupingToMatrix", "options": matrix},
                                  {"id": "sortBy", "options": {"fields": {}, "sort": [{"field": month}]}}],
                 **more)


def column(name, *, unit=None, decimals=None, thresholds=None, mappings=None, links=None,
           width=None, hidden=None, filterable=None):
    """How a column of a table looks."""
    properties = []
    for key, value in (("unit", unit), ("decimals", decimals), ("thresholds", thresholds),
                       ("mappings", mappings), ("links", links), ("custom.width", width),
                       ("custom.hidden", hidden), ("custom.filterable", filterable)):
        if value is not None:
            properties.append({"id": key, "value": value})
    if thresholds is not None or mappings is not None:
        properties.append({"id": "custom.cellOptions", "value": {"type": "color-text"}})
        properties.append({"id": "color", "value": {"mode": "thresholds"}})
    return {"matcher": {"id": "byName", "options": name}, "properties": properties}


def table(title, description, width, height, labels, columns, *, sort=None, descending=True, **more):
    """One row for each set of labels. Labels are (label, name[, look]); columns are (query, name[, look]), an
    amount without a look; the queries keep exactly those labels.

    Each query gives its values their name: Grafana calls them "Value" where only one finds something.
    """
    names = {label: name for label, name, *_ in labels}
    # The words for an empty table are none for an empty cell.
    overrides = [named("/.*/", noValue="")]
    overrides += [column(name, filterable=label in FILTERED or None, **(look[0] if look else {}))
                  for label, name, *look in labels]
    queries = []
    for expr, name, *look in columns:
        queries.append(query('label_replace(' + expr + ', "column", "' + name + '", "", "")', instant=True))
        overrides.append(column(name, **(look[0] if look else {"unit": MONEY_UNIT, "decimals": 2})))
    order = [*names.values(), *(name for _, name, *_ in columns)]
    transformations = [
        {"id": "labelsToFields", "options": {"mode": "columns", "valueLabel": "column"}},
        {"id": "merge", "options": {}},
        {"id": "organize", "options": {"excludeByName": {"Time": True}, "indexByName": {}, "renameByName": names}},
        {"id": "organize", "options": {"excludeByName": {}, "renameByName": {},
                                       "indexByName": {name: index for index, name in enumerate(order)}}}]
    options = {"showHeader": True, "cellHeight": "sm",
               "footer": {"show": False, "reducer": ["sum"], "countRows": False, "fields": ""},
               "sortBy": [{"displayName": sort, "desc": descending}] if sort else []}
    return panel("table", title, description, width, height, queries, options, overrides=overrides,
                 transformations=transformations, custom={
                     "align": "auto", "cellOptions": {"type": "auto"}, "filterable": False,
                     "inspect": False, "minWidth": LEAST_COLUMN}, **more)


def text(title, content, height, width=24):
    return {"type": "text", "title": title, "description": "", "size": (width, height),
            "options": {"mode": "markdown", "content": content, "code": {
                "language": "plaintext", "showLineNumbers": False, "showMiniMap": False}}}
