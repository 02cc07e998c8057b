"""Requests that no honest client sends: the process lives, stays small, and serves the next scrape."""

import base64
import random
import socket
import time

from certificates import Certificates
from harness import SANITIZED, EndToEndTest, main, make_account, make_config, wait_until
from web_config_test import HASH_OF_A, SecureExporter

SEED = 20261125
SLOW_HASH = HASH_OF_A.replace("$06$", "$14$")
CROWD = 500  # connections that never say a whole word
# What hostile requests may add to the resident memory, in MiB; sanitizers keep what was freed.
GROWTH = 600 if SANITIZED else 64


def resident_mib(program):
    return program.told_by_kernel("VmRSS") / 1024


class Hostile(EndToEndTest):
    def setUp(self):
        super().setUp()
        cloud = self.start_simulator("--rows=20")
        self.exporter = self.start_exporter(make_config([make_account(cloud)])).wait_ready()
        self.exporter.metrics()
        self.before = resident_mib(self.exporter)

    def connect(self):
        connection = socket.create_connection(("127.0.0.1", self.exporter.port), timeout=30)
        self.addCleanup(connection.close)
        return connection

    def send(self, data):
        """What is answered before the server closes, or says nothing more for a second."""
        connection = self.connect()
        connection.settimeout(1)
        answer = b""
        try:
            connection.sendall(data)
            while len(answer) < 1 << 20:
                more = connection.recv(65536)
                if not more:
                    break
                answer += more
        except OSError:
            pass  # closed, or silent
        connection.close()
        return answer

    def check_still_well(self):
        self.assertTrue(self.exporter.is_running())
        self.assertIn("cloud_billing_build_info", self.exporter.metrics().text)
        self.assertLess(resident_mib(self.exporter) - self.before, GROWTH)

    def test_requests_that_make_no_sense_get_no_metrics(self):
        good = b"Host: x\r\nConnection: close\r\n"
        requests = {
            "a line of 100,000 bytes": b"GET /" + b"a" * 100_000 + b" HTTP/1.1\r\n" + good + b"\r\n",
            "a header of 100,000 bytes": b"GET /metrics HTTP/1.1\r\nX: " + b"a" * 100_000 + b"\r\n\r\n",
            "10,000 headers": b"GET /metrics HTTP/1.1\r\n" + b"X: y\r\n" * 10_000 + b"\r\n",
            "a negative length": b"POST /metrics HTTP/1.1\r\nContent-Length: -1\r\n" + good + b"\r\n",
            "a huge length": b"POST /metrics HTTP/1.1\r\nContent-Length: 99999999999999999999\r\n"
                             + good + b"\r\nx",
            "a length of letters": b"POST /metrics HTTP/1.1\r\nContent-Length: abc\r\n" + good
                                   + b"\r\n",
            "chunks of nonsense": b"POST /metrics HTTP/1.1\r\nTransfer-Encoding: chunked\r\n" + good
                                  + b"\r\nzz\r\nxx\r\n",
            "a chunk without end": b"POST /metrics HTTP/1.1\r\nTransfer-Encoding: chunked\r\n" + good
                                   + b"\r\nffffffffffffffff\r\nx",
            "up and away": b"GET /../../../../etc/passwd HTTP/1.1\r\n" + good + b"\r\n",
            "up and away, encoded": b"GET /%2e%2e/%2e%2e/etc/passwd HTTP/1.1\r\n" + good + b"\r\n",
            "two slashes": b"GET //metrics HTTP/1.1\r\n" + good + b"\r\n",
            "an encoded letter": b"GET /%6detrics HTTP/1.1\r\n" + good + b"\r\n",
            "a zero byte": b"GET /metrics\x00 HTTP/1.1\r\n" + good + b"\r\n",
            "an encoded zero byte": b"GET /metrics%00 HTTP/1.1\r\n" + good + b"\r\n",
            "an unknown method": b"FROBNICATE /metrics HTTP/1.1\r\n" + good + b"\r\n",
            "TRACE": b"TRACE /metrics HTTP/1.1\r\n" + good + b"\r\n",
            "CONNECT": b"CONNECT example.org:443 HTTP/1.1\r\n" + good + b"\r\n",
            "no HTTP": b"GET /metrics\r\n\r\n",
            "HTTP/2 as it begins": b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
            "HTTP/9.9": b"GET /metrics HTTP/9.9\r\n" + good + b"\r\n",
            "a TLS hello": bytes.fromhex("160301020001000001fc0303") + bytes(500),
        }
        for name, request in requests.items():
            with self.subTest(request=name):
                answer = self.send(request)
                if answer:
                    self.assertRegex(answer.split(b"\r\n")[0], rb"^HTTP/1\.[01] [45]\d\d ")
                self.assertNotIn(b"cloud_billing_build_info", answer)
                self.assertNotIn(b"root:", answer)
        self.check_still_well()

    def test_random_bytes_do_no_harm(self):
        dice = random.Random(SEED)
        head = b"GET /metrics HTTP/1.1\r\nHost: x\r\nAccept: */*\r\n\r\n"
        for _ in range(150):
            spoiled = bytearray(head)
            for _ in range(dice.randint(1, 8)):
                spoiled[dice.randrange(len(spoiled))] = dice.randrange(256)
            data = bytes(spoiled) if dice.random() < 0.5 else dice.randbytes(dice.randint(1, 3000))
            connection = self.connect()
            try:
                connection.sendall(data)
            except OSError:
                pass
            connection.close()
        self.check_still_well()

    def test_requests_in_a_row_are_answered_in_a_row(self):
        one = b"GET /-/healthy HTTP/1.1\r\nHost: x\r\n\r\n"
        last = b"GET /-/healthy HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"
        answer = self.send(one * 20 + last)
        self.assertEqual(answer.count(b"HTTP/1.1 200 OK"), 21)
        self.check_still_well()

    def test_a_body_cannot_smuggle_a_request(self):
        inner = b"GET /metrics HTTP/1.1\r\nHost: x\r\n\r\n"
        answer = self.send(b"POST /metrics HTTP/1.1\r\nHost: x\r\nContent-Length: %d\r\n\r\n"
                           % len(inner) + inner)
        self.assertEqual(answer.count(b"HTTP/1.1 "), 1)
        self.assertIn(b" 405 ", answer)
        self.check_still_well()

    def test_empty_lines_before_a_request_do_not_change_where_it_ends(self):
        inner = b"GET /metrics HTTP/1.1\r\nHost: x\r\n\r\n"
        posted = b"POST /metrics HTTP/1.1\r\nHost: x\r\nContent-Length: %d\r\n\r\n" % len(inner) + inner
        for lines, status in ((b"\r\n", b" 405 "), (b"\r\n\r\n", b" 400 "), (b"\n\n", b" 400 "), (b" \n\n", b" 400 ")):
            with self.subTest(lines=lines):
                answer = self.send(lines + posted)
                self.assertEqual(answer.count(b"HTTP/1.1 "), 1)
                self.assertIn(status, answer)
        self.check_still_well()

    def hold_crowd(self, words):
        """Connections that have said this much, and nothing more."""
        crowd = [self.connect() for _ in range(CROWD)]
        for connection in crowd:
            connection.sendall(words)
        return crowd

    def test_a_crowd_that_never_finishes_does_not_hold_up_a_scrape(self):
        for words in (b"", b"GET /metr", b"GET /metrics HTTP/1.1\r\nHost: x\r\nX-Slow: "):
            with self.subTest(words=words):
                crowd = self.hold_crowd(words)
                self.assertIn("cloud_billing_build_info", self.exporter.metrics().text)
                # All of them were waiting while it was answered.
                self.assertTrue(all(self.is_open(connection) for connection in crowd))
                for connection in crowd:
                    connection.close()
        self.check_still_well()

    def test_readers_that_take_nothing_do_not_hold_up_a_scrape(self):
        crowd = self.hold_crowd(b"GET /metrics HTTP/1.1\r\nHost: x\r\n\r\n")
        self.check_still_well()
        del crowd

    def test_a_request_that_drips_is_ended(self):
        for words, drops in ((b"", b"GET /metrics HTTP/1.1\r\nX: "),
                             (b"POST /metrics HTTP/1.1\r\nContent-Length: 60000\r\n\r\n", b"")):
            with self.subTest(said_at_once=words):
                self.drip(words, drops)
        self.check_still_well()

    def drip(self, words, drops):
        connection = self.connect()
        connection.sendall(words)
        connection.settimeout(0.2)
        started = time.monotonic()
        for byte in drops + b"a" * 100_000:
            try:
                connection.sendall(bytes([byte]))
                if connection.recv(100) == b"":
                    break
            except TimeoutError:
                continue
            except OSError:
                break
            self.assertLess(time.monotonic() - started, 60, "it may drip on")

    @staticmethod
    def is_open(connection):
        connection.setblocking(False)
        try:
            return connection.recv(1, socket.MSG_PEEK) != b""
        except BlockingIOError:
            return True
        except OSError:
            return False


