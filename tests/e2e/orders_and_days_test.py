"""Orders of a window, and the newest complete day, equal the cloud's own books."""

import datetime
from decimal import Decimal

from harness import EndToEndTest, billing_months, main, make_account, make_config, print_amount
from providers import PROVIDER

WINDOW_DAYS = 40  # crosses a month's end, and Volcengine's longest span of 31 days


def groups_of(book):
    """What the simulator's book shows, as {label pairs: value}."""
    counts, amounts = {}, {}
    for group in book["orders"]:
        labels = tuple(sorted((name, group[name])
                              for name in ("order_status", "order_type", "service_type")))
        counts[labels] = print_amount(group["orders"])
        amounts[tuple(sorted((*labels, ("currency", group["currency"]))))] = print_amount(
            group["amount"])
    return counts, amounts


class Orders(EndToEndTest):
    def config(self, cloud, **more):
        return make_config([make_account(cloud, collectors=["orders"], **more)],
                           polling={"orders": {"interval": "1h", "window": f"{WINDOW_DAYS}d"}})

    def test_2500_orders_over_pages_are_counted_and_summed_exactly(self):
        # The simulator's figure is for 30 days.
        cloud = self.start_simulator("--rows=0", f"--orders={2500 * 30 // WINDOW_DAYS}")
        # The window ends when the poll starts: at one of these seconds.
        before = datetime.datetime.now(datetime.timezone.utc)
        metrics = self.poll_once(self.config(cloud)).metrics
        after = datetime.datetime.now(datetime.timezone.utc)
        books = []
        moment = before.replace(microsecond=0)
        while moment <= after:
            start = moment - datetime.timedelta(days=WINDOW_DAYS)
            for end in (moment, moment + datetime.timedelta(seconds=1)):
                books.append(cloud.orders(PROVIDER.key(1), f"{start:%Y-%m-%dT%H:%M:%SZ}",
                                          f"{end:%Y-%m-%dT%H:%M:%SZ}"))
            moment += datetime.timedelta(seconds=1)
        where = {"provider": PROVIDER.name, "account": "account-1"}
        shown = (metrics.select("orders", **where), metrics.select("order_amount", **where))
        self.assertIn(shown, [groups_of(book) for book in books])
        orders = sum(int(value) for value in shown[0].values())
        self.assertGreater(orders, 2300)
        oldest = metrics.value("oldest_unpaid_order_timestamp_seconds", **where)
        self.assertIn(oldest, [str(book["oldest_unpaid_timestamp"]) for book in books])
        statuses = {dict(key)["order_status"] for key in shown[0]}
        self.assertLessEqual({"unpaid", "paid", "cancelled", "refunded"}, statuses)

    def test_a_key_that_may_not_read_orders_keeps_everything_else(self):
        cloud = self.start_simulator("--rows=30")
        cloud.add_fault("forbidden", PROVIDER.key(1), PROVIDER.orders)
        account = make_account(cloud, collectors=["balance", "bills", "orders"])
        metrics = self.poll_once(make_config([account]), status=1).metrics
        for collector, up in (("balance", "1"), ("bills", "1"), ("orders", "0")):
            self.assertEqual(metrics.value("collector_up", collector=collector), up)
        self.assertEqual(metrics.value("collector_failures_total", collector="orders"), "1")
        self.assertEqual(metrics.value("collector_failing", collector="orders",
                                       reason="permission"), "1")
        self.assertEqual(metrics.select("orders"), {})
        self.assertNotEqual(metrics.select("account_billed_cost"), {})


