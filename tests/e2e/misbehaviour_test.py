"""A cloud that misbehaves: reported, counted, and no money is lost or invented."""

import json
import unittest

from expected_bill import ExpectedBill
from harness import (MEASURES, PATIENCE, SANITIZED, EndToEndTest, main, make_account, make_config,
                     wait_until)
from providers import BAIDU, PROVIDER, is_month_empty

AGGREGATION = {"group_by": ["service_type", "region_id", "billing_mode"], "tag_keys": ["team"],
               "measures": MEASURES}

# What each kind of fault is counted as, where it befalls the bill.
BILL_FAULTS = {
    "status_500": "server", "bad_gateway": "server", "error_in_200": "server",
    "throttled": "throttled", "forbidden": "permission",
    "bad_key": "auth", "bad_signature": "auth", "expired": "auth",
    "hang": "timeout", "slow": "timeout", "truncated_body": "transport", "reset": "transport",
    "short_page": "inconsistent", "wrong_page": "inconsistent",
    "repeated_page": "inconsistent", "unreadable_amount": "decode", "missing_amount": "decode",
    "not_json": "decode", "huge_body": "decode", "empty_body": "decode",
    **PROVIDER.own_bill_faults,
}
BALANCE_FAULTS = {
    "status_500": "server", "error_in_200": "server", "bad_gateway": "server",
    "throttled": "throttled", "forbidden": "permission", "bad_key": "auth", "hang": "timeout",
    "reset": "transport", "unreadable_amount": "decode", "not_json": "decode",
    "huge_body": "decode", **PROVIDER.own_balance_faults,
}
# What befalls no bill that is empty, as that of the current month is in its first hours.
OF_ROWS = ("slow", "short_page", "repeated_page", "unreadable_amount", "missing_amount")
HARMLESS = ("bad_utf8", "deep_unknown_field")
# Sanitizers make everything slower: then a timeout may come that no fault caused.
INTERVAL, TIMEOUT = ("3s", "30s") if SANITIZED else ("1s", "5s")
OFTEN = {"balance": {"interval": INTERVAL}, "bills": {"interval": INTERVAL}}


def impatient_config(accounts, polling=None):
    return make_config(accounts, polling=polling or OFTEN, aggregation=AGGREGATION,
                       http={"timeout": TIMEOUT, "max_retries": 0})


class Troubled:
    """One account with its fault and what must come of it."""

    def __init__(self, cloud, number, collector, operation, kind, reason):
        self.name = f"{collector}-{kind}"
        self.key = PROVIDER.key(number)
        self.collector, self.operation = collector, operation
        self.kind, self.reason = kind, reason
        self.config = make_account(cloud, number, name=self.name, collectors=[collector])

    def order_fault(self, cloud):
        cloud.add_fault(self.kind, self.key, self.operation)

    def value(self, shown, metric, **labels):
        return shown.value(f"collector_{metric}", account=self.name, collector=self.collector,
                           **labels)

    def polls(self, shown):
        return int(self.value(shown, "polls_total"))

    def failures(self, shown):
        return int(self.value(shown, "failures_total"))

    def reasons(self, shown):
        """Of the latest poll; without the timeouts of a machine that is too slow for sanitizers."""
        failing = shown.select("collector_failing", account=self.name, collector=self.collector)
        reasons = [dict(labels)["reason"] for labels in failing]
        if SANITIZED and self.reason and reasons == ["timeout"]:
            return [self.reason]
        return reasons


