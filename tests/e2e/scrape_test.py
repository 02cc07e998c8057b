"""What a scrape gets: the format and coding that it prefers, whole and the same in each."""

import gzip
import http.server
import re
import shutil
import subprocess
import threading
import zlib

import open_metrics
from harness import (REASONS, EndToEndTest, Exposition, ask, billing_months, main, make_account,
                     make_config, wait_until)
from prometheus_test import Prometheus
from providers import BAIDU, VOLCENGINE

TEXT = "text/plain; version=0.0.4; charset=utf-8"
OPEN_METRICS = "application/openmetrics-text; version=1.0.0; charset=utf-8"
ASK_OPEN_METRICS = "application/openmetrics-text;version=1.0.0,text/plain;q=0.5"


def families_of(text):
    return re.findall(r"^# TYPE (\S+) (\S+)$", text, re.M)


def lasting(text):
    """The lines that are the same in each of two scrapes after each other."""
    return [line for line in text.splitlines() if not line.startswith("process_")]


def gunzip_one_member(body):
    """As clients do that ignore what comes after the first member."""
    reader = zlib.decompressobj(16 + zlib.MAX_WBITS)
    text = reader.decompress(body)
    if not reader.eof or reader.unused_data:
        raise AssertionError("not one whole gzip member")
    return text.decode()


class Scrape(EndToEndTest):
    def start(self, rows=300):
        cloud = self.start_simulator(f"--rows={rows}")
        account = make_account(cloud, budget=1000, labels={"team": 'say "云" \\ \n'})
        config = make_config([account], aggregation={
            "group_by": ["service_type", "region_id", "billing_mode", "tag:项目=item"],
            "tag_keys": ["team"]})
        return self.start_exporter(config).wait_ready()

    def scrape(self, exporter, accept=None, coding=None, method="GET"):
        headers = {name: value for name, value in
                   (("Accept", accept), ("Accept-Encoding", coding)) if value is not None}
        answer = exporter.ask("/metrics", method, headers=headers)
        self.assertEqual(answer.status, 200)
        return answer

    def test_each_client_gets_what_it_prefers(self):
        exporter = self.start()
        for accept, coding, content_type, encoding in (
                (None, "identity", TEXT, None),
                ("*/*", "gzip, deflate", TEXT, "gzip"),
                ("*/*", "gzip;q=0, *", TEXT, None),
                (ASK_OPEN_METRICS, "identity", OPEN_METRICS, None),
                (ASK_OPEN_METRICS, "gzip", OPEN_METRICS, "gzip"),
                ("application/openmetrics-text;q=0.4, text/plain", "br", TEXT, None),
                ("application/openmetrics-text;version=0.0.1", "", TEXT, None),
                ("no/such;q=x,,;", ";;q,", TEXT, None)):
            with self.subTest(accept=accept, coding=coding):
                got = self.scrape(exporter, accept, coding)
                self.assertEqual(got.headers["Content-Type"], content_type)
                self.assertEqual(got.headers["Content-Encoding"], encoding)
                self.assertEqual(got.headers["Vary"], "Accept, Accept-Encoding")
                self.assertEqual(got.headers["Content-Length"], str(len(got.body)))
                body = gzip.decompress(got.body) if encoding else got.body
                self.assertEqual(body.decode().endswith("# EOF\n"), content_type == OPEN_METRICS)

    def test_head_has_the_headers_of_get(self):
        exporter = self.start()
        for accept in (None, ASK_OPEN_METRICS):
            for coding in ("identity", "gzip"):
                with self.subTest(accept=accept, coding=coding):
                    got = self.scrape(exporter, accept, coding)
                    head = self.scrape(exporter, accept, coding, "HEAD")
                    self.assertEqual(head.body, b"")
                    self.assertEqual(set(head.headers), set(got.headers))
                    for name in ("Content-Type", "Content-Encoding", "Vary"):
                        self.assertEqual(head.headers[name], got.headers[name])
                    # process_* may have other digits.
                    self.assertAlmostEqual(int(head.headers["Content-Length"]), len(got.body),
                                           delta=40)

    def test_compressed_it_is_the_same_text_in_one_member(self):
        exporter = self.start()
        for accept in (None, ASK_OPEN_METRICS):
            plain = self.scrape(exporter, accept, "identity").body.decode()
            packed = self.scrape(exporter, accept, "gzip").body
            with self.subTest(accept=accept):
                self.assertEqual(lasting(gunzip_one_member(packed)), lasting(plain))
                self.assertLess(len(packed), len(plain) / 4)
                self.assertIn("\nprocess_open_fds ", gunzip_one_member(packed))

    def test_curl_shows_every_family_of_a_compressed_answer(self):
        exporter = self.start()
        curl = shutil.which("curl")
        self.assertIsNotNone(curl, "scripts/install-packages test installs it")
        shown = subprocess.run(
            [curl, "--silent", "--fail", "--compressed", "--dump-header", "-",
             f"http://127.0.0.1:{exporter.port}/metrics"],
            capture_output=True, text=True, timeout=60, check=True).stdout
        head, _, body = shown.partition("\n\n")
        self.assertIn("Content-Encoding: gzip", head)
        self.assertEqual(families_of(body), families_of(exporter.metrics().text))
        self.assertIn(("process_cpu_seconds_total", "counter"), families_of(body))

    def test_openmetrics_is_strictly_that_and_tells_the_same(self):
        exporter = self.start()
        text = self.scrape(exporter).body.decode()
        families = open_metrics.read(
            self.scrape(exporter, "application/openmetrics-text").body.decode())
        suffix = {"counter": "_total"}
        self.assertEqual([(family.name + suffix.get(family.kind, ""), family.kind)
                          for family in families.values()], families_of(text))
        ours = {key: value for family in families.values()
                for key, value in family.samples.items() if not key[0].startswith("process_")}
        theirs = {(name, frozenset(labels)): float(value)
                  for name, samples in Exposition(text).samples.items()
                  for labels, value in samples.items() if not name.startswith("process_")}
        self.assertEqual(len(ours), len(theirs))
        self.assertEqual({(name, len(labels), value) for (name, labels), value in ours.items()},
                         {(name, len(labels), value) for (name, labels), value in theirs.items()})

    def test_counters_are_as_new_as_the_poll_that_is_shown(self):
        cloud = self.start_simulator("--rows=20")
        cloud.add_fault("status_500", operation="cash_balance")
        config = make_config([make_account(cloud)], polling={
            "balance": {"interval": "1s"}, "bills": {"interval": "1h"}})
        exporter = self.start_exporter(config).wait_ready()
        shown = exporter.metrics()
        self.assertEqual(shown.value("collector_up", collector="balance"), "0")
        self.assertEqual(shown.value("collector_failing", collector="balance", reason="server"), "1")
        self.assertGreaterEqual(shown.count("collector_failures_total", collector="balance"), 1)
        cloud.clear_faults()
        shown = exporter.wait_for(lambda now: now.value("collector_up", collector="balance") == "1",
                                  "a good poll")
        polls = shown.count("collector_polls_total", collector="balance")
        failures = shown.count("collector_failures_total", collector="balance")
        self.assertEqual(shown.select("collector_failing"), {})
        self.assertGreater(polls, failures)


