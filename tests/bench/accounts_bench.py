"""What accounts cost, by their number: CPU, memory, and scrapes of all their series.

Runs the exporter and the simulator from the environment (CLOUD_BILLING_EXPORTER, CLOUD_SIMULATOR),
as `make bench` sets them. Reports; nothing fails by being slow. Takes about five minutes; names of
points measure these only: accounts_bench.py 200x100 one-polled
"""

import argparse
import contextlib
import json
import os
import pathlib
import re
import signal
import statistics
import sys
import tempfile
import time
import typing

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "e2e"))

from harness import Exporter, Simulator, make_account, wait_until  # noqa: E402

PATIENCE = 900  # seconds until all accounts have been polled
SCRAPES = 100  # of each size
SCRAPES_MEANWHILE = 300
SCRAPE_PAUSE = 0.05  # seconds
SCRAPE_INTERVAL = 15  # seconds between Prometheus's scrapes in a quiet stretch
COLLECTORS = ("balance", "bills")  # that are on by default


class Size(typing.NamedTuple):
    accounts: int
    rows: int  # of each account in a month
    services: int  # of these rows: the more, the more series
    stretch: int  # quiet seconds


SIZES = {
    "200x100": Size(200, 100, 2, 15),
    "1000x100": Size(1_000, 100, 2, 15),
    "3000x100": Size(3_000, 100, 2, 15),
    "10000x100": Size(10_000, 100, 2, 30),
    "200x1000": Size(200, 1_000, 100, 15),
    "1000x1000": Size(1_000, 1_000, 20, 60),
}
ONE_POLLED = Size(301, 100, 20, 20)
SCRAPED = SIZES["200x1000"]
QUICK = ["200x100", "1000x100", "200x1000", "one-polled"]


class Cost(typing.NamedTuple):
    series: int
    requests: int  # until ready
    request_ms: float  # CPU of each
    ready: float  # seconds from the start of the process
    peak: float  # MiB
    resident: float  # MiB
    steady: float  # percent of a core
    scrapes: list  # milliseconds, with gzip


class Running(typing.NamedTuple):
    cloud: Simulator
    exporter: Exporter
    ready: float  # seconds from the start of the process
    cpu: float  # seconds used until then
    requests: int  # sent until then
    reconfigure: typing.Callable  # writes these accounts and has them read

    def polls(self, of=""):
        """How many have ended, of all accounts or those with this label."""
        counters = re.findall(r"^cloud_billing_collector_polls_total{(.*)} (\S+)$",
                              self.exporter.ask("/metrics").body.decode(), re.M)
        return sum(float(value) for labels, value in counters if of in labels)


def requests_of(cloud):
    return sum(key["requests"] for key in cloud.requests()["keys"].values())


def are_days_read(exporter, accounts):
    """Those before the newest one are read once the polls are good."""
    text = exporter.ask("/metrics").body.decode()
    return len(re.findall(r"^cloud_billing_trend_coverage_ratio{.*} 1$", text, re.M)) == accounts


def is_quiet(cloud, accounts):
    """Nothing is asked but what polls ask at their intervals."""
    before = requests_of(cloud)
    time.sleep(1)
    return requests_of(cloud) - before < max(10, accounts / 50)


@contextlib.contextmanager
def running(size, change_account=lambda number, account: account, **sections):
    """The exporter, once ready, and a cloud in which all accounts have the same bill."""
    with tempfile.TemporaryDirectory(prefix="cloud-billing-bench-") as name, \
            contextlib.ExitStack() as programs:
        directory = pathlib.Path(name)
        cloud = Simulator(directory, f"--accounts={size.accounts}", f"--rows={size.rows}",
                          f"--services={size.services}", "--shared-bill", "--rate=0")
        programs.callback(cloud.kill)
        accounts = [change_account(number, make_account(cloud, number))
                    for number in range(1, size.accounts + 1)]
        config = directory / "config.yml"
        config.write_text(json.dumps({"accounts": accounts, **sections}))
        started = time.monotonic()
        exporter = Exporter(directory, config)
        programs.callback(exporter.kill)
        exporter.wait_ready(PATIENCE)

        def reconfigure(change):
            config.write_text(json.dumps({"accounts": change(accounts), **sections}))
            exporter.process.send_signal(signal.SIGHUP)

        program = Running(cloud, exporter, time.monotonic() - started, cpu_seconds(exporter),
                          requests_of(cloud), reconfigure)
        yield program