class AfterAGoodPoll(EndToEndTest):
    def make_accounts(self, cloud):
        kinds = [("bills", PROVIDER.bill, kind, reason)
                 for kind, reason in BILL_FAULTS.items()]
        kinds += [("balance", PROVIDER.balance, kind, reason)
                  for kind, reason in BALANCE_FAULTS.items()]
        kinds += [("bills", PROVIDER.bill, kind, None) for kind in HARMLESS]
        kinds += [("bills", "none", "no_fault", None), ("balance", "none", "no_fault", None)]
        return [Troubled(cloud, number, *facts) for number, facts in enumerate(kinds, 1)]

    def test_every_fault_is_counted_keeps_the_last_values_and_heals_by_itself(self):
        cloud = self.start_simulator("--accounts=40", *PROVIDER.small_company)
        accounts = self.make_accounts(cloud)
        failing = [account for account in accounts if account.reason]
        healthy = [account for account in accounts if not account.reason]
        exporter = self.start_exporter(impatient_config([a.config for a in accounts]))
        exporter.wait_for(lambda shown: all(
            a.value(shown, "up") == "1" for a in accounts), "a good poll of each account")
        # Polls that never rest leave the days a quarter of the rate.
        good = exporter.wait_for_days(3 * PATIENCE).metrics()
        for account in accounts:
            self.assertTrue(good.amount_names(account.name), account.name)

        for account in accounts:
            if account.kind != "no_fault":
                account.order_fault(cloud)
        # Counters are shown at once, everything else up to a second later.
        first = exporter.wait_for(lambda shown: all(
            a.failures(shown) and a.value(shown, "up") == "0" for a in failing),
            "a failed poll of each account")
        later = exporter.wait_for(
            lambda shown: all(a.polls(shown) > a.polls(first) + 1 and a.value(shown, "up") == "1"
                              for a in healthy)
            and all(a.failures(shown) > 1 for a in failing),
            "further polls of each account")

        for account in failing:
            with self.subTest(fault=account.name):
                for shown in (first, later):
                    self.assertEqual(account.reasons(shown), [account.reason])
                    self.assertEqual(account.value(shown, "up"), "0")
                    self.assertEqual(shown.data_lines(account.name), good.data_lines(account.name))
                if account.kind not in OF_ROWS or not is_month_empty(cloud):
                    self.assertEqual(account.value(later, "last_success_timestamp_seconds"),
                                     account.value(first, "last_success_timestamp_seconds"))
                self.assertGreater(
                    later.count("api_failures_total", account=account.name,
                                operation=account.operation), 0)
                self.assertGreater(
                    later.count("api_failures_by_reason_total", provider=PROVIDER.name,
                                operation=account.operation, reason=account.reason), 0)
        for account in healthy:
            with self.subTest(untroubled=account.name):
                if not SANITIZED:
                    self.assertEqual(account.failures(later), 0)
                self.assertEqual(account.reasons(later), [])
                self.assertEqual(account.value(later, "up"), "1")
        if PROVIDER is BAIDU:
            self.assertIn("sub_accounts", self.log_of(exporter, "bills-masked"))

        cloud.clear_faults()
        healed = exporter.wait_for(lambda shown: all(
            a.value(shown, "up") == "1" for a in accounts), "recovery of each account")
        for account in failing:
            with self.subTest(healed=account.name):
                self.assertEqual(healed.data_lines(account.name), good.data_lines(account.name))
                self.assertGreater(float(account.value(healed, "last_success_timestamp_seconds")),
                                   float(account.value(first, "last_success_timestamp_seconds")))

    def log_of(self, exporter, account):
        return "\n".join(line for line in exporter.err.splitlines()
                         if f"account={account}" in line)


