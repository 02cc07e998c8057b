"""Polls ahead of time: POST /-/poll, and what a granted permission needs."""

from harness import EndToEndTest, main, make_account, make_config

# So rarely that only what is tested explains another poll.
RARELY = {"balance": {"interval": "30d"}, "bills": {"interval": "30d"}}
LIFECYCLE = "--web.enable-lifecycle"


class PollNow(EndToEndTest):
    def setUp(self):
        super().setUp()
        self.cloud = self.start_simulator("--accounts=2", "--rows=20")
        self.accounts = [make_account(self.cloud, 1, name="部门 一"), make_account(self.cloud, 2)]
        self.config = make_config(self.accounts, polling=RARELY)

    def start(self, *flags):
        return self.start_exporter(self.config, *flags).wait_ready()

    def polls(self, shown, account):
        return sum(shown.count("collector_polls_total", account=account, collector=collector)
                   for collector in ("balance", "bills"))

    def order(self, exporter, path="/-/poll", method="POST"):
        answer = exporter.ask(path, method)
        return answer.status, answer.body.decode()

    def test_of_all_accounts_or_of_one(self):
        exporter = self.start(LIFECYCLE)
        self.assertEqual(self.order(exporter), (200, "scheduled 4 polls\n"))
        shown = exporter.wait_for(lambda now: all(
            self.polls(now, a["name"]) == 4 for a in self.accounts), "polls of both accounts")
        self.assertEqual(self.order(exporter, "/-/poll?account=%E9%83%A8%E9%97%A8%20%E4%B8%80", "PUT"),
                         (200, "scheduled 2 polls\n"))
        shown = exporter.wait_for(lambda now: self.polls(now, "部门 一") == 6, "polls of the one")
        self.assertEqual(self.polls(shown, "account-2"), 4)

    def test_that_run_already_go_on_and_are_not_counted(self):
        exporter = self.start(LIFECYCLE)
        self.cloud.add_fault("hang", operation="resource_month_bill")
        self.assertEqual(self.order(exporter), (200, "scheduled 4 polls\n"))
        exporter.wait_for(lambda now: all(now.count(
            "collector_polls_total", account=account["name"], collector="balance") == 2
            for account in self.accounts), "the balances")
        self.assertEqual(self.order(exporter), (200, "scheduled 2 polls\n"))
        shown = exporter.wait_for(lambda now: all(now.count(
            "collector_polls_total", account=account["name"], collector="balance") == 3
            for account in self.accounts), "the balances again")
        for account in self.accounts:
            self.assertEqual(shown.count("collector_polls_total", account=account["name"],
                                         collector="bills"), 1)

    def test_is_refused_where_it_is_not_enabled_or_known(self):
        exporter = self.start(LIFECYCLE)
        for path in ("/-/poll?account=nobody", "/-/poll?account="):
            self.assertEqual(self.order(exporter, path)[0], 404, path)
        for method in ("GET", "DELETE"):
            answer = exporter.ask("/-/poll", method)
            self.assertEqual((answer.status, answer.headers["Allow"]), (405, "POST, PUT"))
        closed = self.start()
        status, words = self.order(closed)
        self.assertEqual(status, 403)
        self.assertIn(LIFECYCLE, words)
        for shown in (exporter.metrics(), closed.metrics()):
            self.assertEqual(self.polls(shown, "account-2"), 2)

    def test_a_granted_permission_is_noticed_by_a_poll_a_reload_and_a_restart(self):
        state = self.directory / "state"
        state.mkdir()
        self.cloud.add_fault("forbidden", operation="cash_balance")
        refused = lambda now: all(  # noqa: E731
            now.value("collector_failing", account=account["name"], collector="balance",
                      reason="permission") == "1" for account in self.accounts)
        granted = lambda now: not now.select("collector_failing")  # noqa: E731
        for ask in ("poll", "reload", "restart"):
            with self.subTest(by=ask):
                exporter = self.start(LIFECYCLE, f"--state.dir={state}")
                before = exporter.metrics()
                exporter.ask("/-/poll", "POST")
                # Not one that was refused before: a poll that is still under way is not begun anew.
                exporter.wait_for(lambda now: refused(now) and all(
                    now.count("collector_polls_total", account=account["name"], collector="balance")
                    > before.count("collector_polls_total", account=account["name"], collector="balance")
                    for account in self.accounts), "refused balances")
                self.cloud.clear_faults()
                if ask == "restart":
                    self.assertEqual(exporter.stop(), 0)
                    self.cloud.add_fault("hang", operation="cash_balance")
                    exporter = self.start_exporter(self.config, f"--state.dir={state}")
                    page = exporter.ask("/").body.decode()
                    self.assertIn("AccessDenied", page, "the words of the failure")
                    self.cloud.clear_faults()
                    self.assertEqual(exporter.stop(), 0)
                    exporter = self.start_exporter(self.config, f"--state.dir={state}")
                else:
                    self.assertEqual(exporter.ask(f"/-/{ask}", "POST").status, 200)
                exporter.wait_for(granted, "good balances")
                exporter.stop()
                self.cloud.add_fault("forbidden", operation="cash_balance")


if __name__ == "__main__":
    main()
