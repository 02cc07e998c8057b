"""How long polls take beside the least that the cloud's limits allow, as ratios within one run.

Runs the exporter and the simulator from the environment (CLOUD_BILLING_EXPORTER, CLOUD_SIMULATOR,
HANGING_RESOLVER), as `make bench` sets them. Reports; nothing fails by being slow.
"""

import pathlib
import re
import statistics
import sys
import threading
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "e2e"))

from harness import EndToEndTest, main, make_account, make_config, wait_until  # noqa: E402
from hanging_endpoints import SilentServer, unresolvable_account, with_hanging_resolver  # noqa: E402

RATE = 20  # requests per second of each account: the highest that Baidu documents
ROUNDS = 3


def report(figure, value, goal):
    print(f"  {figure}: {value} (goal: {goal})", flush=True)


def highest_resident_mib(program):
    status = pathlib.Path(f"/proc/{program.process.pid}/status").read_text()
    return int(re.search(r"VmHWM:\s+(\d+) kB", status).group(1)) / 1024


class Scrapes(threading.Thread):
    """Scrapes again and again, as several Prometheus servers would; milliseconds in `taken`."""

    def __init__(self, exporter):
        super().__init__(daemon=True)
        self.exporter, self.taken, self.ended = exporter, [], threading.Event()

    def run(self):
        while not self.ended.wait(0.05):
            started = time.perf_counter()
            self.exporter.ask("/metrics")
            self.taken.append((time.perf_counter() - started) * 1000)

    def __enter__(self):
        self.start()
        return self

    def __exit__(self, *_):
        self.ended.set()
        self.join()


class Polling(EndToEndTest):
    def time_first_polls(self, config, environment=None, names=None, meanwhile=None):
        """Seconds from the start until these accounts, or all, have been polled; the exporter."""
        started = time.monotonic()
        exporter = self.start_exporter(config, environment=environment)
        if meanwhile is not None:
            meanwhile(exporter)
        if names is None:
            wait_until(exporter.is_ready, "the first polls")
        else:
            exporter.wait_for(lambda shown: all(
                len(shown.select("collector_up", account=name)) == 2 for name in names),
                "the first polls")
        return time.monotonic() - started, exporter

    def longest_poll(self, shown):
        """Seconds; first polls begin within 0.3 s of the start."""
        return max(float(value) for value in shown.select("collector_duration_seconds").values())

    def requests_of_each(self, cloud):
        return max(key["requests"] for key in cloud.requests()["keys"].values())

    def test_1_two_hundred_accounts_of_fifty_pages(self):
        latency = 0.2
        # Two months of four and thirteen pages, a day of as many resources, sums and balance.
        cloud = self.start_simulator("--accounts=200", "--rows=1600", "--latency=200",
                                     "--shared-bill", f"--rate={RATE}")
        accounts = [make_account(cloud, number, requests_per_second=RATE)
                    for number in range(1, 201)]
        scrapes = []
        took_to_show, exporter = self.time_first_polls(
            make_config(accounts),
            meanwhile=lambda exporter: scrapes.append(Scrapes(exporter)) or scrapes[0].start())
        scrapes[0].ended.set()
        scrapes[0].join()
        with Scrapes(exporter) as idle:
            wait_until(lambda: len(idle.taken) >= 60, "scrapes")
        shown = exporter.metrics()
        self.assertEqual(len(shown.select("collector_up", collector="bills")), 200)
        self.assertEqual(set(shown.select("collector_up").values()), {"1"})
        requests = self.requests_of_each(cloud)
        floor = (requests - 1) / RATE + latency
        took = self.longest_poll(shown)
        print(f"\n200 accounts, {requests} requests each, {len(shown.text.splitlines())} lines:")
        report("first polls", f"{took:.2f} s, {took / floor:.2f} times the floor of {floor:.2f} s",
               "1.3 times")
        print(f"  shown {took_to_show:.2f} s after the start of the process")
        report("highest resident memory", f"{highest_resident_mib(exporter):.0f} MiB", "256 MiB")
        busy, calm = statistics.median(scrapes[0].taken), statistics.median(idle.taken)
        report("scrape meanwhile", f"median {busy:.1f} ms, {busy / calm:.2f} times the idle "
               f"{calm:.1f} ms; longest of {len(scrapes[0].taken)}: "
               f"{max(scrapes[0].taken):.1f} ms", "2 times, none above 100 ms")

    def test_2_one_account_of_six_thousand_rows(self):
        latency = 0.4
        cloud = self.start_simulator("--rows=3000", "--latency=400", f"--rate={RATE}")
        account = make_account(cloud, requests_per_second=RATE)
        _, exporter = self.time_first_polls(make_config([account]))
        took = self.longest_poll(exporter.metrics())
        requests = self.requests_of_each(cloud)
        floor = (requests - 1) / RATE + latency
        print(f"\none account of 6,000 rows in two months, {requests} requests:")
        report("first poll", f"{took:.2f} s, {took / floor:.2f} times the floor of {floor:.2f} s",
               "1.2 times")

    def test_3_a_name_server_and_an_endpoint_that_never_answer(self):
        cloud = self.start_simulator("--accounts=10", "--rows=900", "--latency=100")
        silent = SilentServer()
        self.addCleanup(silent.close)
        good = [make_account(cloud, number, requests_per_second=RATE) for number in range(1, 11)]
        names = [account["name"] for account in good]
        hanging = [make_account(silent, number, name=f"silent-{number}") for number in range(1, 11)]
        hanging += [unresolvable_account(number) for number in range(1, 11)]
        alone, beside, endings = [], [], []
        for _ in range(ROUNDS):
            took, exporter = self.time_first_polls(make_config(good), names=names)
            alone.append(took)
            exporter.stop()
            took, exporter = self.time_first_polls(make_config(good + hanging), names=names,
                                                   environment=with_hanging_resolver())
            beside.append(took)
            started = time.monotonic()
            exporter.stop()
            endings.append(time.monotonic() - started)
        ratio = statistics.median(beside) / statistics.median(alone)
        print("\n10 accounts beside 10 whose endpoint accepts and never answers and 10 whose name "
              "server never answers:")
        report("first polls of the 10", f"{statistics.median(beside):.2f} s, {ratio:.2f} times "
               f"{statistics.median(alone):.2f} s without the others", "1.1 times")
        report("SIGTERM to the end", f"at most {max(endings):.2f} s", "5 s")


if __name__ == "__main__":
    main()
