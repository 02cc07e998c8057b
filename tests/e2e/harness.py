"""Runs the exporter and the cloud simulator as a user would, and reads what they say.

CMake passes the programs in the environment: CLOUD_BILLING_EXPORTER, CLOUD_SIMULATOR, and
CLOUD_BILLING_SANITIZED=1 for a build with sanitizers. A test that fails prints its programs' logs.
"""

import ctypes
import datetime
import http.client
import json
import os
import pathlib
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import unittest
import urllib.parse
from decimal import Decimal

from providers import CHINA, PROVIDER

EXPORTER = os.environ["CLOUD_BILLING_EXPORTER"]
SIMULATOR = os.environ["CLOUD_SIMULATOR"]
SANITIZED = os.environ.get("CLOUD_BILLING_SANITIZED") == "1"
REPOSITORY = pathlib.Path(__file__).resolve().parents[2]

PATIENCE = 240 if SANITIZED else 90  # seconds; only a test that fails waits so long
LONGEST_RUN = 480  # seconds: --once reads two months of days too, which takes a quarter of it on an idle machine
LONGEST_TEST = 240  # seconds
MEASURES = ["billed_cost", "list_cost", "paid_amount", "unpaid_amount", "coupon_amount",
            "discount_amount"]
REASONS = ["transport", "timeout", "auth", "permission", "throttled", "server", "request",
           "decode", "inconsistent"]
PR_SET_PDEATHSIG = 1


def wait_until(condition, what, patience=PATIENCE):
    """Asks again and again, a quarter of the time at most; the first true answer is returned."""
    deadline = time.monotonic() + patience
    while True:
        began = time.monotonic()
        answer = condition()
        if answer:
            return answer
        if time.monotonic() > deadline:
            raise AssertionError(f"not within {patience} s: {what}")
        time.sleep(min(1, max(0.05, 3 * (time.monotonic() - began))))


def print_amount(exact):
    """The nearest double in the shortest digits that read back, without exponent from 1e-6 on."""
    value = float(Decimal(exact))
    if 0 < abs(value) < 1e-6:
        return repr(value)
    text = format(Decimal(repr(value)), "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def billing_months(zone=CHINA):
    """Period to month, such as {"current": "2026-11", "previous": "2026-10"}."""
    today = datetime.datetime.now(zone).date()
    last_month = today.replace(day=1) - datetime.timedelta(days=1)
    return {"current": f"{today:%Y-%m}", "previous": f"{last_month:%Y-%m}"}


def seconds_to_bill_change():
    """A bill gets its new day at 10:00 in China, its new month at 00:00; BytePlus's has 00:00 UTC."""
    now = datetime.datetime.now(CHINA)
    midnight = now.replace(hour=0, minute=0, second=0, microsecond=0)
    changes = [midnight + datetime.timedelta(hours=hours) for hours in (8, 10, 24, 32, 34)]
    return min((change - now).total_seconds() for change in changes if change > now)


class Exposition:
    """One text of metrics. Values stay as printed. A family is taken apart when it is first asked for."""

    NAME = re.compile(r"[^{ ]*")
    LABEL = re.compile(r'([a-zA-Z_][a-zA-Z0-9_]*)="((?:[^"\\]|\\.)*)"(?:,|$)')
    SAMPLE = re.compile(r"([a-zA-Z_:][a-zA-Z0-9_:]*)(?:\{(.*)\})? (\S+)$")
    ESCAPES = {"\\n": "\n", '\\"': '"', "\\\\": "\\"}

    def __init__(self, text):
        self.text = text
        self._lines = {}  # name to the lines of its samples
        self._families = {}  # those that were taken apart
        if text and not text.endswith("\n"):
            raise AssertionError("the last line is not ended")
        for line in text.splitlines():
            if line and not line.startswith("#"):
                self._lines.setdefault(self.NAME.match(line)[0], []).append(line)

    @property
    def names(self):
        """Of all families."""
        return list(self._lines)

    @property
    def samples(self):
        """All of them: name to {sorted label pairs: value}."""
        return {name: self.family(name) for name in self._lines}

    def family(self, name):
        """{sorted label pairs: value}; empty if there is none of the name."""
        if name not in self._families:
            self._families[name] = self._take_apart(self._lines.get(name, []))
        return self._families[name]

    def _take_apart(self, lines):
        family = {}
        for line in lines:
            key, value = self._read(line)
            if key in family or len(dict(key)) != len(key):
                raise AssertionError(f"twice: {line}")
            family[key] = value
        return family

    def _read(self, line):
        match = self.SAMPLE.match(line)
        if match is None:
            raise AssertionError(f"not a sample: {line}")
        _, inside, value = match.groups()
        labels = []
        at = 0
        while inside and at < len(inside):
            label = self.LABEL.match(inside, at)
            if label is None:
                raise AssertionError(f"not labels: {line}")
            value_text = label[2]
            if "\\" in value_text:
                value_text = re.sub(r"\\.", lambda e: self.ESCAPES[e[0]], value_text)
            labels.append((label[1], value_text))
            at = label.end()
        return tuple(sorted(labels)), value

    def select(self, name, **labels):
        """Samples that carry these labels, as {remaining label pairs: value}."""
        chosen = {}
        for key, value in self.family("cloud_billing_" + name).items():
            if labels.items() <= dict(key).items():
                chosen[tuple((n, v) for n, v in key if n not in labels)] = value
        return chosen

    def value(self, name, **labels):
        """The only sample that carries these labels; None where there is none."""
        values = list(self.select(name, **labels).values())
        if len(values) > 1:
            raise AssertionError(f"{name} {labels}: {len(values)} samples")
        return values[0] if values else None

    def count(self, name, **labels):
        return int(float(self.value(name, **labels) or 0))

    def data_lines(self, account):
        """The lines that tell an account's money, not how polling went."""
        label = f'account="{account}"'
        own = ("cloud_billing_collector_", "cloud_billing_api_")
        return [line for line in self.text.splitlines()
                if label in line and not line.startswith(own)]

    def amount_names(self, account):
        """The families of amounts that an account shows."""
        pattern = re.compile(r"cloud_billing_(account_)?(.*_(cost|amount|balance)(_by_tag)?|bill_.*"
                             r"|folded_groups|reconciliation_difference|credit_limit)\{")
        return sorted({line.split("{")[0] for line in self.data_lines(account)
                       if pattern.match(line)})


def _die_with_the_test():
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)


