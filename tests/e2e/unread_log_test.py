"""A log that nobody reads: stderr is a pipe that is full. Nothing waits for it."""

import fcntl
import json
import os
import re
import signal
import subprocess
import termios
import threading
import time
from array import array

from harness import (EXPORTER, EndToEndTest, Exposition, ask, main, make_account, make_config,
                     wait_until)

STOPS_WITHIN = 5  # seconds, as promised
PIPE_BYTES = 4096
POLLS = 20  # that have to end while nobody reads


class UnreadExporter:
    """Its log is read up to the port, then no more."""

    def __init__(self, test, config_path, *flags):
        self.reader, writer = os.pipe()
        fcntl.fcntl(writer, fcntl.F_SETPIPE_SZ, PIPE_BYTES)
        self.process = subprocess.Popen(
            [EXPORTER, f"--config.file={config_path}", "--web.listen-address=127.0.0.1:0",
             "--web.enable-lifecycle", *flags], stdin=subprocess.DEVNULL, stderr=writer)
        test.addCleanup(self.process.kill)
        test.addCleanup(os.close, self.reader)
        os.close(writer)
        self.log = b""
        while not (found := re.search(rb"listening\W.*127\.0\.0\.1:(\d+)", self.log)):
            more = os.read(self.reader, 65536)
            if not more:
                raise AssertionError(self.log)
            self.log += more
        self.port = int(found[1])
        wait_until(self.is_full, "a full pipe")

    def is_full(self):
        waiting = array("i", [0])
        fcntl.ioctl(self.reader, termios.FIONREAD, waiting)
        return waiting[0] >= PIPE_BYTES // 2  # the next line may be longer than the rest

    def read_log(self):
        """All that comes from now on."""
        def read():
            while more := os.read(self.reader, 65536):
                self.log += more
        reading = threading.Thread(target=read, daemon=True)
        reading.start()
        return reading

    def ask(self, path, method="GET"):
        return ask(self.port, path, method)

    def metrics(self):
        return Exposition(self.ask("/metrics").body.decode())

    def polls(self):
        return sum(map(float, self.metrics().select("collector_polls_total").values()))

    def dropped(self):
        return self.metrics().count("log_lines_dropped_total")


class UnreadLog(EndToEndTest):
    def start(self, *flags):
        cloud = self.start_simulator("--accounts=4", "--rows=20")
        polling = {"balance": {"interval": "1s"}, "bills": {"interval": "1s"}}
        self.path = self.write_config(make_config(
            [make_account(cloud, number) for number in (1, 2, 3, 4)], polling=polling))
        return UnreadExporter(self, self.path, "--log.level=debug", *flags)

    def end(self, exporter):
        started = time.monotonic()
        exporter.process.send_signal(signal.SIGTERM)
        self.assertEqual(exporter.process.wait(timeout=60), 0)
        self.assertLess(time.monotonic() - started, STOPS_WITHIN)

    def drop_lines(self, exporter):
        """Reloads a file of many mistakes, which the log tells, until there is no room for it."""
        good = self.path.read_text()
        self.path.write_text(json.dumps({f"mistake-{number}": 1 for number in range(3000)}))
        def dropped_one():
            self.assertEqual(exporter.ask("/-/reload", "POST").status, 500)
            return exporter.dropped()
        wait_until(dropped_one, "a dropped line")
        self.path.write_text(good)

    def test_polls_scrapes_reloads_and_the_end_wait_for_nobody(self):
        exporter = self.start(f"--state.dir={self.directory / 'state'}")
        before = exporter.polls()
        wait_until(lambda: exporter.polls() >= before + POLLS, "polls that go on")
        self.assertEqual(exporter.ask("/-/healthy").status, 200)
        self.assertEqual(exporter.ask("/-/ready").status, 200)
        self.assertEqual(exporter.ask("/").status, 200)
        self.assertEqual(exporter.ask("/-/reload", "POST").status, 200)
        self.drop_lines(exporter)
        before = exporter.polls()
        wait_until(lambda: exporter.polls() >= before + POLLS, "polls that go on without room")
        self.assertTrue(exporter.is_full())
        self.end(exporter)

    def test_what_was_dropped_is_said_as_soon_as_somebody_reads(self):
        exporter = self.start("--log.format=json")
        self.drop_lines(exporter)
        dropped = exporter.dropped()
        reading = exporter.read_log()
        wait_until(lambda: b"dropped" in exporter.log, "a line that says so")
        self.end(exporter)
        reading.join(timeout=60)
        lines = [json.loads(line) for line in exporter.log.decode().splitlines()]
        told = [line["lines"] for line in lines if "dropped" in line["msg"]]
        self.assertGreaterEqual(sum(told), dropped)
        self.assertEqual(lines[-1]["msg"], "stopping")

    def test_one_poll_of_everything_ends_too(self):
        cloud = self.start_simulator("--rows=20")
        path = self.write_config(make_config([make_account(cloud)]))
        reader, writer = os.pipe()
        self.addCleanup(os.close, reader)
        fcntl.fcntl(writer, fcntl.F_SETPIPE_SZ, PIPE_BYTES)
        os.write(writer, b"x" * PIPE_BYTES)
        run = subprocess.run([EXPORTER, f"--config.file={path}", "--once", "--log.level=debug"],
                             stdout=subprocess.PIPE, stderr=writer, check=False, timeout=60)
        os.close(writer)
        self.assertEqual(run.returncode, 0)
        self.assertEqual(Exposition(run.stdout.decode()).value("collector_up", collector="bills"),
                         "1")


if __name__ == "__main__":
    main()
