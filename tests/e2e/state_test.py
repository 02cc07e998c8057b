"""What --state.dir promises: a restart serves the last good results at once and whole."""

import os
import random
import stat
import time

from harness import EndToEndTest, Exporter, main, make_account, make_config
from providers import is_month_empty

KILLS = 1000 if os.environ.get("CLOUD_BILLING_LONG") == "1" else 20
OFTEN = {"balance": {"interval": "1s"}, "bills": {"interval": "1s"}}


def month_lines(shown, account, period):
    """What is shown of a month's bill."""
    return frozenset(line for line in shown.data_lines(account)
                     if f'period="{period}"' in line)


class State(EndToEndTest):
    def setUp(self):
        super().setUp()
        self.state = self.directory / "state"
        self.flag = f"--state.dir={self.state}"

    def start(self, config):
        return self.start_exporter(config, self.flag)

    def start_to_kill(self, path):
        return self._own(Exporter(self.directory, path, self.flag))

    def files(self, pattern="*.state"):
        return sorted(self.state.glob(pattern))

    def test_a_killed_process_leaves_the_old_or_the_new_result_whole(self):
        books = [["--accounts=3", f"--rows={rows}", "--page-cap=50"] for rows in (150, 220)]
        cloud = self.start_simulator(*books[0])
        port = cloud.port
        accounts = [make_account(cloud, number) for number in (1, 2, 3)]
        config = make_config(accounts, polling=OFTEN)
        whole = {}  # account and period to what may be shown
        for book in books:
            cloud.kill()
            cloud = self.start_simulator(*book, port=port)
            shown = self.poll_once(make_config(accounts)).metrics
            for account in accounts:
                for period in ("current", "previous"):
                    lines = month_lines(shown, account["name"], period)
                    whole.setdefault((account["name"], period), []).append(lines)
        is_empty = is_month_empty(cloud)  # in both books
        for key, (old, new) in whole.items():
            if key[1] == "previous" or not is_empty:
                self.assertNotEqual(old, new, key)

        seed = random.randrange(1 << 32)
        print(f"seed {seed}")
        moments = random.Random(seed)
        path = self.write_config(config)
        exporter = self.start_to_kill(path).wait_ready()
        seen = set()
        for kill in range(KILLS):
            time.sleep(moments.uniform(0, 1.2))  # not for anything: any moment is good
            exporter.kill()
            cloud.kill()
            cloud = self.start_simulator(*books[kill % 2], port=port)
            exporter = self.start_to_kill(path)
            self.assertTrue(exporter.is_ready(), f"kill {kill}")
            shown = exporter.metrics()
            for (name, period), results in whole.items():
                lines = month_lines(shown, name, period)
                self.assertIn(lines, results, f"kill {kill}, {name}, {period}")
                if period == "current":  # the previous month is read once a day only
                    seen.add((name, results.index(lines)))
            for account in accounts:
                self.assertIsNotNone(shown.value("cash_balance", account=account["name"]))
        self.assertEqual(len(seen), (1 if is_empty else 2) * len(accounts), "both books were served")
        self.assertEqual(self.files("*.bad-*"), [])

    def test_a_restart_serves_at_once_and_polls_nothing_before_it_is_due(self):
        cloud = self.start_simulator("--accounts=2")
        config = make_config([make_account(cloud, 1)])
        exporter = self.start(config).wait_ready().wait_for_days()
        before = exporter.metrics()
        self.assertEqual(exporter.stop(), 0)
        cloud.forget_requests()

        exporter = self.start(make_config([make_account(cloud, 1), make_account(cloud, 2)]))
        shown = exporter.metrics()
        self.assertEqual(shown.data_lines("account-1"), before.data_lines("account-1"))
        for metric in ("collector_up", "collector_last_success_timestamp_seconds",
                       "collector_duration_seconds"):
            self.assert_same_samples(shown.select(metric, account="account-1"),
                                     before.select(metric, account="account-1"))
        exporter.wait_ready()  # the second account has been polled meanwhile
        asked = {request["access_key_id"] for request in cloud.requests()["recent"]}
        self.assertEqual(asked, {"simulated-ak-2"})

    def test_ready_at_once_without_a_cloud(self):
        cloud = self.start_simulator("--accounts=2")
        config = make_config([make_account(cloud, 1)])
        exporter = self.start(config).wait_ready().wait_for_days()
        before = exporter.metrics().data_lines("account-1")
        self.assertEqual(exporter.stop(), 0)
        cloud.kill()
        exporter = self.start(config)
        self.assertTrue(exporter.is_ready())
        self.assertEqual(exporter.metrics().data_lines("account-1"), before)

    def test_a_second_process_is_refused(self):
        cloud = self.start_simulator("--accounts=2")
        config = make_config([make_account(cloud, 1)])
        exporter = self.start(config).wait_ready()
        second = self.run_exporter(f"--config.file={self.write_config(config)}", self.flag,
                                   "--web.listen-address=127.0.0.1:0")
        self.assertEqual(second.status, 1)
        self.assertIn(str(self.state), second.err)
        self.assertIn("another process uses it", second.err)
        self.assertTrue(exporter.is_ready())

    def test_a_directory_that_cannot_be_made_is_named(self):
        cloud = self.start_simulator("--accounts=2")
        config = self.write_config(make_config([make_account(cloud, 1)]))
        run = self.run_exporter(f"--config.file={config}", "--web.listen-address=127.0.0.1:0",
                                f"--state.dir={self.directory}/no/state")
        self.assertEqual(run.status, 1)
        self.assertIn(f"{self.directory}/no/state: No such file or directory", run.err)

    def test_files_hold_no_secret_and_are_for_their_owner_only(self):
        cloud = self.start_simulator("--accounts=2", "--session-tokens")
        config = make_config([make_account(cloud, 1, session_token="simulated-token-1"),
                              make_account(cloud, 2, session_token="a-wrong-token")])
        exporter = self.start(config).wait_ready()
        self.assertEqual(exporter.stop(), 0)
        self.assertEqual(len(self.files()), 2)
        for path in self.files():
            text = path.read_text()
            for secret in ("simulated-ak", "simulated-sk", "simulated-token", "a-wrong-token"):
                self.assertNotIn(secret, text)
            self.assertEqual(stat.S_IMODE(path.stat().st_mode), 0o600)

    def test_a_torn_file_is_set_aside_and_that_account_starts_anew(self):
        cloud = self.start_simulator("--accounts=2")
        config = make_config([make_account(cloud, 1), make_account(cloud, 2)])
        exporter = self.start(config).wait_ready().wait_for_days()
        before = exporter.metrics()
        self.assertEqual(exporter.stop(), 0)
        torn = self.files()[0]
        torn.write_bytes(torn.read_bytes()[:1000])
        cloud.forget_requests()

        exporter = self.start(config).wait_ready()
        self.assertEqual(len(self.files("*.bad-*")), 1)
        self.assertIn("a state file is not used", exporter.err)
        shown = exporter.wait_for_days().metrics()
        for name in ("account-1", "account-2"):
            self.assertEqual(shown.data_lines(name), before.data_lines(name))
        asked = {request["access_key_id"] for request in cloud.requests()["recent"]}
        self.assertEqual(asked, {"simulated-ak-1"})

    def test_once_leaves_it_alone(self):
        cloud = self.start_simulator("--accounts=2")
        self.poll_once(make_config([make_account(cloud, 1)]), self.flag)
        self.assertFalse(self.state.exists())


if __name__ == "__main__":
    main()
