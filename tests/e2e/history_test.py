"""The collector `history`: closed months equal the cloud's own books, and each is asked for once."""

import datetime
import json
import signal
from decimal import Decimal

from expected_bill import OTHER
from harness import CHINA, EndToEndTest, main, make_account, make_config, print_amount
from providers import PROVIDER

KEY = PROVIDER.key(1)
IS_BAIDU = PROVIDER.name == "baidu"
MONTH = "billMonth" if IS_BAIDU else "BillPeriod"
WHERE = {"provider": PROVIDER.name, "account": "account-1"}
METRIC = "closed_month_billed_cost"
DIMENSIONS = ("currency", "service_type", "billing_mode")
MEMBER = f"5b{1:015}{1:015}"  # of the simulator's first account


def closed_months(count):
    """The months before the previous one, the newest first."""
    day = datetime.datetime.now(CHINA).date().replace(day=1)
    months = []
    for _ in range(count + 1):
        day = (day - datetime.timedelta(days=1)).replace(day=1)
        months.append(f"{day:%Y-%m}")
    return months[1:]


def costs_of(cloud, month, sub_accounts=()):
    """{(currency, service, mode): exact cost} of a month by the simulator's book."""
    groups = cloud.totals(KEY, month, DIMENSIONS, sub_accounts)["by_group"]
    costs = {tuple(group[name] for name in DIMENSIONS): Decimal(group["billed_cost"])
             for group in groups}
    return {key: cost for key, cost in costs.items() if cost}


def samples_of(month, costs):
    return {tuple(sorted([*zip(DIMENSIONS, key), ("month", month)])): print_amount(cost)
            for key, cost in costs.items()}