class Program:
    """A process whose output goes to files of the test's directory."""

    def __init__(self, directory, name, command, environment=None):
        number = sum(1 for _ in directory.glob(f"{name}-*.err"))
        self.out_path = directory / f"{name}-{number}.out"
        self.err_path = directory / f"{name}-{number}.err"
        self.name = name
        with open(self.out_path, "wb") as out, open(self.err_path, "wb") as err:
            self.process = subprocess.Popen(
                command, stdin=subprocess.DEVNULL, stdout=out, stderr=err,
                env={**os.environ, **(environment or {})}, preexec_fn=_die_with_the_test)

    @property
    def out(self):
        return self.out_path.read_text(errors="replace")

    @property
    def err(self):
        return self.err_path.read_text(errors="replace")

    def is_running(self):
        return self.process.poll() is None

    def told_by_kernel(self, field):
        """A number of /proc/PID/status; memory is in KiB."""
        text = pathlib.Path(f"/proc/{self.process.pid}/status").read_text()
        return int(re.search(rf"^{field}:\s+(\d+)", text, re.M)[1])

    def descriptors(self):
        return len(os.listdir(f"/proc/{self.process.pid}/fd"))

    def wait(self, timeout=PATIENCE):
        """The exit status, once it has ended by itself."""
        status = self.process.wait(timeout)
        for report in ("Sanitizer", "runtime error:"):
            if report in self.err:
                raise AssertionError(f"{self.name}: {report}")
        return status

    def stop(self, how=signal.SIGTERM, timeout=30):
        if self.is_running():
            self.process.send_signal(how)
        return self.wait(timeout)

    def kill(self):
        if self.is_running():
            self.process.kill()
            self.process.wait()

    def find_in(self, path, pattern):
        """What the pattern's group matched in a log, once it does."""

        def look():
            found = re.search(pattern, path.read_text(errors="replace"))
            if found is None and not self.is_running():
                raise AssertionError(f"{self.name} ended with {self.process.returncode}")
            return found

        return wait_until(look, f"{self.name} says {pattern}").group(1)


class HttpAnswer:
    def __init__(self, response, body):
        self.status, self.headers, self.body = response.status, response.headers, body


