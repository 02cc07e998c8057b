"""Faults that fail no poll, or only a part of one."""

import unittest

from expected_bill import ExpectedBill
from harness import MEASURES, EndToEndTest, billing_months, main, make_account, make_config
from providers import BAIDU, PROVIDER, is_month_empty

# Baidu's total must not change at all, Volcengine's may grow: there a later page has to shrink it.
TOTAL_FAULT, TOTAL_AFTER = (("changing_total", 1) if PROVIDER is BAIDU else
                            ("shrinking_total", 3))
AGGREGATION = {"group_by": ["service_type", "region_id", "billing_mode"], "tag_keys": ["team"],
               "measures": MEASURES}
OFTEN = {"balance": {"interval": "1s"}, "bills": {"interval": "1s"}}


class FaultsThatAreForgiven(EndToEndTest):
    def test_one_bad_answer_then_a_good_one_is_a_good_poll(self):
        faults = {"status_500": {}, "throttled": {"retry_after": 1}, "expired": {}, "reset": {},
                  "truncated_body": {}, "bad_gateway": {}, "error_in_200": {},
                  TOTAL_FAULT: {"after": TOTAL_AFTER}, "deep_unknown_field": {"depth": 90_000 // PROVIDER.page_size},
                  "bad_utf8": {}}
        cloud = self.start_simulator(f"--accounts={len(faults)}", *PROVIDER.company)
        accounts = []
        for number, (kind, more) in enumerate(faults.items(), 1):
            cloud.add_fault(kind, PROVIDER.key(number), PROVIDER.bill, count=1, **more)
            accounts.append(make_account(cloud, number, name=kind, collectors=["bills"]))
        config = make_config(accounts, aggregation=AGGREGATION,
                             http={"timeout": "30s", "max_retries": 1})
        shown = self.poll_once(config).metrics
        for number, kind in enumerate(faults, 1):
            with self.subTest(fault=kind):
                ExpectedBill(cloud, PROVIDER.key(number), AGGREGATION).check(self, shown, kind)
                failed = shown.count("api_failures_total", account=kind, operation=PROVIDER.bill)
                forgiven = ("deep_unknown_field", "bad_utf8")
                self.assertEqual(failed, 0 if kind in forgiven else 1)


class PartialFailures(EndToEndTest):
    def test_pages_that_do_not_add_up_are_read_once_more_and_then_refused(self):
        cloud = self.start_simulator("--accounts=1", *PROVIDER.company)
        month = billing_months()["previous"]
        cloud.add_fault("repeated_page", PROVIDER.key(1), PROVIDER.bill)
        account = make_account(cloud, collectors=["bills"])
        shown = self.poll_once(make_config([account]), status=1).metrics
        for page in (1, 2):
            self.assertEqual(cloud.count_requests(PROVIDER.key(1), PROVIDER.bill,
                                                  **PROVIDER.page_of(month, page)),
                             2, f"requests of page {page}")
        if PROVIDER is BAIDU:  # the other listing is left alone
            self.assertEqual(cloud.count_requests(PROVIDER.key(1), PROVIDER.bill, month=month,
                                                  productType="prepay"), 1)
        self.assertEqual(shown.value("collector_failures_total", collector="bills"), "1")
        self.assertEqual(shown.value("collector_failing", collector="bills",
                                     reason="inconsistent"), "1")
        if is_month_empty(cloud):  # that bill adds up
            self.assertEqual(shown.select("account_billed_cost", period="previous"), {})
        else:
            self.assertEqual(shown.amount_names("account-1"), [])

    def test_one_month_that_cannot_be_read_leaves_the_other_its_own(self):
        cloud = self.start_simulator("--accounts=1", *PROVIDER.company)
        # The months take turns and the current one starts: its first request fails.
        cloud.add_fault("not_json", PROVIDER.key(1), PROVIDER.bill, count=1)
        account = make_account(cloud, collectors=["bills"])
        run = self.poll_once(make_config([account]), status=1)
        months = {"current", "previous"}
        shown = {dict(key)["period"] for key in run.metrics.select("bill_rows")}
        self.assertEqual(len(shown), 1)
        failed = (months - shown).pop()
        self.assertIn(billing_months()[failed], run.err)
        self.assertEqual(run.metrics.value("collector_up", collector="bills"), "0")
        rows = cloud.totals(PROVIDER.key(1), billing_months()[shown.pop()])["total"]["rows"]
        self.assertEqual(run.metrics.value("bill_rows"), str(rows))

    @unittest.skipUnless(PROVIDER is BAIDU, "only Baidu's credit is asked for on its own")
    def test_a_refused_credit_quota_leaves_the_balance_good(self):
        cloud = self.start_simulator("--accounts=2", *PROVIDER.company)
        cloud.add_fault("forbidden", PROVIDER.key(1), "credit_quota")
        accounts = [make_account(cloud, number) for number in (1, 2)]  # 2 may never read it
        exporter = self.start_exporter(make_config(accounts, polling=OFTEN)).wait_ready()
        shown = exporter.wait_for(lambda shown: all(
            shown.count("collector_polls_total", account=name, collector="balance") >= 3
            for name in ("account-1", "account-2")), "three polls of each balance")
        for number in (1, 2):
            name = f"account-{number}"
            with self.subTest(account=name):
                cash = f"{1000 + number}.25"
                self.assertEqual(shown.value("cash_balance", account=name), cash)
                self.assertEqual(shown.value("available_balance", account=name), cash)
                self.assertIsNone(shown.value("credit_limit", account=name))
                self.assertEqual(shown.value("collector_up", account=name, collector="balance"),
                                 "1")
                # Refused once, it is not asked again today.
                self.assertEqual(cloud.count_requests(PROVIDER.key(number), "credit_quota"), 1)

    def test_a_tag_that_cannot_be_read_costs_itself_alone_and_is_said_once(self):
        cloud = self.start_simulator("--accounts=1", *PROVIDER.small_company)
        cloud.add_fault("odd_tag", PROVIDER.key(1), PROVIDER.bill)
        account = make_account(cloud, collectors=["bills"])
        exporter = self.start_exporter(
            make_config([account], polling=OFTEN, aggregation=AGGREGATION)).wait_ready()
        shown = exporter.wait_for(lambda shown: shown.count(
            "collector_polls_total", account="account-1", collector="bills") >= 3, "three polls")
        ExpectedBill(cloud, PROVIDER.key(1), AGGREGATION).check(self, shown, "account-1")
        self.assertEqual(shown.value("collector_up", collector="bills"), "1")
        for period, month in billing_months().items():
            said = [line for line in exporter.err.splitlines()
                    if "tags of bill rows cannot be read" in line and f"month={month}" in line]
            rows = shown.count("bill_rows", period=period)
            self.assertEqual(len(said), 1 if rows else 0, said)
            for line in said:
                self.assertIn(f"tags={rows:.0f}", line)

    @unittest.skipUnless(PROVIDER is BAIDU, "only Baidu's credit is asked for on its own")
    def test_cash_is_shown_although_the_credit_or_the_bill_before_it_cannot_be_read(self):
        cloud = self.start_simulator("--accounts=4", "--rows=30")
        cloud.add_fault("status_500", PROVIDER.key(1), "credit_quota")
        cloud.add_fault("status_500", PROVIDER.key(4), PROVIDER.bill)
        accounts = [make_account(cloud, number, collectors=["balance"]) for number in (1, 4)]
        run = self.poll_once(make_config(accounts), "--log.level=debug", status=1)
        for number, what in ((1, "credit quota: "),
                             (4, "the account's id, from the postpay bill of ")):
            name = f"account-{number}"
            with self.subTest(account=name):
                self.assertEqual(run.metrics.value("cash_balance", account=name),
                                 f"{1000 + number}.25")
                self.assertIsNone(run.metrics.value("available_balance", account=name))
                self.assertIsNone(run.metrics.value("credit_limit", account=name))
                self.assertEqual(run.metrics.value("collector_up", account=name), "0")
                self.assertEqual(run.metrics.value("collector_failures_total", account=name,
                                                   collector="balance"), "1")
                self.assertEqual(run.metrics.value("collector_failing", account=name,
                                                   collector="balance", reason="server"), "1")
                failed = [line for line in run.err.splitlines()
                          if "poll failed" in line and name in line]
                self.assertEqual(len(failed), 1, run.err)
                self.assertIn("the cash balance was read, the credit quota was not: " + what,
                              failed[0])
        self.assertIn('cloud_says="InternalError: ', run.err)

    def test_a_total_that_cannot_be_read_leaves_the_bill_good(self):
        kinds = ["forbidden", "status_500", "not_json", "unreadable_amount", "empty_body"]
        cloud = self.start_simulator(f"--accounts={len(kinds)}", *PROVIDER.company)
        for number, kind in enumerate(kinds, 1):
            cloud.add_fault(kind, PROVIDER.key(number), PROVIDER.summary)
        accounts = [make_account(cloud, number, name=kind, collectors=["bills"])
                    for number, kind in enumerate(kinds, 1)]
        shown = self.poll_once(make_config(accounts)).metrics
        for number, kind in enumerate(kinds, 1):
            with self.subTest(fault=kind):
                self.assertEqual(shown.value("collector_up", account=kind), "1")
                self.assertNotEqual(shown.select("account_billed_cost", account=kind), {})
                # The total of a month without a row, as in its first hours, holds no amount.
                where = {"period": "previous"} if kind == "unreadable_amount" and is_month_empty(cloud) else {}
                for absent in ("provider_billed_cost", "reconciliation_difference"):
                    self.assertEqual(shown.select(absent, account=kind, **where), {})


if __name__ == "__main__":
    main()
