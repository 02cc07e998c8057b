"""The collector `amortization`: effective costs equal the cloud's own books, and what is not known is no zero."""

import datetime
import json
from decimal import Decimal

from expected_bill import ExpectedShares
from harness import CHINA, EndToEndTest, billing_months, main, make_account, make_config
from providers import PROVIDER

KEY = PROVIDER.key(1)
IS_BAIDU = PROVIDER.name == "baidu"
MONTH = "month" if IS_BAIDU else "AmortizedMonth"
WHERE = {"provider": PROVIDER.name, "account": "account-1"}
FAMILIES = ["account_effective_cost", "effective_cost", "effective_cost_by_tag",
            "effective_data_through_timestamp_seconds"]
MEMBER = f"5b{1:015}{1:015}"  # of the simulator's first account
AGGREGATION = {"group_by": ["service_type", "region_id", "billing_mode", "sub_account_id"],
               "tag_keys": ["team", "env"]}


class Amortization(EndToEndTest):
    def config(self, cloud, collectors=("amortization",), more=None, **account):
        return make_config([make_account(cloud, collectors=list(collectors), **account)],
                           polling={"amortization": {"interval": "1h"}}, **(more or {}))

    def assert_absent(self, metrics):
        for name in FAMILIES:
            self.assertEqual(metrics.select(name, **WHERE), {}, name)

    def assert_failing(self, metrics, reason):
        self.assertEqual(metrics.value("collector_up", collector="amortization"), "0")
        self.assertEqual(set(metrics.select("collector_failing", collector="amortization", **WHERE)),
                         {(("reason", reason),)})

    def test_effective_costs_equal_the_clouds_books(self):
        cloud = self.start_simulator("--rows=700", "--sub-accounts=1")
        members = [MEMBER] if IS_BAIDU else []
        config = self.config(cloud, ["bills", "amortization"], {"aggregation": AGGREGATION},
                             **({"sub_accounts": members} if members else {}))
        run = self.poll_once(config)
        expected = ExpectedShares(cloud, KEY, AGGREGATION, members)
        expected.check(self, run.metrics)
        previous = expected.months["previous"]
        self.assertGreater(len(previous["by_group"]), 50)
        self.assertGreater(Decimal(previous["by_billing_mode"]["prepaid"]["billed_cost"]), 0)
        # More orders pay for a month than were placed in it.
        bill = cloud.totals(KEY, billing_months()["previous"], sub_accounts=members)
        self.assertGreater(previous["total"]["rows"], bill["total"]["rows"])
        self.assertRegex(run.err, r"first poll succeeded.*amortization")

    def test_what_is_postpaid_costs_what_is_billed(self):
        cloud = self.start_simulator("--rows=300")
        previous = billing_months()["previous"]
        if cloud.totals(KEY, previous)["covered_days"] != cloud.totals(KEY, previous, bill="amortized")["covered_days"]:
            self.skipTest("the amortised bill of the month that has just ended lacks its last days yet")
        metrics = self.poll_once(self.config(cloud, ["bills", "amortization"])).metrics
        where = {"period": "previous", "billing_mode": "postpaid", **WHERE}
        self.assertEqual(metrics.select("account_effective_cost", **where),
                         metrics.select("account_billed_cost", **where))
        where["billing_mode"] = "prepaid"
        self.assertNotEqual(metrics.select("account_effective_cost", **where),
                            metrics.select("account_billed_cost", **where))

    def test_it_needs_no_bills(self):
        aggregation = {"group_by": ["service_type", "billing_mode"]}
        cloud = self.start_simulator("--rows=100")
        run = self.poll_once(self.config(cloud, more={"aggregation": aggregation}))
        ExpectedShares(cloud, KEY, aggregation).check(self, run.metrics)
        self.assertEqual({request["operation"] for request in cloud.requests()["recent"]},
                         {PROVIDER.shares})

    def test_currencies_are_never_added(self):
        if IS_BAIDU:
            self.skipTest("it bills in one currency")
        aggregation = {"group_by": ["service_type", "billing_mode"]}
        cloud = self.start_simulator("--rows=200", "--usd=30")
        run = self.poll_once(self.config(cloud, more={"aggregation": aggregation}))
        for currency in ("CNY", "USD"):
            expected = ExpectedShares(cloud, KEY, aggregation, currency=currency)
            self.assertNotEqual(Decimal(expected.months["previous"]["total"]["billed_cost"]), 0)
            expected.check(self, run.metrics, currency=currency)

    def test_the_largest_groups_are_shown_and_the_others_fold_exactly(self):
        aggregation = {"group_by": ["service_type", "billing_mode"], "tag_keys": ["team"],
                       "max_series": 5}
        cloud = self.start_simulator("--rows=400")
        run = self.poll_once(self.config(cloud, more={"aggregation": aggregation}))
        expected = ExpectedShares(cloud, KEY, aggregation)
        self.assertGreater(expected.groups(expected.months["previous"])[1], 5)
        expected.check(self, run.metrics)

    def test_it_covers_whole_days(self):
        cloud = self.start_simulator("--rows=50")
        metrics = self.poll_once(self.config(cloud)).metrics
        for period, month in billing_months().items():
            covered = cloud.totals(KEY, month, bill="amortized")["covered_days"]
            first = datetime.datetime.fromisoformat(month + "-01").replace(tzinfo=CHINA)
            end = first + datetime.timedelta(days=covered[1] if covered else 0)
            shown = metrics.value(FAMILIES[-1], period=period)
            if covered:
                self.assertEqual(float(shown), end.timestamp())
            else:
                self.assertIsNone(shown, "without a row nothing is known")

    def test_what_is_not_switched_on_is_no_zero(self):
        cloud = self.start_simulator("--rows=100", "--unamortized")
        for collectors in (["bills", "amortization"], ["amortization"]):
            with self.subTest(collectors=collectors):
                metrics = self.poll_once(self.config(cloud, collectors)).metrics
                self.assert_absent(metrics)
                self.assertEqual(metrics.value("collector_up", collector="amortization"), "1")

    def test_an_account_that_has_no_bill_costs_nothing(self):
        cloud = self.start_simulator("--rows=100", "--since=2099-01")
        metrics = self.poll_once(self.config(cloud, ["bills", "amortization"])).metrics
        for period in ("current", "previous"):
            self.assertEqual(metrics.select("account_effective_cost", period=period, **WHERE), {
                (("billing_mode", mode), ("currency", "CNY")): "0" for mode in ("prepaid", "postpaid")})
        self.assert_absent(self.poll_once(self.config(cloud)).metrics)

    def test_a_key_that_may_not_read_it_keeps_everything_else(self):
        cloud = self.start_simulator("--rows=50")
        cloud.add_fault("forbidden", KEY, PROVIDER.shares)
        run = self.poll_once(self.config(cloud, ["balance", "bills", "amortization"]), status=1)
        self.assert_absent(run.metrics)
        self.assert_failing(run.metrics, "permission")
        for collector in ("balance", "bills"):
            self.assertEqual(run.metrics.value("collector_up", collector=collector), "1")
        cloud.clear_faults()
        alone = self.poll_once(self.config(cloud, ["balance", "bills"]))
        self.assertEqual(run.metrics.data_lines("account-1"), alone.metrics.data_lines("account-1"))

    def test_a_bad_answer_is_no_month(self):
        cloud = self.start_simulator(*PROVIDER.company)
        config = self.config(cloud)
        for fault, reason in (("throttled", "throttled"), ("truncated_body", "transport"),
                              ("unreadable_amount", "decode"), ("missing_amount", "decode"),
                              ("not_json", "decode"), ("empty_body", "decode"),
                              ("error_in_200", "server"), ("status_500", "server"),
                              ("short_page", "inconsistent"), ("shrinking_total", "inconsistent"),
                              ("repeated_page", "inconsistent")):
            with self.subTest(fault=fault):
                cloud.add_fault(fault, KEY, PROVIDER.shares)
                run = self.poll_once(config, status=1)
                cloud.clear_faults()
                self.assert_absent(run.metrics)
                self.assert_failing(run.metrics, reason)
        aggregation = {"group_by": ["service_type", "billing_mode"]}
        run = self.poll_once(self.config(cloud, more={"aggregation": aggregation}))
        ExpectedShares(cloud, KEY, aggregation).check(self, run.metrics)

    def test_a_member_of_a_financial_circle_is_told_to_ask_its_master(self):
        if not IS_BAIDU:
            self.skipTest("it has no financial circles")
        cloud = self.start_simulator("--rows=50")
        cloud.add_fault("masked", KEY, PROVIDER.shares)
        run = self.poll_once(self.config(cloud), status=1)
        self.assert_absent(run.metrics)
        self.assert_failing(run.metrics, "permission")
        self.assertIn("sub_accounts", run.err)

    def test_every_page_is_asked_for_once(self):
        cloud = self.start_simulator(*PROVIDER.company)
        self.poll_once(self.config(cloud))
        for month in billing_months().values():
            rows = cloud.totals(KEY, month, ["billing_mode"], bill="amortized")
            modes = rows["by_group"] if IS_BAIDU else [rows["total"]]
            pages = sum(-(-mode["rows"] // PROVIDER.company_page) for mode in modes)
            if month == billing_months()["previous"]:
                self.assertGreater(pages, 2)
                self.assertEqual(cloud.count_requests(KEY, PROVIDER.shares, **{MONTH: month}), pages)

    def test_without_a_total_pages_are_read_until_one_is_short(self):
        if IS_BAIDU:
            self.skipTest("it always tells the total")
        aggregation = {"group_by": ["service_type", "billing_mode"]}
        cloud = self.start_simulator(*PROVIDER.company)
        cloud.add_fault("no_total", KEY, PROVIDER.shares)
        run = self.poll_once(self.config(cloud, more={"aggregation": aggregation}))
        ExpectedShares(cloud, KEY, aggregation).check(self, run.metrics)

    def test_pages_of_one_row_are_read(self):
        if not IS_BAIDU:
            self.skipTest("it gives as many rows as were asked for")
        aggregation = {"group_by": ["service_type", "billing_mode"]}
        cloud = self.start_simulator("--rows=10", "--page-cap=1")
        run = self.poll_once(self.config(cloud, more={"aggregation": aggregation}))
        ExpectedShares(cloud, KEY, aggregation).check(self, run.metrics)

    def test_last_good_values_stay_when_a_poll_fails_and_across_a_restart(self):
        cloud = self.start_simulator("--rows=50")
        config = self.config(cloud)
        config["polling"]["amortization"] = {"interval": "1s"}
        flag = f"--state.dir={self.directory}/state"
        exporter = self.start_exporter(config, flag).wait_ready()
        before = exporter.metrics().data_lines("account-1")
        self.assertTrue(any("effective_cost" in line for line in before))
        cloud.add_fault("status_500", KEY, PROVIDER.shares)
        failing = exporter.wait_for(lambda shown: shown.value("collector_up", collector="amortization")
                                    == "0", "a failed poll")
        self.assertEqual(failing.data_lines("account-1"), before)
        self.assertEqual(exporter.stop(), 0)
        exporter = self.start_exporter(config, flag)
        self.assertEqual(exporter.metrics().data_lines("account-1"), before)

    def test_regions_get_their_ids_once_the_bill_is_known(self):
        if IS_BAIDU:
            self.skipTest("its amortised bill tells them")
        cloud = self.start_simulator("--rows=100")
        alone = self.poll_once(self.config(cloud)).metrics.select("effective_cost", period="previous")
        self.assertIn("华北2（北京）", {dict(labels)["region_id"] for labels in alone})
        both = self.poll_once(self.config(cloud, ["bills", "amortization"])).metrics
        regions = {dict(labels)["region_id"]
                   for labels in both.select("effective_cost", period="previous")}
        self.assertIn("cn-beijing", regions)
        self.assertNotIn("华北2（北京）", regions)
        self.assertIn("华东（金融云）", regions, "no row of the bill tells its zone")

    def test_access_to_it_is_checked(self):
        cloud = self.start_simulator("--rows=30")
        path = self.write_config(self.config(cloud))
        flags = (f"--config.file={path}", "--check-access", "--log.format=json")
        run = self.run_exporter(*flags)
        self.assertEqual(run.status, 0, run.out)
        line = json.loads(run.out)
        self.assertEqual((line["operation"], line["result"]), (PROVIDER.shares, "ok"))
        self.assertIn(billing_months()["current"], line["fact"])
        cloud.add_fault("forbidden", KEY, PROVIDER.shares)
        run = self.run_exporter(*flags)
        self.assertEqual(run.status, 1)
        line = json.loads(run.out)
        self.assertEqual(line["result"], "permission")
        self.assertIn("FCFullControlPolicy" if IS_BAIDU else "billing:" + PROVIDER.shares,
                      line["advice"])


if __name__ == "__main__":
    main()
