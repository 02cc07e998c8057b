"""Every query of every dashboard runs on a Prometheus that scrapes the demo, and finds data."""

import datetime
import http.server
import itertools
import json
import re
import threading

from dashboard_viewer import STEP, Viewer, panels_of, read_dashboards
from harness import CHINA, REPOSITORY, EndToEndTest, all_days_are_known, main, wait_until
from prometheus_test import Prometheus

SCRAPED_BY_PROMETHEUS = {"up", "scrape_duration_seconds", "scrape_samples_scraped"}
GIVEN_BY_PROMETHEUS = {"job", "instance", "pod", "prometheus", "prometheus_replica", "replica", "cluster"}
MADE_BY_QUERIES = {"shard", "label", "shown"}  # labels; the second a variable
# Queries that rightly find nothing in the demo: panel to the reason.
EMPTY_IN_THE_DEMO = {
    "Firing alerts": "no rules are loaded", "正在触发的告警": "no rules are loaded",
    "Cost per day, by service": "nothing is remembered", "每日费用（按产品）": "nothing is remembered",
}
# Whether something has failed twice by now is a matter of time.
EMPTY_AT_TIMES = {"Failed requests in 24 hours", "24 小时内失败的请求"}
# What compares or divides the month so far: on its first days no row of it is delivered, or no day is complete.
EMPTY_AS_A_MONTH_BEGINS = {
    ("Accounts", "E"), ("账号", "E"), ("Change to last month", "A"), ("Regions", "A"), ("Tag $tag_key", "A"),
    ("标签 $tag_key", "A"), ("Top services this month", "A")}
# Metrics that are there only while there is something to tell, and their labels.
ABSENT_IN_THE_DEMO = {
    "cloud_billing_bill_counted_twice": {"other_account"},
    "cloud_billing_closed_month_billed_cost": {"month"}}
OF_ALERTS = {"alertname", "alertstate", "severity"}

METRIC = re.compile(r"\b(?:cloud_billing|process|scrape)_\w+|\bup(?=\{)")
GROUPING = re.compile(r"\b(?:by|without|on|group_left) \(([^)]*)\)")
MATCHER = re.compile(r"\b(\w+)(?:=~|!~|!=|=)\"")


class Neighbour(http.server.BaseHTTPRequestHandler):
    """Another program with metrics of its process."""

    def do_GET(self):
        self.send_response(200)
        self.end_headers()
        self.wfile.write("".join(f"process_{name} 1\n" for name in (
            "cpu_seconds_total", "max_fds", "open_fds", "resident_memory_bytes",
            "start_time_seconds")).encode())

    def log_message(self, *_):
        pass


