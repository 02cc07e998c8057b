"""Machines that allow few threads: a message that names the limit, or fewer web workers."""

import os
import socket

from harness import EndToEndTest, main, make_account, make_config

LIBRARY = os.environ["FEW_THREADS_LIBRARY"]
WANTED_WORKERS = 560


def with_threads(most):
    """The environment of an exporter that may have so many."""
    return {"LD_PRELOAD": LIBRARY, "ASAN_OPTIONS": "verify_asan_link_order=0",
            "FEW_THREADS": str(most)}


class FewThreads(EndToEndTest):
    def setUp(self):
        super().setUp()
        self.cloud = self.start_simulator("--rows=20")
        self.config = make_config([make_account(self.cloud, endpoint=self.cloud.url.replace(
            "127.0.0.1", "localhost"))])  # a name, which takes a thread to look up

    def threads_of(self, exporter):
        return len(os.listdir(f"/proc/{exporter.process.pid}/task"))

    def test_it_serves_with_as_many_workers_as_can_be_had_and_says_so(self):
        for most in (15, 100, 200, 512):
            with self.subTest(threads=most):
                exporter = self.start_exporter(self.config, f"--state.dir={self.directory / 's'}",
                                               environment=with_threads(most)).wait_ready()
                workers = int(exporter.find_in(exporter.err_path, r" workers=(\d+) "))
                self.assertIn(f" wanted={WANTED_WORKERS} ", exporter.err)
                self.assertRegex(exporter.err, r'limits=".*(ulimit -u|pids\.max|threads-max).* is \d+')
                self.assertGreater(workers, (most - 8) // 2)
                shown = exporter.metrics()
                self.assertEqual(shown.value("collector_up", collector="bills"), "1")
                self.assertLess(self.threads_of(exporter), most)  # polls have some, too
                self.assertEqual(exporter.stop(), 0)

    def test_connections_of_half_the_workers_leave_room_for_a_scrape(self):
        exporter = self.start_exporter(self.config, environment=with_threads(100)).wait_ready()
        silent = [socket.create_connection(("127.0.0.1", exporter.port)) for _ in range(40)]
        for connection in silent:
            self.addCleanup(connection.close)
            connection.sendall(b"GET /metr")
        self.assertEqual(exporter.ask("/metrics").status, 200)

    def test_too_few_to_start_are_told_with_the_limit(self):
        path = self.write_config(self.config)
        for most in range(1, 7):
            with self.subTest(threads=most):
                run = self.run_exporter(f"--config.file={path}", "--web.listen-address=127.0.0.1:0",
                                        f"--state.dir={self.directory / 'state'}",
                                        environment=with_threads(most))
                self.assertEqual((run.status, run.out), (1, ""))
                self.assertRegex(run.err, r'cannot (start a thread: |serve" error="not even two threads).*threads-max is')
                self.assertNotIn("listening", run.err)
        self.assertEqual(self.cloud.requests()["total"], 0)

    def test_enough_threads_are_not_spoken_of(self):
        exporter = self.start_exporter(self.config).wait_ready()
        self.assertNotIn("workers", exporter.err)


if __name__ == "__main__":
    main()
