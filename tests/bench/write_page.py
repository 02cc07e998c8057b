"""Runs the benches and writes what they measured into BENCHMARKS.md, each figure beside its limit.

    write_page.py BIN [BENCH...]

BIN is the folder of the programs built for release, a BENCH such as "accounts_bench.py 200x100". Without one all run; figures of those that do not run stay as they
are on the page. `make bench` runs all. Nothing fails by being slow.
"""

import datetime
import os
import pathlib
import platform
import re
import subprocess
import sys
import typing

BENCH = pathlib.Path(__file__).resolve().parent
REPOSITORY = BENCH.parents[1]
PAGE = REPOSITORY / "BENCHMARKS.md"
BEGIN, END = "<!-- figures: written by make bench -->\n", "<!-- end of the figures -->\n"

HEAD = "| figure | measured | limit | measured / limit | bench | when, where |\n|---|---|---|---|---|---|\n"


class Figure(typing.NamedTuple):
    what: str
    bench: str
    pattern: str  # its first group is the value; with a second one, that divided by it
    unit: str
    limit: float | None  # that is stated somewhere
    at_least: bool = False


BENCHES = ["scrape_bench", "decode_bench", "polling_bench.py", "accounts_bench.py 200x100",
           "accounts_bench.py 200x100 10000x100", "accounts_bench.py 1000x1000", "accounts_bench.py one-polled",
           "accounts_bench.py scrapes", "focus_bench.py"]
# Of a line of accounts_bench.
PEAK, RESIDENT = r"ms +[\d.]+ s +(\d+) MiB", r"ms +[\d.]+ s +\d+ MiB +(\d+) MiB"
FIGURES = [
    # What the README says, which is the limit.
    Figure("memory of 200 accounts of 100 rows, between polls", "accounts_bench.py 200x100",
           rf"200x100 .*?{RESIDENT}", "MiB", 42),
    Figure("memory of 10,000 accounts of 100 rows, between polls", "accounts_bench.py 200x100 10000x100",
           rf"10000x100 .*?{RESIDENT}", "MiB", 316),
    # And what the program is held to beside it.
    Figure("the same, at most", "accounts_bench.py 200x100 10000x100", rf"10000x100 .*?{PEAK}", "MiB", 512),
    Figure("10,000 accounts: all polled once after", "accounts_bench.py 200x100 10000x100", r"10000x100 .*? ms +([\d.]+) s", "s", 60),
    Figure("CPU of a request, of 10,000 accounts to that of 200", "accounts_bench.py 200x100 10000x100",
           r"10,000 accounts to 200: ([\d.]+) times", "times", 1.5),
    Figure("1,000 accounts of 1,000 rows: CPU between polls of bills, of a core", "accounts_bench.py 1000x1000",
           r"steady ([\d.]+) %", "%", 1),
    Figure("301 accounts, all of one polled each second: CPU, of a core", "accounts_bench.py one-polled",
           r"CPU meanwhile ([\d.]+) %", "%", 5),
    Figure("the same with nothing due", "accounts_bench.py one-polled", r"nothing due ([\d.]+) %", "%", 1),
    Figure("gzip scrape of 421,000 series while polls end, 99th percentile", "accounts_bench.py scrapes",
           r"99th percentile ([\d.]+) ms", "ms", 30),
    Figure("first polls of 200 accounts of fifty pages, to the least that the rates allow", "polling_bench.py",
           r"200 accounts.*?first polls: [\d.]+ s, ([\d.]+) times", "times", 1.3),
    Figure("their memory at most", "polling_bench.py", r"highest resident memory: (\d+) MiB", "MiB", 256),
    Figure("scrape meanwhile, longest", "polling_bench.py", r"longest of \d+: ([\d.]+) ms", "ms", 100),
    Figure("first poll of 6,000 rows, to the least that the rate allows", "polling_bench.py",
           r"6,000 rows.*?first poll: [\d.]+ s, ([\d.]+) times", "times", 1.2),
    Figure("first polls beside accounts that never answer, to those without them", "polling_bench.py",
           r"first polls of the 10: [\d.]+ s, ([\d.]+) times", "times", 1.1),
    Figure("SIGTERM to the end, with requests that hang", "polling_bench.py", r"SIGTERM to the end: at most ([\d.]+) s", "s", 5),
    Figure("scrape of 100,000 series as text: faster than prometheus-cpp's Exposer", "scrape_bench",
           r"100000 +plain +\d+ +[\d.]+ +[\d.]+ +[\d.]+ +(\d+)x", "times", 50, True),
    Figure("the same with gzip", "scrape_bench", r"100000 +gzip +\d+ +[\d.]+ +[\d.]+ +[\d.]+ +(\d+)x", "times", 500, True),
    Figure("the same as text, to a bare socket that sends the same bytes", "scrape_bench",
           r"100000 +plain +\d+ +[\d.]+ +[\d.]+ +[\d.]+ +\d+x +([\d.]+)x", "times", 1.3),
    Figure("memory of 100,000 series", "scrape_bench", r"100000 series: resident ([\d.]+) MiB", "MiB", 96),
    Figure("CPU to render and compress 100,000 series anew", "scrape_bench", r"One refresh: ([\d.]+) s", "s", 0.25),
    Figure("a page of 100 rows read and summed, to nlohmann/json's parser on the same page", "decode_bench",
           r"decode_and_aggregate +([\d.]+) us.*?parse_with_nlohmann_sax +([\d.]+) us", "times", None),
    Figure("FOCUS file of 1,000,000 rows of Baidu AI Cloud: rows per second of a core", "focus_bench.py",
           r"FOCUS of baidu.*?, (\d+) rows per second", "rows", 150_000, True),
    Figure("Baidu AI Cloud: the same for a row, to nlohmann/json's parser on a row of its bill", "focus_bench.py",
           r"FOCUS of baidu.*?; ([\d.]+) times", "times", None),
    Figure("memory of that run at most, Baidu AI Cloud", "focus_bench.py", r"FOCUS of baidu.*?memory (\d+) MiB", "MiB", 64),
    Figure("FOCUS file of 1,000,000 rows of Volcengine: rows per second of a core", "focus_bench.py", r"FOCUS of volcengine.*?, (\d+) rows per second", "rows", 150_000, True),
    Figure("Volcengine: the same for a row, to nlohmann/json's parser on a row of Baidu AI Cloud", "focus_bench.py",
           r"FOCUS of volcengine.*?; ([\d.]+) times", "times", None),
    Figure("memory of that run at most, Volcengine", "focus_bench.py", r"FOCUS of volcengine.*?memory (\d+) MiB", "MiB", 64),
]