class NewestDay(EndToEndTest):
    def test_its_cost_is_exact_and_it_is_read_once(self):
        cloud = self.start_simulator("--rows=400")
        account = make_account(cloud, collectors=["bills"])
        polling = {"bills": {"interval": "1s"}}
        exporter = self.start_exporter(make_config([account], polling=polling)).wait_ready()
        shown = exporter.wait_for(lambda shown: shown.count(
            "collector_polls_total", collector="bills") >= 3, "three polls")
        book = cloud.day(PROVIDER.key(1))
        expected = {tuple(sorted((name, cost[name])
                                 for name in ("billing_mode", "currency", "service_type"))):
                    print_amount(cost["billed_cost"]) for cost in book["costs"]}
        self.assertTrue(expected)
        self.assert_same_samples(shown.select("day_billed_cost", provider=PROVIDER.name,
                                              account="account-1"), expected)
        self.assertEqual(shown.value("day_start_timestamp_seconds"), str(book["start_timestamp"]))
        day = {"beginTime": book["day"]} if PROVIDER.name == "baidu" else {
            "ExpenseDate": book["day"]}
        first = {**day, PROVIDER.bill_page: 0 if PROVIDER.counts_rows else 1,
                 **PROVIDER.bill_listing}
        self.assertEqual(cloud.count_requests(PROVIDER.key(1), PROVIDER.bill, **first), 1)

    def test_it_says_what_comes(self):
        cloud = self.start_simulator("--rows=400")
        key = PROVIDER.key(1)
        metrics = self.poll_once(make_config([make_account(cloud)])).metrics
        book = cloud.day(key)
        means = {}
        for cost in book["costs"]:
            labels = (("billing_mode", cost["billing_mode"]), ("currency", cost["currency"]))
            means[labels] = means.get(labels, Decimal(0)) + Decimal(cost["billed_cost"])
        means = {labels: round(mean, 8) for labels, mean in means.items()}  # half to even
        for (_, currency) in list(means):
            for mode in ("prepaid", "postpaid"):
                means.setdefault((("billing_mode", mode), currency), Decimal(0))
        where = {"provider": PROVIDER.name, "account": "account-1"}
        for window in ("7d", "30d"):
            self.assert_same_samples(
                metrics.select("daily_billed_cost_average", window=window, **where),
                {labels: print_amount(mean) for labels, mean in means.items()})
        self.assertEqual(metrics.value("trend_coverage_ratio", **where), repr(1 / 30))

        daily = means[(("billing_mode", "postpaid"), ("currency", "CNY"))]
        balance = Decimal(metrics.value("available_balance", currency="CNY", **where))
        self.assertAlmostEqual(
            float(metrics.value("balance_runway_seconds", currency="CNY", **where)),
            float(balance / daily * 86400), delta=1)

        # The bill of the month covers the complete days, or parts of later ones too.
        day_end = int(book["start_timestamp"]) + 86400
        month_end = int(metrics.value("period_end_timestamp_seconds", period="current",
                                      provider=PROVIDER.name))
        month_start = int(metrics.value("period_start_timestamp_seconds", period="current",
                                        provider=PROVIDER.name))
        covered = metrics.count("bill_data_through_timestamp_seconds", period="current", **where)
        forecast = metrics.select("forecast_billed_cost", **where)
        if day_end > month_start and covered != day_end and day_end - month_start > 86400:
            self.assertEqual(forecast, {}, "days before the newest one are not known")
            return
        totals = cloud.totals(key, billing_months()["current"], ["billing_mode"])["by_group"]
        cost = sum(Decimal(item["billed_cost"]) for item in totals
                   if item["billing_mode"] != "postpaid")
        if day_end - month_start == 86400:
            cost += sum(Decimal(item["billed_cost"]) for item in book["costs"]
                        if item["billing_mode"] == "postpaid" and item["currency"] == "CNY")
        elif day_end > month_start:
            cost += sum(Decimal(item["billed_cost"]) for item in totals
                        if item["billing_mode"] == "postpaid")
        rest = (month_end - max(day_end, month_start)) // 86400
        self.assertEqual(forecast[(("currency", "CNY"),)], print_amount(cost + daily * rest))

    def test_a_day_that_cannot_be_read_fails_no_poll(self):
        cloud = self.start_simulator("--rows=30")
        # The two months and the day take turns: the third request is the day's first.
        cloud.add_fault("not_json", PROVIDER.key(1), PROVIDER.bill, after=2, count=1)
        run = self.poll_once(make_config([make_account(cloud, collectors=["bills"])]))
        self.assertEqual(run.metrics.value("collector_up", collector="bills"), "1")
        self.assertEqual(run.metrics.select("day_billed_cost"), {})
        self.assertIn("the newest complete day was not read", run.err)


if __name__ == "__main__":
    main()