class SeriesOfAnAccount(EndToEndTest):
    def test_without_rows_are_few_and_failures_are_there_at_zero(self):
        cloud = self.start_simulator("--rows=0")
        accounts = [make_account(cloud, provider=provider, name=provider.name, budget=1000,
                                 low_balance=100) for provider in (BAIDU, VOLCENGINE)]
        text = self.start_exporter(make_config(accounts)).wait_ready().metrics()
        for provider in (BAIDU, VOLCENGINE):
            with self.subTest(provider=provider.name):
                own = [line for line in text.text.splitlines()
                       if f'account="{provider.name}"' in line]
                self.assertLess(len(own), 60)
                self.assertEqual(text.value("bill_rows", account=provider.name, period="current"),
                                 "0")
                where = {"provider": provider.name, "account": provider.name}
                for collector in ("balance", "bills"):
                    self.assertEqual(text.value("collector_failures_total", collector=collector,
                                                **where), "0")
                for operation in (provider.balance, provider.bill):
                    self.assertEqual(text.value("api_failures_total", operation=operation, **where),
                                     "0")
                    self.assertEqual(
                        text.select("api_failures_by_reason_total", provider=provider.name,
                                    operation=operation),
                        {(("reason", reason),): "0" for reason in REASONS})
                self.assertEqual(text.select("api_failures_by_reason_total",
                                             operation=provider.orders), {})
                for period, month in billing_months().items():
                    self.assertEqual(text.select("period_info", provider=provider.name,
                                                 period=period), {(("month", month),): "1"})


class Relay(http.server.ThreadingHTTPServer):
    """Passes scrapes on, and remembers what was asked for and answered."""

    def __init__(self, port):
        self.target, self.answers = port, []
        super().__init__(("127.0.0.1", 0), RelayedScrape)
        threading.Thread(target=self.serve_forever, daemon=True).start()


class RelayedScrape(http.server.BaseHTTPRequestHandler):
    def do_GET(self):  # the name is http.server's
        answer = ask(self.server.target, self.path, headers={
            name: self.headers[name] for name in ("Accept", "Accept-Encoding")})
        self.server.answers.append(answer)
        self.send_response(answer.status)
        for name in ("Content-Type", "Content-Encoding", "Content-Length"):
            if name in answer.headers:
                self.send_header(name, answer.headers[name])
        self.end_headers()
        self.wfile.write(answer.body)

    def log_message(self, *_):
        pass


class RealPrometheus(EndToEndTest):
    def test_it_scrapes_openmetrics_compressed(self):
        cloud = self.start_simulator("--rows=300")
        exporter = self.start_exporter(make_config([make_account(cloud)])).wait_ready()
        relay = Relay(exporter.port)
        self.addCleanup(relay.server_close)
        self.addCleanup(relay.shutdown)
        prometheus = self._own(Prometheus(self.directory, relay.server_address[1]))
        wait_until(lambda: prometheus.query("up == 1"), "a good scrape")
        answer = relay.answers[0]
        self.assertEqual(answer.headers["Content-Type"], OPEN_METRICS)
        self.assertEqual(answer.headers["Content-Encoding"], "gzip")
        families = open_metrics.read(gunzip_one_member(answer.body))
        for name in ("cloud_billing_billed_cost", "cloud_billing_collector_polls_total",
                     "cloud_billing_api_request_duration_seconds_bucket",
                     "process_cpu_seconds_total"):
            self.assertTrue(prometheus.query(name), name)
        samples = sum(len(family.samples) for family in families.values())
        scraped = prometheus.query("scrape_samples_scraped")[0]["value"][1]
        self.assertEqual(int(scraped), samples)


if __name__ == "__main__":
    main()