def ask(port, path, method="GET", headers=None, body=None, timeout=PATIENCE):
    """The path goes out as it is."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=timeout)
    try:
        connection.request(method, path, body, headers or {})
        response = connection.getresponse()
        return HttpAnswer(response, response.read())
    finally:
        connection.close()


class Simulator(Program):
    """A running cloud. Without further flags it admits any rate."""

    def __init__(self, directory, *flags, port=0, environment=None):
        for rate in ("--rate=", "--volcengine-rate="):
            if not any(flag.startswith(rate) for flag in flags):
                flags = (rate + "0", *flags)
        super().__init__(directory, "simulator",
                         [SIMULATOR, f"--listen=127.0.0.1:{port}", *flags], environment)
        self.port = int(self.find_in(self.out_path, r"listening on .*:(\d+)"))
        self.url = f"http://127.0.0.1:{self.port}"

    def control(self, method, target, body=None):
        answer = ask(self.port, "/_simulator/" + target, method,
                     body=None if body is None else json.dumps(body))
        if answer.status != 200:
            raise AssertionError(f"{method} {target}: {answer.body}")
        return json.loads(answer.body)

    def add_fault(self, kind, key=None, operation=None, **more):
        body = {"kind": kind, **more}
        if key is not None:
            body["access_key_id"] = key
        if operation is not None:
            body["operation"] = operation
        self.control("POST", "fault", body)

    def clear_faults(self):
        self.control("DELETE", "fault")

    def totals(self, key, month, group_by=(), sub_accounts=(), currency=None, days=None, bill=None):
        """`days` are the first and the last one; all that the bill covers if they are not given. The
        bill may be "amortized"."""
        query = {"access_key_id": key, "month": month}
        if bill is not None:
            query["bill"] = bill
        if days is not None:
            query["start_day"], query["end_day"] = map(str, days)
        if currency is not None:
            query["currency"] = currency
        if group_by:
            query["group_by"] = ",".join(group_by)
        if sub_accounts:
            query["sub_accounts"] = ",".join(sub_accounts)
        return self.control("GET", "totals?" + urllib.parse.urlencode(query))

    def day(self, key, sub_accounts=()):
        """The newest complete day: its start, and what it cost."""
        query = {"access_key_id": key, "sub_accounts": ",".join(sub_accounts)}
        return self.control("GET", "day?" + urllib.parse.urlencode(query))

    def orders(self, key, start, end, sub_accounts=()):
        """Times as in 2026-11-15T04:00:00Z, the end exclusive."""
        query = {"access_key_id": key, "start": start, "end": end,
                 "sub_accounts": ",".join(sub_accounts)}
        return self.control("GET", "orders?" + urllib.parse.urlencode(query))

    def requests(self):
        return self.control("GET", "requests")

    def forget_requests(self):
        self.control("DELETE", "requests")

    def count_requests(self, key, operation, **query):
        """Of the latest thousand, those whose query holds these parameters."""
        wanted = {(name, str(value)) for name, value in query.items()}
        return sum(1 for request in self.requests()["recent"]
                   if request["access_key_id"] == key and request["operation"] == operation
                   and wanted <= set(urllib.parse.parse_qsl(request["query"])))


class Exporter(Program):
    """A running exporter that listens."""

    def __init__(self, directory, config_path, *flags, environment=None):
        super().__init__(directory, "exporter",
                         [EXPORTER, f"--config.file={config_path}",
                          "--web.listen-address=127.0.0.1:0", *flags], environment)
        self.port = int(self.find_in(self.err_path, r"listening\W.*127\.0\.0\.1:(\d+)"))

    def ask(self, path, method="GET", **more):
        return ask(self.port, path, method, **more)

    def metrics(self):
        answer = self.ask("/metrics")
        if answer.status != 200:
            raise AssertionError(f"/metrics: {answer.status}")
        return Exposition(answer.body.decode())

    def is_ready(self):
        return self.ask("/-/ready").status == 200

    def wait_ready(self, patience=PATIENCE):
        wait_until(self.is_ready, "ready", patience)
        return self

    def wait_for_days(self, patience=PATIENCE):
        """Until the earlier days are read and shown: nothing is asked then before the next poll."""
        wait_until(lambda: "Days not known" not in self.ask("/").body.decode(), "all days",
                   patience)
        self.wait_for(lambda shown: set(shown.select("trend_coverage_ratio").values()) == {"1"}
                      and {dict(labels)["account"] for labels in shown.select(
                          "previous_month_to_date_billed_cost")}
                      == {dict(labels)["account"] for labels in shown.select(
                          "trend_coverage_ratio")}, "what follows from the days")
        return self

    def wait_for(self, condition, what):
        """The first exposition that fulfils the condition."""

        def look():
            shown = self.metrics()
            return shown if condition(shown) else None

        return wait_until(look, what)


def make_account(cloud, number=1, provider=PROVIDER, **more):
    """An account of the simulator's, asked as fast as the exporter may."""
    return {"name": f"account-{number}", "provider": provider.name,
            "access_key_id": provider.key(number), "secret_access_key": provider.secret(number),
            "endpoint": cloud.url, "requests_per_second": provider.highest_rate, **more}


