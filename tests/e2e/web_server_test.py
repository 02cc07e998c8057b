"""What the HTTP server answers, and how the program stops."""

import gzip
import json
import signal
import socket
import time

from harness import EndToEndTest, main, make_account, make_config, wait_until

STOPS_WITHIN = 5  # seconds, as promised


class Answers(EndToEndTest):
    def start(self, *flags):
        self.cloud = self.start_simulator("--rows=20")
        return self.start_exporter(make_config([make_account(self.cloud)]), *flags).wait_ready()

    def test_metrics_are_text_for_get_and_head(self):
        exporter = self.start()
        got = exporter.ask("/metrics")
        self.assertEqual(got.status, 200)
        self.assertEqual(got.headers["Content-Type"], "text/plain; version=0.0.4; charset=utf-8")
        self.assertIn(b"cloud_billing_api_request_duration_seconds_bucket", got.body)
        for name in ("cpu_seconds_total", "resident_memory_bytes", "virtual_memory_bytes",
                     "open_fds", "max_fds", "start_time_seconds"):
            self.assertIn(f"\nprocess_{name} ".encode(), got.body)
        head = exporter.ask("/metrics", "HEAD")
        self.assertEqual((head.status, head.body), (200, b""))
        self.assertEqual(head.headers["Content-Type"], got.headers["Content-Type"])
        self.assertGreater(int(head.headers["Content-Length"]), 1000)

    def test_a_scrape_asks_the_cloud_nothing(self):
        exporter = self.start().wait_for_days()
        before = self.cloud.requests()["total"]
        for _ in range(20):
            exporter.metrics()
        self.assertEqual(self.cloud.requests()["total"], before)

    def test_paths_are_compared_as_received(self):
        exporter = self.start()
        for path in ("/", "/metrics", "/-/healthy", "/-/ready"):
            with self.subTest(path=path):
                self.assertEqual(exporter.ask(path).status, 200)
        for path in ("/metrics/", "//metrics", "/%6detrics", "/x/../metrics", "/METRICS", "/-/",
                     "/-/healthy/", "/-//ready", "/favicon.ico", "/-/reload/"):
            with self.subTest(path=path):
                self.assertEqual(exporter.ask(path).status, 404)

    def test_a_whole_uri_is_as_good_as_its_path(self):
        exporter = self.start()
        for host in (f"127.0.0.1:{exporter.port}", f"bills.example.org:{exporter.port}",
                     "bills.example.org", "bills.example.org:9"):
            with self.subTest(host=host):
                home = f"http://{host}"
                answer = exporter.ask(home + "/metrics")
                self.assertEqual(answer.status, 200)
                self.assertIn(b"cloud_billing_build_info", answer.body)
                self.assertEqual(exporter.ask(home + "/no-such-path").status, 404)

    def test_the_server_itself_is_asked_for_its_methods(self):
        answer = self.start().ask("*", "OPTIONS")
        self.assertEqual((answer.status, answer.body), (200, b""))
        self.assertIn("GET", answer.headers["Allow"])

    def test_the_page_is_gzipped_like_the_metrics(self):
        exporter = self.start()
        for path in ("/", "/metrics"):
            packed = exporter.ask(path, headers={"Accept-Encoding": "gzip"})
            self.assertEqual(packed.headers["Content-Encoding"], "gzip")
            self.assertIn("Accept-Encoding", packed.headers["Vary"])
            self.assertIn(b"account-1", gzip.decompress(packed.body))
            plain = exporter.ask(path, headers={"Accept-Encoding": "gzip;q=0"})
            self.assertIsNone(plain.headers["Content-Encoding"])
            self.assertIn(b"account-1", plain.body)

    def test_another_method_is_refused_with_those_allowed(self):
        exporter = self.start()
        for path in ("/metrics", "/-/healthy", "/-/ready", "/"):
            for method in ("POST", "PUT", "DELETE"):
                with self.subTest(path=path, method=method):
                    answer = exporter.ask(path, method, body="x")
                    self.assertEqual(answer.status, 405)
                    allowed = {m.strip() for m in answer.headers["Allow"].split(",")}
                    self.assertEqual(allowed, {"GET", "HEAD"})

    def test_the_telemetry_path_and_the_addresses_can_be_chosen(self):
        exporter = self.start("--web.telemetry-path=/bills", "--web.listen-address=127.0.0.1:0",
                              "--log.format=json")
        self.assertEqual(exporter.ask("/bills").status, 200)
        self.assertEqual(exporter.ask("/metrics").status, 404)
        lines = [json.loads(line) for line in exporter.err.splitlines()]
        addresses = [line["address"] for line in lines if line["msg"] == "listening"]
        self.assertEqual(len(set(addresses)), 2)
        for address in addresses:
            with socket.create_connection(address.rsplit(":", 1), timeout=30) as connection:
                connection.sendall(b"GET /bills HTTP/1.0\r\n\r\n")
                self.assertTrue(connection.recv(64).startswith(b"HTTP/1.1 200"))