def memory_mib(program, field):
    status = pathlib.Path(f"/proc/{program.process.pid}/status").read_text()
    return int(re.search(field + r":\s+(\d+) kB", status).group(1)) / 1024


def cpu_seconds(program):
    fields = pathlib.Path(f"/proc/{program.process.pid}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def percentile(values, percent):
    """The nearest rank."""
    return sorted(values)[-(-len(values) * percent // 100) - 1]


def scrape_ms(exporter):
    started = time.perf_counter()
    answer = exporter.ask("/metrics", headers={"Accept-Encoding": "gzip"})
    taken = (time.perf_counter() - started) * 1000
    if (answer.status, answer.headers["Content-Encoding"]) != (200, "gzip"):
        raise AssertionError(f"/metrics: {answer.status} {answer.headers['Content-Encoding']}")
    return taken


def scrape_often(exporter, times):
    taken = []
    for _ in range(times):
        taken.append(scrape_ms(exporter))
        time.sleep(SCRAPE_PAUSE)
    return taken


def busy_percent(exporter, seconds):
    """Of a core, while one Prometheus scrapes."""
    began, used = time.monotonic(), cpu_seconds(exporter)
    while (left := began + seconds - time.monotonic()) > 0:
        scrape_ms(exporter)
        time.sleep(min(left, SCRAPE_INTERVAL))
    return (cpu_seconds(exporter) - used) / (time.monotonic() - began) * 100


def count_series(exporter):
    text = exporter.ask("/metrics").body
    return text.count(b"\n") - text.count(b"\n#") - text.startswith(b"#")


def judge(figure, goal, good, where=" on this machine"):
    print(f"  {figure}   {goal}{where}: {'yes' if good else 'NO'}", flush=True)


def measure_size(size):
    with running(size) as program:
        exporter = program.exporter
        wait_until(lambda: is_quiet(program.cloud, size.accounts), "days are read", PATIENCE)
        scrapes = scrape_often(exporter, SCRAPES)
        steady = busy_percent(exporter, size.stretch)
        resident = memory_mib(exporter, "VmRSS")
        series = count_series(exporter)
        exporter.ask("/")  # the peak is that of everything that may be asked
        return Cost(series, program.requests, program.cpu / program.requests * 1000, program.ready,
                    memory_mib(exporter, "VmHWM"), resident, steady, scrapes)


def print_costs(names):
    print("Accounts x rows of each; CPU and seconds until each account was polled once; memory at\n"
          "most, a scrape as text and the status page included; CPU in a quiet stretch after it;\n"
          "gzip scrapes meanwhile.\n"
          f"{'':>10} {'series':>9} {'requests':>8} {'CPU/request':>11} {'ready':>7} {'peak':>8} "
          f"{'resident':>8} {'steady':>7} {'median':>8} {'99th':>8}")
    costs = {}
    for name in names:
        costs[name] = cost = measure_size(SIZES[name])
        print(f"{name:>10} {cost.series:9,} {cost.requests:8,} {cost.request_ms:8.3f} ms "
              f"{cost.ready:5.1f} s {cost.peak:4.0f} MiB {cost.resident:4.0f} MiB "
              f"{cost.steady:5.2f} % {statistics.median(cost.scrapes):5.1f} ms "
              f"{percentile(cost.scrapes, 99):5.1f} ms", flush=True)
    return costs


def judge_costs(costs):
    few, many = costs.get("200x100"), costs.get("10000x100")
    if few and many:
        ratio = many.request_ms / few.request_ms
        judge(f"CPU per request, 10,000 accounts to 200: {ratio:.2f} times", "<= 1.5", ratio <= 1.5,
             where="")
    if many:
        judge(f"10,000 accounts: ready after {many.ready:.1f} s", "<= 60 s", many.ready <= 60)
        judge(f"10,000 accounts: peak {many.peak:.0f} MiB", "<= 512 MiB", many.peak <= 512)
    if large := costs.get("1000x1000"):
        judge(f"1,000 accounts of 1,000 rows: steady {large.steady:.2f} % of a core", "< 1 %",
             large.steady < 1)


def measure_one_polled():
    """All collectors of one account each second; the others' are not due for a month."""
    rarely = {"polling": {collector: {"interval": "30d"} for collector in COLLECTORS}}
    often = {"intervals": {collector: "1s" for collector in COLLECTORS}}
    with running(ONE_POLLED, **rarely) as program:
        wait_until(lambda: is_quiet(program.cloud, ONE_POLLED.accounts), "days are read", PATIENCE)
        series = count_series(program.exporter)
        idle = busy_percent(program.exporter, ONE_POLLED.stretch)
        polls = program.polls('account="account-1"')
        program.reconfigure(lambda accounts: [{**accounts[0], **often}, *accounts[1:]])
        wait_until(lambda: program.polls('account="account-1"') >= polls + 3 * len(COLLECTORS),
                   "polls each second")
        polls = program.polls('account="account-1"')
        busy = busy_percent(program.exporter, ONE_POLLED.stretch)
        polls = program.polls('account="account-1"') - polls
    print(f"\n{ONE_POLLED.accounts} accounts, {series:,} series; all of one account is polled each "
          f"second, {polls:.0f} polls in {ONE_POLLED.stretch} s:")
    judge(f"CPU meanwhile {busy:.2f} % of a core", "< 5 %", busy < 5)
    judge(f"with nothing due {idle:.2f} %", "< 1 %", idle < 1)


def measure_scrapes():
    """Bills of each account every 10 to 19 seconds, so that polls end all the time."""
    def poll_often(number, account):
        return {**account, "intervals": {"bills": f"{10 + number % 10}s"}}

    with running(SCRAPED, change_account=poll_often) as program:
        wait_until(lambda: are_days_read(program.exporter, SCRAPED.accounts), "days", PATIENCE)
        series, polls = count_series(program.exporter), program.polls()
        began = time.monotonic()
        scrapes = scrape_often(program.exporter, SCRAPES_MEANWHILE)
        took = time.monotonic() - began
        polls = program.polls() - polls
    print(f"\n{len(scrapes)} gzip scrapes of {series:,} series in {took:.0f} s, in which "
          f"{polls:.0f} polls ended:")
    highest = percentile(scrapes, 99)
    judge(f"median {statistics.median(scrapes):.1f} ms, 99th percentile {highest:.1f} ms, longest "
         f"{max(scrapes):.1f} ms", "99th <= 30 ms", highest <= 30)


OTHERS = {"one-polled": measure_one_polled, "scrapes": measure_scrapes}


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--quick", action="store_true", help=", ".join(QUICK))
    parser.add_argument("--stretch", type=int, metavar="SECONDS",
                        help="how long a quiet stretch lasts (default: 15 to 60)")
    known = [*SIZES, *OTHERS]
    parser.add_argument("points", nargs="*", metavar="POINT",
                        help=f"{', '.join(known)} (default: all)")
    options = parser.parse_args()
    if unknown := [point for point in options.points if point not in known]:
        parser.error(f"no such point: {' '.join(unknown)}")
    points = options.points or (QUICK if options.quick else known)
    if options.stretch:
        for name, size in SIZES.items():
            SIZES[name] = size._replace(stretch=options.stretch)

    print(f"{os.cpu_count()} cores, load average {os.getloadavg()[0]:.2f}. Goals of a machine are "
          "those of two idle cores.\n")
    if sizes := [name for name in SIZES if name in points]:
        judge_costs(print_costs(sizes))
    for name, measure in OTHERS.items():
        if name in points:
            measure()
    print(f"\nLoad average at the end {os.getloadavg()[0]:.2f}, the bench's own included.")


if __name__ == "__main__":
    main()
