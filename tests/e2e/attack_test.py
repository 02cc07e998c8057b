"""The server under attack while a good client scrapes: every scrape of its is answered rightly, and the process
stays small. How long these took is reported, not judged: the machine may be busy.

CLOUD_BILLING_LONG=1 has all attacks run, for longer.
"""

import base64
import contextlib
import http.client
import itertools
import multiprocessing
import os
import re
import resource
import select
import socket
import subprocess
import sys
import threading
import time
import traceback
import unittest

from certificates import Certificates
from harness import MEASURES, SANITIZED, EndToEndTest, main, make_account, make_config, wait_until
from web_config_test import HASH_OF_A, SecureExporter

LONG = os.environ.get("CLOUD_BILLING_LONG") == "1"
SECONDS = 20 if LONG else 1  # an attack lasts
SCRAPES = 100 if LONG else 10  # at least, of each attack
CROWD = 2000 if LONG else 800  # connections at once, more than the server has workers
WORKERS = 560
PATIENCE = 300  # seconds for the good client's scrapes, on a busy machine
QUEUED = 64  # connections that wait for one of them
GROWTH = 900 if SANITIZED else 96  # MiB that an attack may add; each worker has a buffer and a stack
OWN_DESCRIPTORS = 40  # sockets that listen, the poller's, files
GOOD = ("127.0.0.2", 0)  # the attackers are 127.0.0.1
LONG_HEAD = b"GET /metrics HTTP/1.1\r\nHost: x\r\nX-Slow: "
SILENT_FORMS = {"nothing": b"", "half a line": b"GET /metr", "half a head": LONG_HEAD,
                "half a body": b"POST /-/healthy HTTP/1.1\r\nHost: x\r\nContent-Length: 9000\r\n\r\nx"}

long_only = unittest.skipUnless(LONG, "CLOUD_BILLING_LONG=1 runs it")


class Attackers:
    """One thread that keeps many connections, each of which says its words and then drips; what the server ends is
    opened anew."""

    def __init__(self, port, count, words, drip=b""):
        self.port, self.count, self.words, self.drip = port, count, words, drip
        self.opened = self.ended = 0
        self._sockets = {}
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)

    def _open(self):
        connection = socket.socket()
        try:
            connection.setblocking(False)
            with contextlib.suppress(BlockingIOError):
                connection.connect(("127.0.0.1", self.port))
            self._poll.register(connection, select.EPOLLIN | select.EPOLLOUT | select.EPOLLET)
        except OSError:
            connection.close()
            raise
        self._sockets[connection.fileno()] = connection
        self.opened += 1

    def _close(self, descriptor):
        connection = self._sockets.pop(descriptor, None)
        if connection is not None:
            connection.close()
            self.ended += 1

    def _say(self, descriptor, words):
        with contextlib.suppress(BlockingIOError):
            self._sockets[descriptor].send(words)

    def _run(self):
        self._poll = select.epoll()
        dripped = time.monotonic()
        while not self._stop.is_set():
            for _ in range(min(100, self.count - len(self._sockets))):
                with contextlib.suppress(OSError):  # none is left on this machine: the next round tries again
                    self._open()
            for descriptor, event in self._poll.poll(0.02):
                try:
                    if event & (select.EPOLLHUP | select.EPOLLERR):
                        self._close(descriptor)
                    elif event & select.EPOLLIN and not self._sockets[descriptor].recv(4096):
                        self._close(descriptor)
                    elif event & select.EPOLLOUT and not event & select.EPOLLIN:
                        self._say(descriptor, self.words)
                except BlockingIOError:
                    pass
                except OSError:
                    self._close(descriptor)
            if self.drip and time.monotonic() > dripped + 0.5:
                dripped = time.monotonic()
                for descriptor in list(self._sockets):
                    try:
                        self._say(descriptor, self.drip)
                    except OSError:
                        self._close(descriptor)
        for connection in self._sockets.values():
            connection.close()
        self._poll.close()

    def __enter__(self):
        self._thread.start()
        return self

    def __exit__(self, *_):
        self._stop.set()
        self._thread.join()


