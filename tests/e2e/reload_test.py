"""The configuration is replaced while the exporter runs, by SIGHUP and over HTTP."""

import json
import signal
import socket
import threading

from harness import EndToEndTest, Exposition, main, make_account, make_config, wait_until

# So rarely that only a reload explains another poll.
RARELY = {"balance": {"interval": "30d"}, "bills": {"interval": "30d"}}
SUCCESSFUL = "config_last_reload_successful"
SUCCESS_TIME = "config_last_reload_success_timestamp_seconds"
LIFECYCLE = "--web.enable-lifecycle"


class Reload(EndToEndTest):
    def setUp(self):
        super().setUp()
        self.cloud = self.start_simulator("--accounts=3", "--rows=150")
        self.accounts = [make_account(self.cloud, number) for number in (1, 2)]
        self.path = self.directory / "live.yml"

    def write(self, config):
        """In place of the file before, as an editor or Kubernetes does."""
        aside = self.directory / "live.new"
        aside.write_text(config if isinstance(config, str) else json.dumps(config))
        aside.rename(self.path)

    def write_accounts(self, *accounts, **more):
        self.write(make_config(list(accounts), **{"polling": RARELY, **more}))

    def start(self, *flags, **more):
        self.write_accounts(*self.accounts, **more)
        return self.start_exporter(self.path, *flags).wait_ready()

    def reload(self, exporter, method="POST"):
        """What is shown when the answer has come."""
        answer = exporter.ask("/-/reload", method)
        self.assertEqual(answer.status, 200, answer.body)
        return exporter.metrics()

    def polls(self, shown, account):
        return [shown.count("collector_polls_total", account=account, collector=collector)
                for collector in ("balance", "bills")]

    # ---- how a reload is asked for ----

    def test_over_http_with_post_and_put(self):
        exporter = self.start(LIFECYCLE)
        for method in ("POST", "PUT"):
            before = exporter.metrics().value(SUCCESS_TIME)
            shown = self.reload(exporter, method)
            self.assertEqual(shown.value(SUCCESSFUL), "1")
            self.assertGreaterEqual(int(shown.value(SUCCESS_TIME)), int(before))

    def test_over_http_without_a_body_length(self):
        exporter = self.start(LIFECYCLE)
        with socket.create_connection(("127.0.0.1", exporter.port)) as connection:
            connection.sendall(b"POST /-/reload HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
            self.assertTrue(connection.recv(100).startswith(b"HTTP/1.1 200 "))

    def test_over_http_only_where_it_is_enabled(self):
        exporter = self.start()
        self.write_accounts(self.accounts[0])
        for method in ("POST", "PUT"):
            self.assertEqual(exporter.ask("/-/reload", method).status, 403)
        self.assertEqual(exporter.metrics().value("configured_accounts"), "2")

    def test_other_methods_are_told_the_right_ones(self):
        for flags in ((), (LIFECYCLE,)):
            exporter = self.start(*flags)
            for method in ("GET", "HEAD", "DELETE"):
                answer = exporter.ask("/-/reload", method)
                self.assertEqual(answer.status, 405, method)
                self.assertEqual(answer.headers["Allow"], "POST, PUT")

    def test_by_sighup(self):
        exporter = self.start()
        self.write_accounts(self.accounts[1])
        exporter.process.send_signal(signal.SIGHUP)
        exporter.wait_for(lambda shown: shown.value("configured_accounts") == "1", "a reload")
        self.write("accounts: none\n")
        exporter.process.send_signal(signal.SIGHUP)
        shown = exporter.wait_for(lambda shown: shown.value(SUCCESSFUL) == "0", "a refusal")
        self.assertEqual(shown.value("configured_accounts"), "1")
        self.assertIn("live.yml:1:11: accounts: ", exporter.err)

    def test_by_itself_once_the_content_has_changed_where_that_is_asked_for(self):
        exporter = self.start("--config.auto-reload-interval=1s")
        self.write_accounts(self.accounts[1])
        exporter.wait_for(lambda shown: shown.value("configured_accounts") == "1", "a reload")
        self.write("accounts: none\n")
        shown = exporter.wait_for(lambda shown: shown.value(SUCCESSFUL) == "0", "a refusal")
        self.assertEqual(shown.value("configured_accounts"), "1")
        self.path.unlink()
        wait_until(lambda: "cannot read" in exporter.err, "a complaint of a file that is gone")
        self.write_accounts(*self.accounts)
        exporter.wait_for(lambda shown: shown.value("configured_accounts") == "2", "another reload")
        self.assertEqual(exporter.metrics().value(SUCCESSFUL), "1")
        self.assertEqual(exporter.err.count("was not reloaded"), 2)  # once for each bad content

    def test_many_at_once_all_get_an_answer(self):
        exporter = self.start(LIFECYCLE)
        statuses = []
        workers = [threading.Thread(
            target=lambda: statuses.append(exporter.ask("/-/reload", "POST").status))
            for _ in range(16)]
        for worker in workers:
            worker.start()
        for _ in range(5):
            exporter.process.send_signal(signal.SIGHUP)
        for worker in workers:
            worker.join()
        self.assertEqual(statuses, [200] * 16)

    # ---- what it makes of the data ----

    def test_a_bad_file_changes_nothing_and_says_why(self):
        exporter = self.start(LIFECYCLE).wait_for_days()
        before = exporter.metrics()
        self.write(json.dumps({"accounts": [{**self.accounts[0], "budgett": 1}]}))
        answer = exporter.ask("/-/reload", "POST")
        self.assertEqual(answer.status, 500)
        self.assertIn('budgett: unknown key, did you mean "budget"?', answer.body.decode())
        after = exporter.metrics()
        self.assertEqual(after.value(SUCCESSFUL), "0")
        self.assertEqual(after.value(SUCCESS_TIME), before.value(SUCCESS_TIME))
        for account in self.accounts:
            self.assertEqual(after.data_lines(account["name"]), before.data_lines(account["name"]))
        self.path.unlink()
        answer = exporter.ask("/-/reload", "POST")
        self.assertEqual(answer.status, 500)
        self.assertIn("live.yml", answer.body.decode())
        self.assertTrue(exporter.is_ready())
        self.write_accounts(*self.accounts)
        self.assertEqual(self.reload(exporter).value(SUCCESSFUL), "1")

    def test_unchanged_accounts_keep_data_and_schedule_others_come_and_go(self):
        exporter = self.start(LIFECYCLE).wait_for_days()
        before = exporter.metrics()
        self.write_accounts(make_account(self.cloud, 3), self.accounts[1])
        shown = self.reload(exporter)
        self.assertNotIn('account="account-1"', shown.text)
        self.assertEqual(shown.data_lines("account-2"), before.data_lines("account-2"))
        shown = exporter.wait_for(
            lambda shown: shown.value("bill_rows", account="account-3", period="previous")
            and shown.value("cash_balance", account="account-3"), "the new account's data")
        self.assertEqual(self.polls(shown, "account-2"), [1, 1])
        self.assertEqual(self.cloud.count_requests("simulated-ak-2", "cash_balance"), 1)
        self.assertEqual(self.polls(shown, "account-3"), [1, 1])

    def test_budget_labels_and_rate_change_at_once_and_blank_nothing(self):
        exporter = self.start(LIFECYCLE).wait_for_days()
        before = exporter.metrics()
        self.write_accounts({**self.accounts[0], "budget": 77, "labels": {"team": "x"},
                             "requests_per_second": 3}, self.accounts[1])
        shown = self.reload(exporter)
        self.assertEqual(shown.value("budget", account="account-1", team="x"), "77")
        for account, team in (("account-1", "x"), ("account-2", "")):
            for name in ("account_billed_cost", "billed_cost", "available_balance",
                         "collector_polls_total", "api_requests_total"):
                self.assert_same_samples(shown.select(name, account=account, team=team),
                                         before.select(name, account=account))
        self.assertEqual(self.polls(shown, "account-1"), [1, 1])

    def test_a_new_aggregation_keeps_the_totals_and_polls_at_once(self):
        exporter = self.start(LIFECYCLE)
        before = exporter.metrics()
        self.write_accounts(*self.accounts, aggregation={"group_by": ["region_id"]})
        shown = self.reload(exporter)
        for account in ("account-1", "account-2"):
            self.assert_same_samples(shown.select("account_billed_cost", account=account),
                                     before.select("account_billed_cost", account=account))
        shown = exporter.wait_for(
            lambda shown: all(shown.select("billed_cost", account=name, period="previous")
                              and self.polls(shown, name) == [1, 2]
                              for name in ("account-1", "account-2")), "groups of the new shape")
        for labels in shown.select("billed_cost"):
            self.assertEqual({"account", "currency", "period", "provider", "region_id"},
                             set(dict(labels)))

    def test_another_endpoint_begins_anew_and_the_old_one_hears_nothing_more(self):
        exporter = self.start(LIFECYCLE)
        # A poll of the bills hangs at the old endpoint when the reload comes.
        self.cloud.add_fault("hang", "simulated-ak-1")
        self.write_accounts(*self.accounts, aggregation={"group_by": ["region_id"]})
        self.reload(exporter)
        other = self.start_simulator("--accounts=3", "--rows=70")
        self.write_accounts({**self.accounts[0], "endpoint": other.url}, self.accounts[1],
                            aggregation={"group_by": ["region_id"]})
        shown = self.reload(exporter)
        # What was abandoned is in the log once its connection has ended.
        wait_until(lambda: self.cloud.requests()["keys"]["simulated-ak-1"]["in_flight"] == 0,
                   "the end of what hung")
        self.cloud.forget_requests()
        exporter.wait_for(
            lambda shown: shown.value("bill_rows", account="account-1", period="current"),
            "the other endpoint's bill")
        self.assertEqual([request for request in self.cloud.requests()["recent"]
                          if request["access_key_id"] == "simulated-ak-1"], [])
        self.assertGreater(other.count_requests("simulated-ak-1", "cash_balance"), 0)
        self.assertEqual(Exposition(shown.text).select("account_billed_cost", account="account-1"),
                         {}, "nothing of the old endpoint's was shown after the reload")

    def test_a_secret_file_named_by_a_reload_is_read_and_followed(self):
        exporter = self.start(LIFECYCLE)
        secret = self.directory / "secret"
        secret.write_text("wrong")
        account = {**self.accounts[0], "access_key_id": "simulated-ak-3",
                   "secret_access_key_file": str(secret), "intervals": {"balance": "1s"}}
        del account["secret_access_key"]
        before = exporter.metrics().value("cash_balance", account="account-1")
        self.write_accounts(self.accounts[1], account)
        self.assertEqual(self.reload(exporter).value("cash_balance", account="account-1"), before)
        exporter.wait_for(lambda shown: shown.value(
            "collector_up", account="account-1", collector="balance") == "0", "a refused key")
        secret.write_text("simulated-sk-3")
        exporter.wait_for(lambda shown: shown.value(
            "collector_up", account="account-1", collector="balance") == "1", "the new secret")

    def test_a_shard_keeps_to_its_share(self):
        # account-1 belongs to shard 0 of 3, account-2 and account-3 to shard 2.
        exporter = self.start(LIFECYCLE, "--shard.index=2", "--shard.count=3")
        self.write_accounts(*self.accounts, make_account(self.cloud, 3))
        shown = self.reload(exporter)
        self.assertEqual(shown.value("configured_accounts"), "3")
        self.assertEqual(shown.value("polled_accounts"), "2")
        self.assertNotIn('account="account-1"', shown.text)
        self.write_accounts(self.accounts[0])
        shown = self.reload(exporter)
        self.assertEqual(shown.value("polled_accounts"), "0")
        self.assertTrue(exporter.is_ready())


if __name__ == "__main__":
    main()