class HostileOverTls(Hostile):
    """The same crowd, before a handshake, in the middle of one, and after."""

    def setUp(self):
        EndToEndTest.setUp(self)
        cloud = self.start_simulator("--rows=20")
        certificates = Certificates(self.directory)
        certificates.issue("server", "IP:127.0.0.1")
        web = self.directory / "web.yml"
        web.write_text("tls_server_config: {cert_file: server.pem, key_file: server.key}\n"
                       f"basic_auth_users: {{alice: '{HASH_OF_A}', slow: '{SLOW_HASH}'}}\n")
        self.exporter = self._own(SecureExporter(
            self.directory, self.write_config(make_config([make_account(cloud)])),
            f"--web.config.file={web}"))
        self.addCleanup(lambda: self.assertEqual(self.exporter.stop(), 0))
        self.context = self.exporter.context(certificates)
        wait_until(lambda: self.scrape()[0] == 200, "a scrape")
        self.before = resident_mib(self.exporter)

    def scrape(self):
        password = base64.b64encode(b"alice:a").decode()
        return self.exporter.ask_over_tls(self.context,
                                          headers={"Authorization": "Basic " + password})

    def check_still_well(self):
        self.assertTrue(self.exporter.is_running())
        self.assertIn(b"cloud_billing_build_info", self.scrape()[2])
        self.assertLess(resident_mib(self.exporter) - self.before, GROWTH)

    def test_a_crowd_that_never_finishes_does_not_hold_up_a_scrape(self):
        hello = bytes.fromhex("160301020001000001fc0303")
        for words in (b"", hello):
            with self.subTest(words=words):
                crowd = self.hold_crowd(words)
                self.assertEqual(self.scrape()[0], 200)
                self.assertTrue(all(self.is_open(connection) for connection in crowd))
                for connection in crowd:
                    connection.close()
        crowd = [self.context.wrap_socket(self.connect(), server_hostname="127.0.0.1")
                 for _ in range(100)]
        self.check_still_well()
        del crowd

    def test_guessed_passwords_hold_up_neither_a_scrape_nor_the_end(self):
        """A check of this user's takes a second or so, and there are more than the workers."""
        guess = (b"GET /metrics HTTP/1.1\r\nHost: x\r\nAuthorization: Basic "
                 + base64.b64encode(b"slow:guess") + b"\r\n\r\n")
        for _ in range(650):
            connection = self.context.wrap_socket(self.connect(), server_hostname="127.0.0.1")
            self.addCleanup(connection.close)
            connection.sendall(guess)
        self.check_still_well()
        # The checks that wait would take half a minute more.
        self.assertEqual(self.exporter.stop(timeout=15), 0)

    def test_requests_that_make_no_sense_get_no_metrics(self):
        for data in (b"GET /metrics HTTP/1.1\r\nHost: x\r\n\r\n", b"\x16\x03\x01\xff\xff" + b"\x00" * 9000):
            self.assertNotIn(b"cloud_billing", self.send(data))
        self.check_still_well()

    # Said in plain HTTP, which is nonsense here.
    test_requests_in_a_row_are_answered_in_a_row = None
    test_a_body_cannot_smuggle_a_request = None
    test_empty_lines_before_a_request_do_not_change_where_it_ends = None
    test_readers_that_take_nothing_do_not_hold_up_a_scrape = None
    test_a_request_that_drips_is_ended = None


if __name__ == "__main__":
    main()
