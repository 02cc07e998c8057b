"""Rows of panels, their places, and the dashboard around them."""

from source.text import Text


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