class Readiness(EndToEndTest):
    def test_ready_only_once_every_collector_has_finished_its_first_poll(self):
        cloud = self.start_simulator("--accounts=2", "--rows=20")
        cloud.add_fault("hang", "simulated-ak-2", "cash_balance")
        exporter = self.start_exporter(make_config([make_account(cloud, n) for n in (1, 2)]))
        exporter.wait_for(lambda shown: len(shown.select("collector_up")) == 3, "three polls")
        self.assertEqual(exporter.ask("/-/ready").status, 503)
        self.assertEqual(exporter.ask("/-/healthy").status, 200)
        cloud.clear_faults()  # the hanging request ends without an answer
        exporter.wait_ready()
        self.assertEqual(len(exporter.metrics().select("collector_up")), 4)

    def test_a_failed_first_poll_is_ready_too_and_stays_so(self):
        cloud = self.start_simulator("--rows=20")
        cloud.add_fault("status_500")
        config = make_config([make_account(cloud)], polling={
            "balance": {"interval": "1s"}, "bills": {"interval": "1s"}})
        exporter = self.start_exporter(config).wait_ready()
        exporter.wait_for(lambda shown: shown.count("collector_polls_total",
                                                    collector="balance") >= 2, "two polls")
        self.assertTrue(exporter.is_ready())


class Stopping(EndToEndTest):
    def check_stops(self, exporter, how):
        started = time.monotonic()
        self.assertEqual(exporter.stop(how), 0)
        self.assertLess(time.monotonic() - started, STOPS_WITHIN)

    def test_sigterm_and_sigint_stop_an_idle_exporter(self):
        cloud = self.start_simulator("--rows=20")
        for how in (signal.SIGTERM, signal.SIGINT):
            with self.subTest(signal=how.name):
                exporter = self.start_exporter(make_config([make_account(cloud)])).wait_ready()
                self.check_stops(exporter, how)

    def test_requests_that_hang_do_not_hold_it_up(self):
        for how in (signal.SIGTERM, signal.SIGINT):
            with self.subTest(signal=how.name):
                cloud = self.start_simulator("--accounts=3", "--rows=20")
                cloud.add_fault("hang")
                config = make_config([make_account(cloud, n) for n in (1, 2, 3)],
                                     http={"timeout": "5m", "max_retries": 4})
                exporter = self.start_exporter(config)
                wait_until(lambda: all(f"simulated-ak-{n}" in cloud.requests()["keys"]
                                       for n in (1, 2, 3)), "requests that hang")
                self.check_stops(exporter, how)

    def test_connections_that_stay_open_do_not_hold_it_up(self):
        cloud = self.start_simulator("--rows=20")
        exporter = self.start_exporter(make_config([make_account(cloud)])).wait_ready()
        idle = [socket.create_connection(("127.0.0.1", exporter.port)) for _ in range(8)]
        for number, connection in enumerate(idle):
            self.addCleanup(connection.close)
            if number % 2:  # kept alive after an answer
                connection.sendall(b"GET /-/healthy HTTP/1.1\r\nHost: x\r\n\r\n")
                self.assertTrue(connection.recv(64).startswith(b"HTTP/1.1 200"))
            else:  # half a request
                connection.sendall(b"GET /metrics HTT")
        self.check_stops(exporter, signal.SIGTERM)


if __name__ == "__main__":
    main()