class Repeating:
    """Threads that do the same again and again; what goes wrong for them is what they asked for."""

    def __init__(self, threads, act):
        self.done = 0
        self._act = act
        self._stop = threading.Event()
        self._threads = [threading.Thread(target=self._run, daemon=True) for _ in range(threads)]

    def _run(self):
        while not self._stop.is_set():
            with contextlib.suppress(OSError):  # TLS's errors too
                self._act()
            self.done += 1

    def __enter__(self):
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_):
        self._stop.set()
        for thread in self._threads:
            thread.join()


def receive(connection):
    """Until the server closes, as it does after whatever it is sent here."""
    answer = b""
    with contextlib.suppress(ConnectionResetError):
        while more := connection.recv(65536):
            answer += more
    return answer


class Attack(EndToEndTest):
    ROWS = ("--rows=20",)

    def setUp(self):
        super().setUp()
        soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
        resource.setrlimit(resource.RLIMIT_NOFILE, (min(hard, max(soft, 8192)), hard))
        self.cloud = self.start_simulator(*self.ROWS)
        self.exporter = self.start()
        self.scrape()

    def start(self):
        config = make_config([make_account(self.cloud)],
                             aggregation={"measures": MEASURES, "tag_keys": ["team", "env"], "max_series": 20000})
        return self.start_exporter(config).wait_ready()

    def connect(self):
        connection = socket.create_connection(("127.0.0.1", self.exporter.port), timeout=60)
        self.addCleanup(connection.close)
        return connection

    def open_good(self):
        """The good client's connection: it has an address of its own, as a Prometheus has."""
        return http.client.HTTPConnection("127.0.0.1", self.exporter.port, timeout=60, source_address=GOOD)

    def scrape(self, headers=None):
        connection = self.open_good()
        try:
            connection.request("GET", "/metrics", headers=headers or {})
            answer = connection.getresponse()
            return answer.status, answer.read()
        finally:
            connection.close()

    def scrape_when_told(self, told):
        """The good client, a process of its own: one in the attackers' would wait for them at Python's lock. Answers with
        milliseconds, descriptors, and what went wrong."""
        taken, descriptors, problem = [], [], ""
        told.recv()
        began = time.monotonic()
        try:
            while time.monotonic() < began + SECONDS or len(taken) < SCRAPES:
                started = time.monotonic()
                status, body = self.scrape()
                taken.append((time.monotonic() - started) * 1000)
                self.assertEqual(status, 200)
                self.assertIn(b"cloud_billing_build_info{", body)
                self.assertTrue(body.endswith(b"\n"))
                descriptors.append(self.exporter.descriptors())
                time.sleep(0.02)
        except Exception:  # told where it is judged
            problem = traceback.format_exc()
        told.send((taken, descriptors, problem))

    def watch(self, name, attack, is_there=lambda: True):
        """Scrapes while it is under attack, once the attack is there; says how long they took."""
        before = self.exporter.told_by_kernel("VmRSS")
        here, there = multiprocessing.Pipe()
        client = multiprocessing.get_context("fork").Process(target=self.scrape_when_told, args=(there,), daemon=True)
        client.start()
        there.close()  # so that its end is seen
        with attack:
            wait_until(is_there, f"there are {name}")
            here.send("begin")
            self.assertTrue(here.poll(SECONDS + PATIENCE), "the good client's scrapes take too long")
            taken, descriptors, problem = here.recv()
        client.join()
        self.assertEqual(problem, "")
        taken.sort()
        grown = (self.exporter.told_by_kernel("VmRSS") - before) / 1024
        print(f"\n  {name}: {len(taken)} scrapes, median {taken[len(taken) // 2]:.1f} ms, 99th percentile "
              f"{taken[-(-len(taken) * 99 // 100) - 1]:.1f} ms, longest {taken[-1]:.1f} ms; {grown:+.0f} MiB, "
              f"{max(descriptors)} descriptors; load average {os.getloadavg()[0]:.1f}", file=sys.stderr)
        self.assertTrue(self.exporter.is_running())
        self.assertLess(grown, GROWTH, "MiB more")
        self.assertLessEqual(max(descriptors), WORKERS + QUEUED + OWN_DESCRIPTORS)
        self.assertLess(self.exporter.told_by_kernel("Threads"), WORKERS + 40)


