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

    def test_a_day_that_cannot_be_read_fails_no_poll(self):
        cloud = self.start_simulator("--rows=30")
        # The two months and the day take turns: the third request is the day's first.
        cloud.add_fault("not_json", PROVIDER.key(1), PROVIDER.bill, after=2, count=1)
        run = self.poll_once(make_config([make_account(cloud, collectors=["bills"])]))
        self.assertEqual(run.metrics.value("collector_up", collector="bills"), "1")
        self.assertEqual(run.metrics.select("day_billed_cost"), {})
        self.assertIn("the newest complete day was not read", run.err)


class EarlierDays(EndToEndTest):
    """What follows from the days, from the first poll on, equals sums over the cloud's own books."""

    def costs_of(self, cloud, days, dimensions=("billing_mode", "currency")):
        """What these days cost together, as {label pairs: amount}, whichever months they are of."""
        costs = {}
        for day in days:
            totals = cloud.totals(PROVIDER.key(1), f"{day:%Y-%m}", sorted(dimensions),
                                  days=(day, day))
            for item in totals["by_group"]:
                labels = tuple((name, item[name]) for name in sorted(dimensions))
                costs[labels] = costs.get(labels, Decimal(0)) + Decimal(item["billed_cost"])
        return costs

    def with_both_modes(self, costs):
        for currency in {labels[1] for labels in costs} or {("currency", "CNY")}:
            for mode in ("prepaid", "postpaid"):
                costs.setdefault((("billing_mode", mode), currency), Decimal(0))
        return costs

    def check(self, cloud, shown, **where):
        def samples(name, **labels):
            return shown.select(name, **labels, **where)

        newest = datetime.date.fromisoformat(cloud.day(PROVIDER.key(1))["day"])
        before = [newest - datetime.timedelta(days=back) for back in range(30)]
        for window in (7, 30):
            sums = self.with_both_modes(self.costs_of(cloud, before[:window]))
            self.assert_same_samples(
                samples("daily_billed_cost_average", window=f"{window}d"),
                {labels: print_amount(round(cost / window, 8)) for labels, cost in sums.items()})
        self.assertEqual(shown.value("trend_coverage_ratio", **where), "1")

        week = self.costs_of(cloud, [newest - datetime.timedelta(days=7)],
                             ("billing_mode", "currency", "service_type"))
        for labels in self.costs_of(cloud, [newest], ("billing_mode", "currency", "service_type")):
            week.setdefault(labels, Decimal(0))
        self.assert_same_samples(samples("week_earlier_day_billed_cost"),
                                 {labels: print_amount(cost) for labels, cost in week.items()})

        month = datetime.date.fromisoformat(billing_months()["current"] + "-01")
        previous = (month - datetime.timedelta(days=1)).replace(day=1)
        start = int(shown.value("period_start_timestamp_seconds", period="current",
                                provider=PROVIDER.name))
        covered = shown.value("bill_data_through_timestamp_seconds", period="current", **where)
        whole = ((int(covered) - start) // 86400 if covered is not None
                 else (newest - month).days + 1)
        days = [previous + datetime.timedelta(days=day) for day in range(max(whole, 0))]
        to_date = self.costs_of(cloud, [day for day in days if day < month])
        for labels in self.costs_of(cloud, [previous + datetime.timedelta(days=day)
                                            for day in range((month - previous).days)]):
            to_date.setdefault((("billing_mode", "postpaid"), labels[1]), Decimal(0))
        self.assert_same_samples(samples("previous_month_to_date_billed_cost"), {
            labels: print_amount(cost) for labels, cost in self.with_both_modes(to_date).items()})

        mean = {labels[1]: round(cost / 7, 8) for labels, cost in
                self.with_both_modes(self.costs_of(cloud, before[:7])).items()
                if labels[0] == ("billing_mode", "postpaid")}
        forecast = {}
        totals = cloud.totals(PROVIDER.key(1), f"{month:%Y-%m}", ["billing_mode", "currency"])
        for item in totals["by_group"]:
            if item["billing_mode"] != "postpaid":
                currency = ("currency", item["currency"])
                forecast[currency] = forecast.get(currency, 0) + Decimal(item["billed_cost"])
        used = [month + datetime.timedelta(days=day) for day in range((newest - month).days + 1)]
        for labels, cost in self.costs_of(cloud, used).items():
            if labels[0] == ("billing_mode", "postpaid"):
                forecast[labels[1]] = forecast.get(labels[1], 0) + cost
        next_month = (month + datetime.timedelta(days=31)).replace(day=1)
        rest = (next_month - max(newest + datetime.timedelta(days=1), month)).days
        for currency, cost in mean.items():
            forecast[currency] = forecast.get(currency, 0) + cost * rest
        self.assert_same_samples(samples("forecast_billed_cost"),
                                 {(currency,): print_amount(cost)
                                  for currency, cost in forecast.items()})

        daily = mean[("currency", "CNY")]
        balance = Decimal(shown.value("available_balance", currency="CNY", **where))
        self.assertAlmostEqual(
            float(shown.value("balance_runway_seconds", currency="CNY", **where)),
            float(balance / daily * 86400), delta=1)

    def test_a_single_poll_says_what_comes(self):
        cloud = self.start_simulator("--rows=400")
        run = self.poll_once(make_config([make_account(cloud)]), "--log.level=debug")
        self.check(cloud, run.metrics, provider=PROVIDER.name, account="account-1")
        compared = [line for line in run.err.splitlines()
                    if "the days of a month and its bill" in line]
        newest, previous = cloud.day(PROVIDER.key(1))["day"], billing_months()["previous"]
        if newest[:7] > previous or PROVIDER.name == "baidu":  # else its last day is not complete yet
            self.assertIn(f"month={previous}", "".join(compared))
        for line in compared:
            self.assertIn("difference=0", line)

    def test_a_running_exporter_is_ready_before_it_has_read_them(self):
        cloud = self.start_simulator("--rows=400")
        state = self.directory / "state"
        state.mkdir()
        config = make_config([make_account(cloud)])
        exporter = self.start_exporter(config, f"--state.dir={state}").wait_ready()
        self.assertLess(exporter.metrics().count("trend_coverage_ratio"), 1)
        self.assertIn("they are being read", exporter.ask("/").body.decode())
        shown = exporter.wait_for(lambda shown: shown.value("trend_coverage_ratio") == "1" and shown.select(
            "previous_month_to_date_billed_cost"), "all days")
        self.check(cloud, shown, provider=PROVIDER.name, account="account-1")
        self.assertNotIn("Days not known", exporter.ask("/").body.decode())
        self.assertEqual(exporter.stop(), 0)

        # A restart knows them, and asks for none of them again on this day.
        cloud.forget_requests()
        again = self.start_exporter(config, f"--state.dir={state}").wait_ready()
        self.check(cloud, again.metrics(), provider=PROVIDER.name, account="account-1")
        self.assertEqual(cloud.requests()["total"], 0)

    def test_days_that_are_refused_are_missing_and_fail_nothing(self):
        cloud = self.start_simulator("--rows=30")
        if PROVIDER.name == "baidu":
            cloud.add_fault("forbidden", PROVIDER.key(1), PROVIDER.summary, after=2)
        else:
            # Both months and the newest day have one page each.
            cloud.add_fault("forbidden", PROVIDER.key(1), PROVIDER.bill, after=3)
        account = make_account(cloud, collectors=["bills"])
        run = self.poll_once(make_config([account]), "--log.level=debug")
        shown = run.metrics
        self.assertEqual(shown.value("collector_up", collector="bills"), "1")
        self.assertEqual(shown.value("trend_coverage_ratio"), repr(1 / 30))
        self.assertEqual(shown.select("week_earlier_day_billed_cost"), {})
        self.assertNotEqual(shown.select("day_billed_cost"), {})
        self.assertEqual(sum(int(count) for count in
                             shown.select("api_failures_total").values()), 1)
        said = [line for line in run.err.splitlines() if "earlier days were not all read" in line]
        self.assertEqual(len(said), 1, run.err)
        self.assertIn("reason=permission", said[0])


if __name__ == "__main__":
    main()
