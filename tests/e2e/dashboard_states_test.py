"""What the dashboards say in states that the demo is not in: of a made-up past, at a fixed time."""

import os
import time

from dashboard_history import DAY, HOUR, Account, history, write_blocks
from dashboard_viewer import Viewer, panels_of, read_dashboards
from harness import EndToEndTest, Program, main
from prometheus_test import find_tool

END = 1795939200  # 2026-11-29 16:00 in UTC+8
GREY, GREEN, YELLOW, ORANGE, RED = "#8e8e8e", "green", "dark-yellow", "orange", "red"
UNKNOWN = [("", "not known", GREY)]
# By panels of the overview. What is not named here is not looked at.
COUNTS = ("Low balance", "Over budget", "Budget at risk", "In debt", "Unpaid orders",
          "Failing polls", "Double bills")
STATES = {
    "empty": {title: UNKNOWN for title in (*COUNTS, "Shortest runway", "Available balance", "Elapsed")},
    "down": {title: UNKNOWN for title in (*COUNTS, "Shortest runway", "Available balance", "Elapsed")},
    "minimal": {
        "Low balance": [("", "no low_balance configured", GREY)],
        "Over budget": [("", "no budget configured", GREY)],
        "Budget at risk": [("", "no budget configured", GREY)],
        "Unpaid orders": [("", "collector orders is off", GREY)],
        "In debt": [("", "0", GREEN)], "Failing polls": [("", "0", GREEN)],
        "Double bills": [("", "0", GREEN)], "Available balance": [("CNY", "5000.00", GREEN)]},
    "debt": {
        # 90,000 of one account pay no debt of another.
        "Available balance": [("CNY", "90000.00", GREEN), ("CNY owed", "4643.80", RED)],
        "Shortest runway": [("", "0.0", RED)], "In debt": [("", "2", RED)],
        "Low balance": [("", "1", RED)], "Failing polls": [("", "1", RED)],
        "Unpaid orders": [("", "2", ORANGE)], "Budget at risk": [("", "1", ORANGE)],
        "Over budget": [("", "1", RED)]},
    "currencies": {"Available balance": [("CNY", "5000.00", GREEN), ("USD", "7000.00", GREEN)],
                   "In debt": [("", "0", GREEN)], "Over budget": [("", "0", GREEN)]},
}
EXPORTER_STATES = {
    "empty": {"Not answering": UNKNOWN, "Failing collectors": UNKNOWN, "Oldest data": UNKNOWN,
              "Configuration": UNKNOWN, "Missing shards": UNKNOWN},
    "down": {"Not answering": [("", "1", RED)], "Failing collectors": UNKNOWN,
             "Oldest data": UNKNOWN, "Configuration": UNKNOWN, "Missing shards": UNKNOWN},
    "minimal": {"Not answering": [("", "0", GREEN)], "Failing collectors": [("", "0", GREEN)],
                "Configuration": [("", "accepted", GREEN)], "Missing shards": [("", "0", GREEN)],
                "Oldest data": [("balance", "40", GREEN), ("bills", "40", GREEN)]},
    # One account's bills fail for two hours, the other accounts' do not.
    "debt": {"Oldest data": [("balance", "40", GREEN), ("bills", "7240", GREEN), ("orders", "40", GREEN)],
             "Failing collectors": [("", "1", RED)]},
}


def target(job, **more):
    return {"job": job, "instance": "10.0.0.7:10877", **more}


def account(**more):
    return Account("only", services={("BCC", "bj"): 100.0, ("__other__", "__other__"): 900.0}, **more)


def all_states():
    yield from history([account(budget=60000)], END, 30, target("down"), down=1)
    yield from history([account()], END, 2, target("minimal"))
    owing = [account(left=-4523.8, budget=100, low_balance=100, failing="throttled"),
             Account("none", left=0), Account("rich", left=90000, unpaid={"BCC": 5.0, "RDS": 6.0}),
             Account("arrears", "volcengine", left=-120, arrears=120)]
    yield from history(owing, END, 3, target("debt"))
    yield from history([account(budget=60000), Account("abroad", "volcengine", "USD", arrears=0, left=7000)],
                       END, 3, target("currencies"))
    full = {"budget": 60000, "low_balance": 10, "unpaid": {"BCC": 5.0}, "arrears": 0, "history": True, "amortized": True,
            "tags": ("prod", "")}
    yield from history([account(**full)], END, 11 * 24, target("one"))
    yield from history([account(**full)], END, 11 * 24, target("twin-a", prometheus_replica="a", node="n"),
                       target("twin-a", prometheus_replica="b", node="n"), target("twin-b", zone="z"))
    names = [Account(name, left=number + 1) for number, name in enumerate(NAMES)]
    yield from history(names, END, 2, target("names"))


NAMES = ('say "hi"', "o'brien", "a\\b|c", "c++", "上海")
JOBS = {"twins": ["twin-a", "twin-b"]}


class Past(Program):
    """A Prometheus that scrapes nothing."""

    def __init__(self, directory, data):
        config = directory / "prometheus.yml"
        config.write_text("{}")
        super().__init__(directory, "prometheus", [
            find_tool("prometheus"), f"--config.file={config}", f"--storage.tsdb.path={data}",
            "--storage.tsdb.retention.time=10y", "--web.listen-address=127.0.0.1:0"])
        self.port = int(self.find_in(self.err_path, r'Listening on"? address="?127\.0\.0\.1:(\d+)'))
        self.find_in(self.err_path, r"(Server is ready)")