class OverHttp(Attack):
    def test_more_connections_than_workers_that_never_finish(self):
        """Each is opened anew as soon as it is ended."""
        for name, words in SILENT_FORMS.items():
            with self.subTest(said=name):
                attackers = Attackers(self.exporter.port, CROWD, words, drip=b"a" if words else b"")
                self.watch(f"{CROWD} connections that said {name}", attackers,
                           lambda: attackers.opened > WORKERS and attackers.ended)

    def test_connections_that_come_and_go(self):
        def come_and_go():
            socket.create_connection(("127.0.0.1", self.exporter.port), timeout=60).close()

        self.watch("connections that come and go", Repeating(4, come_and_go))

    @long_only
    def test_requests_in_a_row_without_reading_an_answer(self):
        many = b"GET /-/healthy HTTP/1.1\r\nHost: x\r\n\r\n" * 5000

        def pipeline():
            with socket.create_connection(("127.0.0.1", self.exporter.port), timeout=2) as connection:
                connection.sendall(many)

        self.watch("requests in a row", Repeating(4, pipeline))

    @long_only
    def test_huge_heads(self):
        numbers = itertools.count()
        heads = (b"GET /" + b"a" * 4_000_000, b"GET /metrics HTTP/1.1\r\nX: " + b"a" * 4_000_000,
                 b"GET /metrics HTTP/1.1\r\n" + b"X: y\r\n" * 500_000)

        def send():
            with socket.create_connection(("127.0.0.1", self.exporter.port), timeout=2) as connection:
                connection.sendall(heads[next(numbers) % len(heads)])

        self.watch("huge heads", Repeating(4, send))


class SlowReaders(Attack):
    """Of a text of some megabytes, of which a socket holds a part only."""

    ROWS = ("--rows=1500", "--services=700")

    @long_only
    def test_readers_that_take_nothing(self):
        crowd = []

        @contextlib.contextmanager
        def attack():
            for _ in range(WORKERS + 40):
                connection = socket.socket()
                connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 2048)
                connection.settimeout(60)
                connection.connect(("127.0.0.1", self.exporter.port))
                connection.sendall(b"GET /metrics HTTP/1.1\r\nHost: x\r\n\r\n")
                crowd.append(connection)
            yield
            for connection in crowd:
                connection.close()

        self.watch(f"{WORKERS + 40} readers of {len(self.scrape()[1])} bytes that take nothing", attack())