def machine():
    """Its processor, how many there are, and how busy they are: most figures are those of an idle one."""
    found = re.search(r"model name\s*: (.*)", pathlib.Path("/proc/cpuinfo").read_text())
    return f"{os.cpu_count()} x {found[1] if found else platform.machine()}"


def run(binaries, bench):
    """What it prints, shown meanwhile."""
    name, *points = bench.split()
    command = [sys.executable, "-B", BENCH / name, *points] if name.endswith(".py") else [binaries / name]
    environment = {"CLOUD_BILLING_EXPORTER": str(binaries / "cloud_billing_exporter"),
                   "CLOUD_SIMULATOR": str(binaries / "cloud_simulator"),
                   "HANGING_RESOLVER": str(binaries.parent / "tests/e2e/libhanging_resolver.so")}
    printed = ""
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
                          env={**environment, **os.environ}) as program:
        for line in program.stdout:
            printed += line
            print(line, end="", flush=True)
    if program.returncode != 0:
        raise SystemExit(f"{' '.join(map(str, command))} ended with {program.returncode}")
    return printed


def print_number(value):
    return f"{value:,.0f}" if value >= 10_000 else f"{value:.4g}"


def row_of(figure, printed=None, where=""):
    """With what was printed, if the bench ran."""
    limit = "none stated" if figure.limit is None else f"{'>=' if figure.at_least else '<='} {print_number(figure.limit)} {figure.unit}"
    if printed is None:
        return f"| {figure.what} | not measured yet | {limit} | - | `{figure.bench}` | - |\n"
    found = re.search(figure.pattern, printed, re.S)
    if found is None:
        raise SystemExit(f"{figure.bench} prints no longer: {figure.what}")
    value = float(found[1]) / (float(found[2]) if found.re.groups > 1 else 1)
    ratio = "-" if figure.limit is None else f"{value / figure.limit:.2f}"
    return f"| {figure.what} | {print_number(value)} {figure.unit} | {limit} | {ratio} | `{figure.bench}` | {where} |\n"


def main():
    if len(sys.argv) < 2:
        raise SystemExit(__doc__)
    binaries = pathlib.Path(sys.argv[1]).resolve()
    wanted = sys.argv[2:] or BENCHES
    text = PAGE.read_text("utf-8")
    before, rest = text.split(BEGIN)
    rows, after = rest.split(END)
    if unknown := [name for name in wanted if name not in BENCHES]:
        raise SystemExit(f"no such bench: {unknown}; there are {BENCHES}")
    known = {line.split(" | ")[0].removeprefix("| "): line for line in rows.splitlines(keepends=True)}
    measured = {}
    for name in wanted:
        load = os.getloadavg()[0]
        printed = run(binaries, name)
        where = f"{datetime.date.today()}, {machine()}, load average {load:.1f} before"
        measured |= {figure.what: row_of(figure, printed, where) for figure in FIGURES if figure.bench == name}
    rows = "".join(measured.get(figure.what) or known.get(figure.what) or row_of(figure) for figure in FIGURES)
    PAGE.write_text(before + BEGIN + HEAD + rows + END + after, "utf-8")


if __name__ == "__main__":
    main()