class DashboardsTest(EndToEndTest):
    @classmethod
    def setUpClass(cls):
        cls.dashboards = read_dashboards()

    def start_neighbour(self):
        """What the same Prometheus scrapes too; its port."""
        server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Neighbour)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        self.addCleanup(server.server_close)
        self.addCleanup(server.shutdown)
        return server.server_address[1]

    def start_demo(self, names={}):
        """The demo's own accounts, under other names where they are given, and keys, on free ports."""
        cloud = self.start_simulator("--demo")
        config = (REPOSITORY / "config/demo.yml").read_text("utf-8")
        config = config.replace("http://127.0.0.1:18080", cloud.url)
        for name, other in names.items():
            config = config.replace(f"name: {name}\n", f"name: {json.dumps(other)}\n")
        # Polls follow one another faster, so that the test need not watch for minutes.
        config = config.replace("balance: {interval: 30s", "balance: {interval: 2s")
        exporter = self.start_exporter(config).wait_ready()
        exporter.wait_for(all_days_are_known, "earlier days")
        own, other = f"127.0.0.1:{exporter.port}", f"127.0.0.1:{self.start_neighbour()}"
        prometheus = self._own(Prometheus(self.directory, exporter.port, static_configs=[
            {"targets": [own, other]}, {"targets": [other], "labels": {"job": "node"}}]))
        # Rates need two scrapes between which polls ended.
        seen = ("min(sum by (account) (increase(cloud_billing_collector_polls_total[1h]))) > 1 "
                f"and on () count_over_time(cloud_billing_build_info[1h]) > {4 * STEP}")
        wait_until(lambda: prometheus.query(seen), "Prometheus has seen every account polled")
        return exporter, Viewer(prometheus)

    def choices(self, viewer, model):
        """The values that each variable offers, with All chosen in those before it."""
        offered, given = {}, {}
        for variable in model["templating"]["list"]:
            name = variable["name"]
            if variable["type"] == "datasource":
                continue
            offered[name] = viewer.find_values(variable, given)
            self.assertTrue(offered[name], f"variable {name} offers nothing")
            given[name] = (variable["allValue"] or offered[name]) if variable["includeAll"] else offered[name][:1]
            if name == "account" and not variable["multi"]:
                given[name] = ["prod"]  # not every account of the demo can be read
        return offered

    def ways_to_choose(self, model, offered):
        """All where that can be chosen, several values, and each value where only one can be."""
        ways = []
        for several in (False, True):
            values = {"__rate_interval": ["15s"]}
            for variable in model["templating"]["list"]:
                name = variable["name"]
                if variable["type"] == "datasource":
                    continue
                if not variable["multi"]:
                    values[name] = [[value] for value in offered[name]]
                elif several or not variable["allValue"]:
                    values[name] = [offered[name]]
                else:
                    values[name] = [variable["allValue"]]
            ways.append(values)
        return ways

    def givens(self, values, text):
        """One way to fill the variables that a query uses, after another. A label is chosen with all of its values."""
        used = [name for name in values if re.search(rf"\$\{{?{name}\b", text)]
        for combination in itertools.product(*(values[name][:1] if name == "label" else values[name] for name in used)):
            yield {"label_value": ".*", **dict(zip(used, combination))}

    def test_every_query_finds_data(self):
        _, viewer = self.start_demo()
        day_of_month = datetime.datetime.now(CHINA).day
        young = EMPTY_AS_A_MONTH_BEGINS if day_of_month <= 2 else set()
        done = set()
        for name, model in self.dashboards.items():
            ways = self.ways_to_choose(model, self.choices(viewer, model))
            for row, panel in panels_of(model):
                for target in panel["targets"]:
                    # The languages share their queries, but for words that they put into labels.
                    if target["expr"] in done:
                        continue
                    done.add(target["expr"])
                    expected = panel["title"] not in EMPTY_IN_THE_DEMO
                    for values in ways:
                        with self.subTest(name=name, panel=panel["title"], query=target["refId"]):
                            # Not every account has a credit limit: some choice must show it.
                            found = next(filter(None, (viewer.run(target, given, panel.get("interval"))
                                                       for given in self.givens(values, target["expr"]))), [])
                            self.check_columns(panel, found)
                            if panel["title"] not in EMPTY_AT_TIMES and (panel["title"], target["refId"]) not in young:
                                self.assertEqual(bool(found), expected, target["expr"])
        self.assertGreater(len(done), 100)

    def check_columns(self, panel, found):
        """A label that no column is named for takes a column's room."""
        if panel["type"] == "table":
            named = next(one["options"]["renameByName"] for one in panel["transformations"] if one["id"] == "organize")
            self.assertLessEqual({label for series in found for label in series["metric"]}, {"column", *named})

    def test_other_programs_are_neither_shown_nor_counted(self):
        exporter, viewer = self.start_demo()
        scraped = viewer.ask("query", query="process_start_time_seconds")["result"]
        self.assertEqual(len(scraped), 3)  # of two jobs, in one of which the exporter is
        for name in ("cloud-billing-exporter.json", "cloud-billing-exporter.zh.json"):
            model = self.dashboards[name]
            everything = self.ways_to_choose(model, self.choices(viewer, model))[0]
            for _, panel in panels_of(model):
                for target in panel["targets"]:
                    found = [series for given in self.givens(everything, target["expr"])
                             for series in viewer.run(target, given)]
                    with self.subTest(name=name, panel=panel["title"], query=target["refId"]):
                        shown = {series["metric"].get("instance") for series in found} - {None}
                        self.assertLessEqual(shown, {f"127.0.0.1:{exporter.port}"})
                        if re.search(r"\bup\{", target["expr"]):
                            self.assertEqual([series["value"][1] for series in found], ["0"])  # of one exporter

    def test_an_account_is_found_by_any_name_and_alone(self):
        names = {"prod": "prod (eu)", "staging": "prod.1", "data": "prod-1", "group": "c++",
                 "volc-prod": "a\\b|c", "volc-ai": 'say "hi"'}
        exporter, viewer = self.start_demo(names)
        shown = exporter.metrics()
        model = self.dashboards["cloud-billing-account.json"]
        budget = next(panel["targets"][0] for _, panel in panels_of(model) if panel["title"] == "Budget")
        for name in names.values():
            with self.subTest(name=name):
                chosen = viewer.choose(model, account=[name])
                self.assertEqual([series["value"][1] for series in viewer.run(budget, chosen)],
                                 [shown.value("budget", account=name)])
                for variable in model["templating"]["list"]:
                    if "$account" in str(variable["query"]):
                        self.assertTrue(viewer.find_values(variable, chosen), variable["name"])

    def test_metrics_and_labels_of_queries_exist(self):
        exporter, _ = self.start_demo()
        shown = exporter.metrics()
        metrics = shown.samples.keys() | SCRAPED_BY_PROMETHEUS | ABSENT_IN_THE_DEMO.keys()
        labels = {name for family in shown.samples.values() for key in family for name, _ in key}
        labels |= GIVEN_BY_PROMETHEUS.union(OF_ALERTS, *ABSENT_IN_THE_DEMO.values())
        for name, model in self.dashboards.items():
            for _, panel in panels_of(model):
                for target in panel["targets"]:
                    with self.subTest(name=name, panel=panel["title"], query=target["refId"]):
                        text = target["expr"].replace("${measure}", "billed_cost")
                        self.assertEqual(set(METRIC.findall(text)) - metrics, set())
                        used = {label.strip() for group in GROUPING.findall(text)
                                for label in group.split(",") if label.strip()}
                        used |= set(MATCHER.findall(text))
                        used |= set(re.findall(r"\{\{(\w+)\}\}", target["legendFormat"]))
                        self.assertEqual(used - labels - MADE_BY_QUERIES, set())


if __name__ == "__main__":
    main()