INNER = b"GET /smuggled HTTP/1.1\r\nHost: x\r\n\r\n"
LENGTH = b"%d" % len(INNER)
POST = b"POST /-/healthy HTTP/1.1\r\nHost: x\r\n"
CHUNKED = POST + b"Transfer-Encoding: chunked\r\n"
# Another program on the way may see the request end elsewhere; RFC 9112, sections 2.2, 5.1, 5.2, 6.1, 6.3, and 7.2 of
# RFC 9110.
DOUBTFUL = {
    "a length and chunks": CHUNKED + b"Content-Length: " + LENGTH + b"\r\n\r\n0\r\n\r\n" + INNER,
    "chunks and a length": POST + b"Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n" + INNER,
    "two lengths": POST + b"Content-Length: 0\r\nContent-Length: " + LENGTH + b"\r\n\r\n" + INNER,
    "a list of lengths": POST + b"Content-Length: 0, " + LENGTH + b"\r\n\r\n" + INNER,
    "a hexadecimal length": POST + b"Content-Length: 0x20\r\n\r\n" + INNER,
    "a length with a sign": POST + b"Content-Length: +0\r\n\r\n" + INNER,
    "a folded line": POST + b"X: a\r\n b\r\nContent-Length: " + LENGTH + b"\r\n\r\n" + INNER,
    "a first header that begins with a space": b"POST /-/healthy HTTP/1.1\r\n Host: x\r\nContent-Length: " + LENGTH
                                               + b"\r\n\r\n" + INNER,
    "a space before the colon": POST + b"Content-Length : " + LENGTH + b"\r\n\r\n" + INNER,
    "a line without a colon": POST + b"X\r\nContent-Length: " + LENGTH + b"\r\n\r\n" + INNER,
    "more headers than are read": POST + b"X: y\r\n" * 70 + b"Content-Length: " + LENGTH + b"\r\n\r\n" + INNER,
    "an empty line of two kinds": POST + b"X: y\n\r\nContent-Length: " + LENGTH + b"\r\n\r\n" + INNER,
    "a carriage return alone": POST + b"X: y\rContent-Length: " + LENGTH + b"\r\n\r\n" + INNER,
    "a zero byte": POST + b"X: y\0z\r\nContent-Length: " + LENGTH + b"\r\n\r\n" + INNER,
    "another coding": POST + b"Transfer-Encoding: xchunked\r\n\r\n" + INNER,
    "no coding, and a length": POST + b"Transfer-Encoding: identity\r\nContent-Length: " + LENGTH + b"\r\n\r\n" + INNER,
    "two codings": POST + b"Transfer-Encoding: identity\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n" + INNER,
    "chunks in HTTP/1.0": b"POST /-/healthy HTTP/1.0\r\nConnection: keep-alive\r\nTransfer-Encoding: chunked\r\n\r\n"
                          b"0\r\n\r\n" + INNER,
    "two hosts": b"GET /-/healthy HTTP/1.1\r\nHost: x\r\nHost: y\r\n\r\n" + INNER,
}
# Whatever becomes of them, nothing after them is taken for a request.
CHUNKS = {
    "no number": b"zz\r\n\r\n", "a negative one": b"-1\r\n\r\n", "one with a prefix": b"0x0\r\n\r\n",
    "an extension with a line in it": b'0;a="\n"\r\n\r\n', "line feeds alone": b"0\n\n",
    "a trailer": b"0\r\nContent-Length: 50\r\n\r\n", "good chunks": b"3\r\nabc\r\n0\r\n\r\n",
    "too large a number": b"fffffffffffffffff\r\n\r\n",
}


class Smuggling(Attack):
    def send(self, data):
        connection = self.connect()
        connection.sendall(data)
        return receive(connection)

    def statuses(self, answer):
        return [int(status) for status in re.findall(rb"HTTP/\d\.\d (\d\d\d) ", answer)]

    def test_a_request_whose_end_is_doubtful_is_refused_with_all_that_follows(self):
        for name, data in DOUBTFUL.items():
            with self.subTest(form=name):
                self.assertEqual(self.statuses(self.send(data)), [400])

    def test_nothing_follows_a_body_in_chunks(self):
        for name, chunks in CHUNKS.items():
            with self.subTest(chunks=name):
                answer = self.send(CHUNKED + b"\r\n" + chunks + INNER)
                self.assertEqual(len(self.statuses(answer)), 1)
                self.assertNotIn(b" 404 ", answer)

    def test_what_is_doubtful_to_nobody_is_served(self):
        good = b"GET /-/healthy HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"
        forms = {
            "a length": (POST + b"Content-Length: " + LENGTH + b"\r\n\r\n" + INNER + good, [405, 200]),
            "line feeds": ((POST + b"Content-Length: " + LENGTH + b"\r\n\r\n").replace(b"\r", b"") + INNER + good,
                           [405, 200]),
            "64 headers": (b"GET /-/healthy HTTP/1.1\r\nHost: x\r\n" + b"X: y\r\n" * 63 + b"\r\n" + good, [200, 200]),
            "a whole URI of another host": (b"GET http://evil.example/-/healthy HTTP/1.1\r\nHost: x\r\n\r\n" + good,
                                            [200, 200]),
            "no header": (b"GET /-/healthy HTTP/1.0\r\n\r\n", [200]),
            "a body of a GET": (b"GET /-/healthy HTTP/1.1\r\nHost: x\r\nContent-Length: " + LENGTH + b"\r\n\r\n" + INNER
                                + good, [200, 200]),
        }
        for name, (data, expected) in forms.items():
            with self.subTest(form=name):
                self.assertEqual(self.statuses(self.send(data)), expected)


