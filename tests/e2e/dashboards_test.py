"""Every query of every dashboard runs on a Prometheus that scrapes the demo, and finds data."""

import http.server
import itertools
import json
import re
import threading
import time
import urllib.parse

from harness import REPOSITORY, Exposition, EndToEndTest, ask, main, wait_until
from prometheus_test import Prometheus

WINDOW = 300  # seconds that a reader looks at
STEP = 2
SCRAPED_BY_PROMETHEUS = {"up", "scrape_duration_seconds", "scrape_samples_scraped"}
GIVEN_BY_PROMETHEUS = {"job", "instance", "pod", "container", "endpoint", "service"}
MADE_BY_QUERIES = {"shard"}  # labels
# Queries that rightly find nothing in the demo: (dashboard, panel) to the reason.
EMPTY_IN_THE_DEMO = {}
# Metrics that are there only while there is something to tell, and their labels.
ABSENT_IN_THE_DEMO = {}

METRIC = re.compile(r"\b(?:cloud_billing|process|scrape)_\w+|\bup(?=\{)")
GROUPING = re.compile(r"\b(?:by|without|on|group_left) \(([^)]*)\)")
MATCHER = re.compile(r"\b(\w+)(?:=~|!~|!=|=)\"")


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


def join_values(values, several):
    """As Grafana writes a variable into PromQL: escaped, several of them as alternatives."""
    if not several:
        return values[0].replace("\\", r"\\").replace("'", r"\\'")
    escaped = [re.sub(r"[$^*{}\[\]+?.()|]", r"\\\\\g<0>", value.replace("\\", r"\\\\"))
               for value in values]
    return escaped[0] if len(escaped) == 1 else f"({'|'.join(escaped)})"


def choose_all(variable, offered):
    """As Grafana writes All, where there is one: what stands for it, or else every value; else the first."""
    if not variable["includeAll"]:
        return join_values(offered, False)
    return variable["allValue"] or join_values(offered, True)


def substitute(text, given):
    return re.sub(r"\$\{(\w+)\}|\$(\w+)", lambda found: given[found[1] or found[2]], text)


class Viewer:
    """Asks Prometheus what Grafana would."""

    def __init__(self, prometheus):
        self.port = prometheus.port

    def ask(self, path, **parameters):
        answer = ask(self.port, f"/api/v1/{path}?" + urllib.parse.urlencode(parameters))
        result = json.loads(answer.body)
        if result["status"] != "success":
            raise AssertionError(f"{parameters}: {result}")
        return result["data"]

    def find_values(self, variable, given):
        """The values that a variable offers."""
        if variable["type"] == "custom":
            return [option["value"] for option in variable["options"]]
        query = substitute(variable["query"]["query"], given)
        labelled = re.fullmatch(r"label_values\((.+), (\w+)\)", query)
        if labelled:
            found = self.ask(f"label/{labelled[2]}/values", **{"match[]": labelled[1]})
        else:
            named = re.compile(re.fullmatch(r"metrics\((.+)\)", query)[1])
            found = [name for name in self.ask("label/__name__/values") if named.search(name)]
        if variable["regex"]:
            wanted = re.compile(variable["regex"].strip("/"))
            found = [match[1] for match in map(wanted.search, found) if match]
        return found

    def run(self, target, given):
        """The series that a query finds; those of nothing but NaN are none."""
        expression = substitute(target["expr"], given)
        now = time.time()
        if target["range"]:
            start = (now - WINDOW) // STEP * STEP
            series = self.ask("query_range", query=expression, start=start, end=now // STEP * STEP,
                              step=STEP)["result"]
        else:
            series = self.ask("query", query=expression, time=now)["result"]
        return [one for one in series
                if any(value != "NaN" for _, value in one.get("values", [one.get("value")]))]


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
        offered, given = {}, {"__rate_interval": "15s"}
        for variable in model["templating"]["list"]:
            name = variable["name"]
            if variable["type"] == "datasource":
                continue
            offered[name] = viewer.find_values(variable, given)
            self.assertTrue(offered[name], f"variable {name} offers nothing")
            given[name] = choose_all(variable, offered[name])
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
                    values[name] = [join_values([value], False) for value in offered[name]]
                elif several:
                    values[name] = [join_values(offered[name], True)]
                else:
                    values[name] = [choose_all(variable, offered[name])]
            ways.append(values)
        return ways

    def givens(self, values, text):
        """One way to fill the variables that a query uses, after another."""
        used = [name for name in values if re.search(rf"\$\{{?{name}\b", text)]
        for combination in itertools.product(*(values[name] for name in used)):
            yield dict(zip(used, combination))

    def test_every_query_finds_data(self):
        _, viewer = self.start_demo()
        done = 0
        for name, model in self.dashboards.items():
            ways = self.ways_to_choose(model, self.choices(viewer, model))
            for row, panel in panels_of(model):
                for target in panel["targets"]:
                    # The languages share their queries, but for words that they put into labels.
                    expected = (name, panel["title"]) not in EMPTY_IN_THE_DEMO
                    for values in ways:
                        with self.subTest(name=name, panel=panel["title"], query=target["refId"]):
                            # Not every account has a credit limit: some choice must show it.
                            found = any(viewer.run(target, given)
                                        for given in self.givens(values, target["expr"]))
                            self.assertEqual(found, expected, target["expr"])
                            done += 1
        self.assertGreater(done, 100)

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
                            self.assertEqual([series["value"][1] for series in found], ["1"])

    def test_an_account_is_found_by_any_name_and_alone(self):
        names = {"prod": "prod (eu)", "staging": "prod.1", "data": "prod-1", "group": "c++",
                 "volc-prod": "a\\b|c"}
        exporter, viewer = self.start_demo(names)
        shown = exporter.metrics()
        model = self.dashboards["cloud-billing-account.json"]
        budget = next(panel["targets"][0] for _, panel in panels_of(model) if panel["title"] == "Budget")
        for name in names.values():
            with self.subTest(name=name):
                chosen = {"job": ".*", "provider": ".*", "currency": ".*",
                          "account": join_values([name], False)}
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
        labels |= GIVEN_BY_PROMETHEUS.union(*ABSENT_IN_THE_DEMO.values())
        for name, model in self.dashboards.items():
            for _, panel in panels_of(model):
                for target in panel["targets"]:
                    with self.subTest(name=name, panel=panel["title"], query=target["refId"]):
                        text = target["expr"].replace("${measure}", "billed_cost")
                        self.assertLessEqual(set(METRIC.findall(text)), metrics)
                        used = {label.strip() for group in GROUPING.findall(text)
                                for label in group.split(",") if label.strip()}
                        used |= set(MATCHER.findall(text))
                        used |= set(re.findall(r"\{\{(\w+)\}\}", target["legendFormat"]))
                        self.assertLessEqual(used, labels | MADE_BY_QUERIES)


if __name__ == "__main__":
    main()