class DashboardStatesTest(EndToEndTest):
    def remember(self, samples):
        past = self._own(Past(self.directory, write_blocks(samples, self.directory)))
        return Viewer(past, at=END, window=10 * DAY, step=6 * HOUR)

    def run_all(self, viewer, job):
        """(dashboard, panel, query) to its series; the languages share them."""
        found = {}
        for name, model in read_dashboards().items():
            if name.endswith(".zh.json"):
                continue
            given = viewer.choose(model, job=JOBS.get(job, [job]))
            for _, panel in panels_of(model):
                for query in panel["targets"]:
                    series = viewer.run(query, given, panel.get("interval"))
                    found[name, panel["title"], query["refId"]] = sorted(
                        (str(sorted(one["metric"].items())), str(one.get("values") or one["value"]))
                        for one in series)
        return found

    def check_stats(self, viewer, job, dashboard, expected):
        model = read_dashboards()[dashboard]
        given = viewer.choose(model, job=[job])
        panels = {panel["title"]: panel for _, panel in panels_of(model)}
        for title, shown in expected.items():
            with self.subTest(job=job, panel=title):
                self.assertEqual(sorted(viewer.read_stat(panels[title], given)), sorted(shown))

    def test_stats_say_what_is_known(self):
        viewer = self.remember(all_states())
        for dashboard, states in (("cloud-billing-overview.json", STATES),
                                  ("cloud-billing-exporter.json", EXPORTER_STATES)):
            for job, expected in states.items():
                self.check_stats(viewer, job, dashboard, expected)
        with self.subTest("every query can be asked in every state"):
            for job in (*STATES, "names"):
                self.run_all(viewer, job)
        with self.subTest("replicas and a second job change nothing"):
            one, twins = self.run_all(viewer, "one"), self.run_all(viewer, "twins")
            for key, series in one.items():
                with self.subTest(query=key):
                    self.assertEqual(twins[key], series)
            self.assertGreater(sum(bool(series) for series in one.values()), 90)
        self.check_days(viewer)
        self.check_names(viewer)

    def check_days(self, viewer):
        """A bar stands at the beginning of the day that it is about, and its first week is drawn too."""
        bars = self.read_days(viewer, "one")
        days = [END // DAY * DAY - 8 * HOUR - back * DAY for back in range(1, 11)]
        for service in ("BCC", "__other__"):
            with self.subTest(service=service):
                self.assertLessEqual(set(days[:9]), set(bars[service]))
        newest = viewer.ask("query", query='cloud_billing_day_billed_cost{job="one",service_type="BCC"}', time=END)
        self.assertEqual(float(bars["BCC"][days[0]]), float(newest["result"][0]["value"][1]))
        with self.subTest("two hours after the first scrape two days are there"):
            self.assertEqual(set(self.read_days(viewer, "minimal")["BCC"]), {days[0], days[7]})

    def read_days(self, viewer, job):
        """By service, the bars of the days."""
        model = read_dashboards()["cloud-billing-overview.json"]
        given = viewer.choose(model, job=[job])
        panel = next(panel for _, panel in panels_of(model) if panel["title"] == "Cost per day, by service")
        return {one["metric"]["shown"]: dict(one["values"])
                for query in panel["targets"] for one in viewer.run(query, given, "1d")}

    def check_names(self, viewer):
        model = read_dashboards()["cloud-billing-account.json"]
        panel = next(panel for _, panel in panels_of(model) if panel["title"] == "Available balance")
        for number, name in enumerate(NAMES):
            with self.subTest(name=name):
                given = viewer.choose(model, job=["names"], account=[name])
                self.assertEqual(viewer.read_stat(panel, given), [("CNY", f"{number + 1}.00", GREEN)])

    def test_an_empty_prometheus_is_no_error_and_no_all_clear(self):
        (self.directory / "data").mkdir()
        viewer = Viewer(self._own(Past(self.directory, self.directory / "data")), at=END, window=DAY, step=HOUR)
        for name, model in read_dashboards().items():
            given = viewer.choose(model)
            for _, panel in panels_of(model):
                for query in panel["targets"]:
                    with self.subTest(name=name, panel=panel["title"]):
                        self.assertEqual(viewer.run(query, given, panel.get("interval")), [])

    def test_two_hundred_accounts_take_moments(self):
        if not os.environ.get("CLOUD_BILLING_LONG"):
            self.skipTest("long")
        services = {(f"S{number:02}", "bj"): 10.0 * number for number in range(1, 26)}
        crowd = [Account(f"team-{number:03}", services=services, budget=1e5, low_balance=10, labels={"team": "t"})
                 for number in range(200)]
        viewer = self.remember(history(crowd, END, 3, target("crowd")))
        spent = {}
        for name, model in read_dashboards().items():
            given = viewer.choose(model, job=["crowd"])
            for _, panel in panels_of(model):
                for query in panel["targets"]:
                    begin = time.monotonic()
                    viewer.run(query, given, panel.get("interval"))
                    spent[name, panel["title"], query["refId"]] = time.monotonic() - begin
        for key, seconds in sorted(spent.items(), key=lambda one: -one[1])[:8]:
            print(f"{seconds:6.2f} s", *key)


if __name__ == "__main__":
    main()