class OverTls(Attack):
    def start(self):
        self.certificates = Certificates(self.directory)
        self.certificates.issue("server", "IP:127.0.0.1")
        web = self.directory / "web.yml"
        web.write_text("tls_server_config: {cert_file: server.pem, key_file: server.key}\n"
                       f"basic_auth_users: {{alice: '{HASH_OF_A.replace('$06$', '$08$')}', bob: '{HASH_OF_A}'}}\n")
        exporter = self._own(SecureExporter(
            self.directory, self.write_config(make_config([make_account(self.cloud)])), f"--web.config.file={web}"))
        self.addCleanup(lambda: self.assertEqual(exporter.stop(), 0))
        self.context = exporter.context(self.certificates)
        return exporter

    def open_good(self):
        return http.client.HTTPSConnection("127.0.0.1", self.exporter.port, timeout=60, source_address=GOOD,
                                           context=self.context)

    def scrape(self):
        return super().scrape({"Authorization": "Basic " + base64.b64encode(b"bob:a").decode()})

    def shake_hands(self):
        plain = socket.create_connection(("127.0.0.1", self.exporter.port), timeout=60)
        try:
            return self.context.wrap_socket(plain, server_hostname="127.0.0.1")
        except OSError:
            plain.close()
            raise

    def test_handshakes_that_never_finish(self):
        hello = bytes.fromhex("160301020001000001fc0303")
        for name, words in {"nothing": b"", "half a hello": hello}.items():
            with self.subTest(said=name):
                attackers = Attackers(self.exporter.port, CROWD, words)
                self.watch(f"{CROWD} handshakes that said {name}", attackers, lambda: attackers.opened > WORKERS)

    def test_handshakes_again_and_again(self):
        attack = Repeating(8, lambda: self.shake_hands().close())
        self.watch("handshakes", attack)
        print(f"  {attack.done} handshakes", file=sys.stderr)

    def test_passwords_that_are_guessed_at_speed(self):
        numbers = itertools.count()

        def guess():
            with self.shake_hands() as connection:
                words = base64.b64encode(b"alice:%d" % next(numbers))
                connection.sendall(b"GET /metrics HTTP/1.1\r\nHost: x\r\nAuthorization: Basic " + words + b"\r\n\r\n")
                answers.add(connection.recv(64).split(b"\r\n")[0])

        answers = set()
        attack = Repeating(8, guess)
        self.watch("passwords", attack)
        print(f"  {attack.done} guesses", file=sys.stderr)
        self.assertLessEqual(answers, {b"HTTP/1.1 401 Unauthorized", b""})
        self.assertIn(b"HTTP/1.1 401 Unauthorized", answers)

    def test_a_client_that_wants_to_renegotiate_is_refused(self):
        """`openssl s_client` does so at a line with an R."""
        asked = subprocess.run(
            ["openssl", "s_client", "-tls1_2", "-connect", f"127.0.0.1:{self.exporter.port}", "-CAfile",
             self.certificates.path("ca.pem")], input=b"R\n", capture_output=True, timeout=60)
        said = asked.stdout + asked.stderr
        self.assertIn(b"RENEGOTIATING", said)
        self.assertRegex(said, rb"no renegotiation|handshake failure|unexpected eof")
        self.assertEqual(self.scrape()[0], 200)


if __name__ == "__main__":
    main()
