"""The cash of a Baidu account's sub-accounts: asked for in one call, beside the balance."""

import json

from harness import EndToEndTest, main, make_account, make_config
from providers import PROVIDER

OPERATION = "supervisor_balance"
CASH = "sub_account_cash_balance"
OFTEN = {"balance": {"interval": "1s"}, "bills": {"interval": "30d"}}


class SubAccountCash(EndToEndTest):
    def start_cloud(self, *flags):
        cloud = self.start_simulator("--sub-accounts=3", "--rows=20", *flags)
        members = next(account["members"] for account in cloud.control("GET", "accounts")
                       if account["access_key_id"] == PROVIDER.key(1))
        return cloud, members

    def account(self, cloud, members, **more):
        return make_account(cloud, sub_accounts=members, **{"collectors": ["balance"], **more})

    def shown(self, metrics):
        """By sub-account."""
        return {dict(key)["sub_account_id"]: value for key, value in metrics.select(CASH).items()}

    def count(self, cloud):
        return cloud.count_requests(PROVIDER.key(1), OPERATION)

    def test_is_shown_of_each_that_is_listed_and_of_no_other(self):
        cloud, members = self.start_cloud("--session-tokens")
        account = self.account(cloud, members[:2], session_token=PROVIDER.token(1))
        metrics = self.poll_once(make_config([account])).metrics
        self.assertEqual(self.shown(metrics), {members[0]: "101.75", members[1]: "102.75"})
        self.assertEqual(metrics.value(CASH, provider="baidu", account="account-1", currency="CNY",
                                       sub_account_id=members[0]), "101.75")
        self.assertEqual(metrics.value("cash_balance"), "1001.25", "it is not the account's own")
        self.assertEqual(self.count(cloud), 1)

    def test_is_not_asked_for_without_sub_accounts_or_without_the_balance(self):
        cloud, members = self.start_cloud()
        for account in (self.account(cloud, []), self.account(cloud, members, collectors=["bills"])):
            self.assertEqual(self.shown(self.poll_once(make_config([account])).metrics), {})
        self.assertEqual(self.count(cloud), 0)

    def test_that_is_refused_leaves_all_else_good_and_is_not_asked_for_again_today(self):
        for refusal in ("fault", "stranger"):
            with self.subTest(refusal=refusal):
                cloud, members = self.start_cloud()
                if refusal == "fault":
                    cloud.add_fault("forbidden", PROVIDER.key(1), OPERATION)
                else:
                    members = [*members, "5b0000000000000000000000000000ff"]
                exporter = self.start_exporter(
                    make_config([self.account(cloud, members)], polling=OFTEN)).wait_ready()
                metrics = exporter.wait_for(
                    lambda shown: shown.count("collector_polls_total", collector="balance") >= 3,
                    "three polls")
                self.assertEqual(self.shown(metrics), {})
                self.assertEqual(metrics.value("cash_balance"), "1001.25")
                self.assertEqual(metrics.value("available_balance"), "13346.9289")
                self.assertEqual(metrics.value("collector_up", collector="balance"), "1")
                self.assertEqual(metrics.count("collector_failures_total", collector="balance"), 0)
                self.assertEqual(metrics.count("api_failures_total", operation=OPERATION), 1)
                self.assertEqual(self.count(cloud), 1)

    def test_that_cannot_be_read_fails_the_poll_and_nothing_else(self):
        reasons = {"status_500": "server", "throttled": "throttled", "truncated_body": "transport",
                   "not_json": None, "empty_body": "decode", "error_in_200": "server"}
        for fault, reason in reasons.items():
            with self.subTest(fault=fault):
                cloud, members = self.start_cloud()
                cloud.add_fault(fault, PROVIDER.key(1), OPERATION)
                run = self.poll_once(make_config([self.account(cloud, members)]), status=1)
                self.assertEqual(self.shown(run.metrics), {})
                self.assertEqual(run.metrics.value("cash_balance"), "1001.25")
                self.assertEqual(run.metrics.value("available_balance"), "13346.9289")
                self.assertEqual(run.metrics.value("credit_limit"), "50000")
                self.assertEqual(run.metrics.value("collector_up", collector="balance"), "0")
                if reason:
                    self.assertEqual(run.metrics.value("collector_failing", collector="balance",
                                                       reason=reason), "1")
                self.assertIn("cash of the sub-accounts: ", run.err)

    def test_that_is_throttled_once_is_asked_for_again_at_once(self):
        cloud, members = self.start_cloud()
        cloud.add_fault("throttled", PROVIDER.key(1), OPERATION, count=1, retry_after=1)
        metrics = self.poll_once(make_config([self.account(cloud, members)],
                                             http={"max_retries": 1})).metrics
        self.assertEqual(len(self.shown(metrics)), 3)
        self.assertEqual(self.count(cloud), 2)

    def test_of_one_that_is_unreadable_is_left_out_and_the_others_are_shown(self):
        cloud, members = self.start_cloud()
        cloud.add_fault("unreadable_amount", PROVIDER.key(1), OPERATION)
        run = self.poll_once(make_config([self.account(cloud, members)]), "--log.format=json",
                             status=1)
        self.assertEqual(self.shown(run.metrics), {members[1]: "102.75", members[2]: "103.75"})
        self.assertEqual(run.metrics.value("cash_balance"), "1001.25")
        self.assertEqual(run.metrics.value("collector_failing", collector="balance",
                                           reason="decode"), "1")
        failed = [json.loads(line) for line in run.err.splitlines() if "poll failed" in line]
        self.assertEqual(len(failed), 1)
        self.assertIn(members[0], failed[0]["error"])

    def test_of_one_that_is_listed_no_more_is_forgotten(self):
        cloud, members = self.start_cloud()
        path = self.write_config(make_config([self.account(cloud, members)]))
        exporter = self.start_exporter(path, "--web.enable-lifecycle").wait_ready()
        self.assertEqual(sorted(self.shown(exporter.metrics())), sorted(members))
        path.write_text(json.dumps(make_config([self.account(cloud, members[1:])])))
        self.assertEqual(exporter.ask("/-/reload", "POST").status, 200)
        metrics = exporter.wait_for(self.shown, "the others")
        self.assertEqual(sorted(self.shown(metrics)), sorted(members[1:]))

    def test_is_there_again_after_a_restart_without_being_asked_for(self):
        cloud, members = self.start_cloud()
        config = make_config([self.account(cloud, members)],
                             polling={"balance": {"interval": "30d"}})
        state = f"--state.dir={self.directory / 'state'}"
        first = self.start_exporter(config, state).wait_ready()
        before = self.shown(first.metrics())
        self.assertEqual(len(before), 3)
        first.stop()
        again = self.start_exporter(config, state).wait_ready()
        self.assertEqual(self.shown(again.metrics()), before)
        self.assertEqual(self.count(cloud), 1)


if __name__ == "__main__":
    main()