def make_config(accounts, **more):
    """Every section can be given; by default a failed request is not sent again."""
    return {"polling": {"balance": {"interval": "1h"}, "bills": {"interval": "1h"}},
            "http": {"timeout": "30s", "max_retries": 0}, "accounts": accounts, **more}


class EndToEndTest(unittest.TestCase):
    """Gives each test a directory, and ends every program that it started."""

    longMessage = True
    maxDiff = 4000

    def run(self, result=None):
        result = result or self.defaultTestResult()
        bad_before = len(result.failures) + len(result.errors)
        self.directory = pathlib.Path(tempfile.mkdtemp(prefix="cloud-billing-e2e-"))
        try:
            super().run(result)
            if len(result.failures) + len(result.errors) > bad_before:
                self._print_logs()
        finally:
            shutil.rmtree(self.directory, ignore_errors=True)
        return result

    def setUp(self):
        # A bill that changes meanwhile has other totals than those compared with.
        wait_until(lambda: seconds_to_bill_change() > LONGEST_TEST, "the bill has changed",
                   2 * LONGEST_TEST)

    def _print_logs(self):
        for path in sorted(self.directory.glob("*-*.*")):
            if path.suffix not in (".out", ".err"):
                continue
            text = path.read_text(errors="replace")
            print(f"--- {self.id()}: {path.name}, its end\n{text[-6000:]}", file=sys.stderr)

    def assert_same_samples(self, actual, expected):
        """Says which samples differ: a family may have thousands."""
        if actual == expected:
            return
        differing = sorted(key for key in actual.keys() | expected.keys()
                           if actual.get(key) != expected.get(key))
        lines = [f"{dict(key)}: {actual.get(key)} instead of {expected.get(key)}"
                 for key in differing[:8]]
        self.fail(f"{len(differing)} samples differ:\n" + "\n".join(lines))

    def _own(self, program):
        self.addCleanup(program.kill)
        return program

    def start_simulator(self, *flags, port=0, environment=None):
        return self._own(Simulator(self.directory, *flags, port=port, environment=environment))

    def start_exporter(self, config, *flags, environment=None):
        """The test fails where it does not end with 0 when told to."""
        exporter = Exporter(self.directory, self.write_config(config), *flags,
                            environment=environment)
        self._own(exporter)
        self.addCleanup(lambda: self.assertEqual(exporter.stop(), 0, "the exporter's exit status"))
        return exporter

    def write_config(self, config):
        """JSON is YAML; a text is written as it is; a path is a file that the test keeps."""
        if isinstance(config, pathlib.Path):
            return config
        text = config if isinstance(config, str) else json.dumps(config, ensure_ascii=False)
        path = self.directory / f"config-{len(list(self.directory.glob('config-*')))}.yml"
        path.write_text(text)
        return path

    def run_exporter(self, *arguments, environment=None):
        """A run that ends by itself; its status is in `status`."""
        program = self._own(Program(self.directory, "run", [EXPORTER, *map(str, arguments)],
                                    environment))
        program.status = program.wait(LONGEST_RUN)
        return program

    def poll_once(self, config, *flags, status=0):
        run = self.run_exporter(f"--config.file={self.write_config(config)}", "--once", *flags)
        self.assertEqual(run.status, status, run.err)
        run.metrics = Exposition(run.out)
        return run


def all_days_are_known(shown):
    """What follows from the days is there for each account whose bill can be read."""
    billed, compared, grown = (
        {dict(labels)["account"] for labels in shown.select(name)}
        for name in ("account_billed_cost", "previous_month_to_date_billed_cost", "week_earlier_day_billed_cost"))
    return billed and billed == compared == grown


def main():
    """Runs the tests of the file; the last line says what they and their programs took of a processor."""
    try:
        unittest.main(verbosity=2)
    finally:
        spent = os.times()
        print(f"processor: {spent.user + spent.system + spent.children_user + spent.children_system:.1f} s",
              file=sys.stderr)