class History(EndToEndTest):
    def config(self, cloud, months=3, interval="1d", collectors=("history",), more=None, **account):
        return make_config([make_account(cloud, collectors=list(collectors), **account)],
                           polling={"history": {"months": months, "interval": interval}},
                           **(more or {}))

    def expected(self, cloud, months, sub_accounts=()):
        samples = {}
        for month in months:
            samples |= samples_of(month, costs_of(cloud, month, sub_accounts))
        return samples

    def asked(self, cloud, months):
        """How often each month was asked for."""
        return [cloud.count_requests(KEY, PROVIDER.summary, **{MONTH: month}) for month in months]

    def test_closed_months_equal_the_clouds_books(self):
        months = closed_months(3)
        cloud = self.start_simulator("--rows=400", "--sub-accounts=1", "--usd=30")
        members = [MEMBER] if IS_BAIDU else []
        run = self.poll_once(self.config(cloud, **({"sub_accounts": members} if members else {})))
        expected = self.expected(cloud, months, members)
        self.assertGreater(len(expected), 30)
        self.assert_same_samples(run.metrics.select(METRIC, **WHERE), expected)
        self.assertEqual({dict(key)["month"] for key in expected}, set(months))
        if not IS_BAIDU:
            self.assertEqual({dict(key)["currency"] for key in expected}, {"CNY", "USD"})
        # A bill of a month and a mode, of each billed account; Volcengine tells all together.
        each = 2 * (1 + len(members)) if IS_BAIDU else 1
        self.assertEqual(self.asked(cloud, months), [each] * 3)
        self.assertEqual(len(cloud.requests()["recent"]), 3 * each)
        self.assertEqual(run.metrics.value("collector_up", collector="history"), "1")
        self.assertRegex(run.err, r"first poll succeeded.*history")

    def test_what_does_not_fit_max_series_is_summed_exactly(self):
        month = closed_months(1)[0]
        cloud = self.start_simulator("--rows=400")
        run = self.poll_once(self.config(cloud, 1, more={"aggregation": {"max_series": 4}}))
        costs = costs_of(cloud, month)
        ranked = sorted(costs.items(), key=lambda cost: (-abs(cost[1]), cost[0]))
        shown = dict(ranked[:4])
        for (currency, _, mode), cost in ranked[4:]:
            key = (currency, OTHER, mode)
            shown[key] = shown.get(key, Decimal(0)) + cost
        self.assertGreater(len(costs), len(shown))
        self.assert_same_samples(run.metrics.select(METRIC, **WHERE), samples_of(month, shown))

    def test_each_month_is_asked_for_once_across_polls_and_a_restart(self):
        months = closed_months(2)
        cloud = self.start_simulator("--rows=100")
        config = self.config(cloud, 2, "1s")
        flag = f"--state.dir={self.directory}/state"

        def polls(shown):
            return shown.count("collector_polls_total", collector="history") >= 3

        exporter = self.start_exporter(config, flag).wait_ready()
        before = exporter.wait_for(polls, "three polls").select(METRIC)
        self.assert_same_samples(exporter.metrics().select(METRIC, **WHERE),
                                 self.expected(cloud, months))
        asked = len(cloud.requests()["recent"])
        self.assertEqual(asked, 4 if IS_BAIDU else 2)
        self.assertEqual(exporter.stop(), 0)
        exporter = self.start_exporter(config, flag)
        self.assert_same_samples(exporter.metrics().select(METRIC), before)
        self.assert_same_samples(exporter.wait_for(polls, "three polls").select(METRIC), before)
        self.assertEqual(len(cloud.requests()["recent"]), asked)

    def test_more_months_that_are_configured_later_are_read_at_once(self):
        months = closed_months(4)
        each = 2 if IS_BAIDU else 1
        cloud = self.start_simulator("--rows=100")
        flag = f"--state.dir={self.directory}/state"
        path = self.write_config(self.config(cloud, 1))
        exporter = self.start_exporter(path, flag).wait_ready()
        self.assertEqual(self.asked(cloud, months), [each, 0, 0, 0])
        path.write_text(json.dumps(self.config(cloud, 2)))
        exporter.process.send_signal(signal.SIGHUP)
        exporter.wait_for(lambda shown: shown.select(METRIC, month=months[1]), "the second month")
        self.assertEqual(self.asked(cloud, months), [each, each, 0, 0])
        self.assertEqual(exporter.stop(), 0)
        path.write_text(json.dumps(self.config(cloud, 4)))
        exporter = self.start_exporter(path, flag)
        exporter.wait_for(lambda shown: shown.select(METRIC, month=months[3]), "the fourth month")
        self.assertEqual(self.asked(cloud, months), [each] * 4)
        self.assert_same_samples(exporter.metrics().select(METRIC, **WHERE),
                                 self.expected(cloud, months))

    def test_months_without_rows_have_no_series_and_are_asked_for_once(self):
        months = closed_months(3)
        cloud = self.start_simulator("--rows=50", f"--since={months[0]}")
        exporter = self.start_exporter(self.config(cloud, 3, "1s")).wait_ready()
        shown = exporter.wait_for(
            lambda shown: shown.count("collector_polls_total", collector="history") >= 3, "polls")
        self.assertEqual(shown.value("collector_up", collector="history"), "1")
        self.assert_same_samples(shown.select(METRIC, **WHERE), self.expected(cloud, months[:1]))
        self.assertEqual(self.asked(cloud, months), [2 if IS_BAIDU else 1] * 3)

    def test_a_key_that_may_not_read_it_keeps_everything_else(self):
        cloud = self.start_simulator("--rows=30")
        cloud.add_fault("forbidden", KEY, PROVIDER.summary)
        config = self.config(cloud, 24, collectors=["balance", "history"])
        run = self.poll_once(config, status=1)
        self.assertEqual(run.metrics.value("collector_up", collector="balance"), "1")
        self.assertEqual(run.metrics.value("collector_up", collector="history"), "0")
        self.assertEqual(run.metrics.value("collector_failing", collector="history",
                                           reason="permission"), "1")
        self.assertEqual(run.metrics.select(METRIC), {})
        # What may not be read of one month is not asked for of all others.
        self.assertLess(cloud.count_requests(KEY, PROVIDER.summary), 24)
        self.assertIn(closed_months(1)[0], run.err)

    def test_an_answer_cut_short_is_no_month(self):
        months = closed_months(2)
        cloud = self.start_simulator("--rows=100")
        for fault, reason in (("cut_list", "inconsistent"), ("truncated_body", "transport"),
                              ("unreadable_amount", "decode"), ("not_json", None),
                              ("empty_body", "decode"), ("error_in_200", "server")):
            with self.subTest(fault=fault):
                cloud.add_fault(fault, KEY, PROVIDER.summary)
                run = self.poll_once(self.config(cloud, 2), status=1)
                cloud.clear_faults()
                self.assertEqual(run.metrics.select(METRIC), {})
                failing = run.metrics.select("collector_failing", collector="history", **WHERE)
                self.assertEqual(len(failing), 1)
                if reason is not None:
                    self.assertIn((("reason", reason),), failing)
        self.assert_same_samples(self.poll_once(self.config(cloud, 2)).metrics.select(
            METRIC, **WHERE), self.expected(cloud, months))

    def test_a_month_that_failed_is_read_later_and_the_others_are_kept(self):
        months = closed_months(2)
        cloud = self.start_simulator("--rows=100")
        cloud.add_fault("not_json", KEY, PROVIDER.summary, count=1)
        exporter = self.start_exporter(self.config(cloud, 2, "1s"))
        shown = exporter.wait_for(lambda shown: shown.value("collector_up", collector="history")
                                  == "1", "mended")
        self.assert_same_samples(shown.select(METRIC, **WHERE), self.expected(cloud, months))
        self.assertEqual(shown.value("collector_failures_total", collector="history"), "1")
        self.assertEqual(self.asked(cloud, months[1:]), [2 if IS_BAIDU else 1])

    def test_access_to_it_is_checked(self):
        cloud = self.start_simulator("--rows=30")
        path = self.write_config(self.config(cloud))
        flags = (f"--config.file={path}", "--check-access", "--log.format=json")
        run = self.run_exporter(*flags)
        self.assertEqual(run.status, 0, run.out)
        line = json.loads(run.out)
        self.assertEqual((line["operation"], line["result"]), (PROVIDER.summary, "ok"))
        cloud.add_fault("forbidden", KEY, PROVIDER.summary)
        run = self.run_exporter(*flags)
        self.assertEqual(run.status, 1)
        line = json.loads(run.out)
        self.assertEqual(line["result"], "permission")
        self.assertIn("FCReadAccessPolicy" if IS_BAIDU else "billing:ListBillOverviewByProd",
                      line["advice"])


if __name__ == "__main__":
    main()