class BeforeTheFirstSuccess(EndToEndTest):
    def test_nothing_is_shown_until_a_poll_is_good(self):
        kinds = ["status_500", *PROVIDER.own_bill_faults, "unreadable_amount", "bad_signature",
                 "hang", "repeated_page"]
        cloud = self.start_simulator(f"--accounts={len(kinds)}", *PROVIDER.small_company)
        names = []
        for number, kind in enumerate(kinds, 1):
            names.append(f"account-{number}")
            cloud.add_fault(kind, PROVIDER.key(number), PROVIDER.bill)
            if kind != "repeated_page":  # needs a second page, which no balance has
                cloud.add_fault("not_json", PROVIDER.key(number), PROVIDER.balance)
        accounts = [make_account(cloud, number) for number in range(1, len(kinds) + 1)]
        exporter = self.start_exporter(impatient_config(accounts)).wait_ready()
        shown = exporter.metrics()
        for kind, name in zip(kinds, names):
            with self.subTest(account=name):
                self.assertEqual(shown.value("collector_up", account=name, collector="bills"), "0")
                if kind in OF_ROWS and is_month_empty(cloud):
                    self.assertEqual(shown.select("account_billed_cost", account=name, period="previous"), {})
                    continue
                amounts = shown.amount_names(name)
                self.assertEqual([n for n in amounts if not n.endswith("_balance")
                                  and not n.endswith("_limit")], [])
                if name != names[kinds.index("repeated_page")]:
                    self.assertEqual(amounts, [])
                self.assertIsNone(shown.value("collector_last_success_timestamp_seconds",
                                              account=name, collector="bills"))
        cloud.clear_faults()
        healed = exporter.wait_for(lambda shown: all(
            shown.value("collector_up", account=name, collector=collector) == "1"
            for name in names for collector in ("bills", "balance")), "recovery")
        for number, name in enumerate(names, 1):
            ExpectedBill(cloud, PROVIDER.key(number), AGGREGATION).check(self, healed, name)


class TroubleOfOneAccount(EndToEndTest):
    @unittest.skipUnless(PROVIDER is BAIDU, "financial circles are Baidu's")
    def test_a_member_that_polls_itself_is_told_to_be_polled_from_its_master(self):
        cloud = self.start_simulator("--sub-accounts=1", *PROVIDER.small_company)
        account = make_account(cloud, "1-1", collectors=["bills"])
        run = self.poll_once(make_config([account]), "--log.format=json", status=1)
        [failure] = [json.loads(line) for line in run.err.splitlines() if "poll failed" in line]
        self.assertEqual(failure["reason"], "permission")
        self.assertIn("sub_accounts", failure["error"])
        self.assertEqual(run.metrics.amount_names("account-1-1"), [])

    def test_a_hanging_account_does_not_delay_another(self):
        cloud = self.start_simulator("--accounts=2", *PROVIDER.small_company)
        cloud.add_fault("hang", PROVIDER.key(1))
        accounts = [make_account(cloud, number) for number in (1, 2)]
        config = make_config(accounts, polling=OFTEN, http={"timeout": "5m", "max_retries": 0})
        exporter = self.start_exporter(config)
        shown = exporter.wait_for(lambda shown: all(
            shown.count("collector_polls_total", account="account-2", collector=c) >= 3
            for c in ("bills", "balance")), "polls of the other account")
        self.assertEqual(shown.select("collector_up", account="account-1"), {})
        self.assertFalse(exporter.is_ready())

    def test_nobody_listening_is_counted_as_transport(self):
        cloud = self.start_simulator("--accounts=2", *PROVIDER.small_company)
        gone = self.start_simulator()
        self.assertEqual(gone.stop(), 0)
        accounts = [make_account(gone, 1), make_account(cloud, 2)]
        shown = self.poll_once(make_config(accounts), status=1).metrics
        for collector in ("balance", "bills"):
            self.assertEqual(shown.value("collector_failures_total", account="account-1",
                                         collector=collector), "1")
            self.assertEqual(shown.value("collector_failing", account="account-1",
                                         collector=collector, reason="transport"), "1")
            self.assertEqual(shown.value("collector_up", account="account-2",
                                         collector=collector), "1")

    def test_a_cloud_that_returns_is_polled_again_without_a_restart(self):
        cloud = self.start_simulator("--accounts=1", *PROVIDER.small_company)
        exporter = self.start_exporter(impatient_config([make_account(cloud)])).wait_ready()
        cloud.kill()
        down = exporter.wait_for(lambda shown: all(
            shown.value("collector_up", collector=c) == "0" for c in ("bills", "balance")),
            "failed polls")
        self.assertNotEqual(down.select("account_billed_cost"), {})
        again = self.start_simulator(*PROVIDER.small_company, port=cloud.port)
        wait_until(lambda: again.requests()["total"] > 0, "requests after the return")
        exporter.wait_for(lambda shown: all(
            shown.value("collector_up", collector=c) == "1" for c in ("bills", "balance")),
            "good polls")


if __name__ == "__main__":
    main()
