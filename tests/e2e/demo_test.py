"""The demo as `make demo` starts it: every answer about what comes is there, and equals what follows from the
simulated clouds' own books, by arithmetic of its own.
"""

import datetime
import decimal
import re
import urllib.parse
from decimal import Decimal

from exact_amounts_test import MEMBERS, demo_config
from harness import CHINA, EndToEndTest, main, print_amount, wait_until

decimal.getcontext().prec = 60
DAY = 86400
MODES = ("prepaid", "postpaid")
# Of the accounts whose bill can be read.
NAMES = ["prod", "staging", "data", "group", "ads", "legacy", "volc-prod", "volc-linked", "volc-ai", "volc-media",
         "volc-global", "volc-lab"]
CURRENCY = {"volc-lab": "USD"}  # of the configuration, where it is not CNY
# In the provider's own total of each month, and in no row of the bill.
UNLISTED = {"volc-global": {("CNY", "ECS", "prepaid"): Decimal(96)}}
CLOSED_MONTHS = 12
SERVICE = ("currency", "service_type", "billing_mode")


def days_before(day, days):
    return day - datetime.timedelta(days=days)


def month_before(day):
    """The first day of the month before the day's."""
    return days_before(day.replace(day=1), 1).replace(day=1)


def month_after(day):
    return (day.replace(day=1) + datetime.timedelta(days=32)).replace(day=1)


def add_up(costs):
    """Dictionaries of amounts, together."""
    sums = {}
    for cost in costs:
        for key, amount in cost.items():
            sums[key] = sums.get(key, Decimal(0)) + amount
    return sums


def rounded(amount):
    return amount.quantize(Decimal("1e-8"), decimal.ROUND_HALF_EVEN)


class Book:
    """What one account cost, as the simulator adds it up, and what follows from it."""

    def __init__(self, cloud, name):
        self.cloud, self.key = cloud, f"demo-ak-{name}"
        self.members = MEMBERS if name == "group" else []
        self.currency = CURRENCY.get(name, "CNY")
        day = cloud.day(self.key, self.members)
        self.newest = datetime.date.fromisoformat(day["day"])
        self.month = datetime.datetime.now(CHINA).date().replace(day=1)  # its first day
        covered = cloud.totals(self.key, f"{self.month:%Y-%m}", sub_accounts=self.members)["covered_days"]
        self.covered = covered[1] if covered else 0  # how many days of the month its bill covers

    def cost(self, first, last, group_by=("currency", "billing_mode")):
        """Of days of one month: (currency, mode) to amount."""
        query = {"access_key_id": self.key, "month": f"{first:%Y-%m}", "start_day": str(first), "end_day": str(last),
                 "group_by": ",".join(group_by), "sub_accounts": ",".join(self.members)}
        found = self.cloud.control("GET", "totals?" + urllib.parse.urlencode(query))["by_group"]
        return {tuple(item[label] for label in group_by): Decimal(item["billed_cost"]) for item in found}

    def cost_of_days(self, first, last):
        """Of days that may lie in two months."""
        if first > last:
            return {}
        end = min(last, days_before(month_after(first), 1))
        return add_up([self.cost(first, end), self.cost_of_days(days_before(end, -1), last)])

    def mean(self, window):
        """Of the last days, a day without rows among them."""
        sums = self.cost_of_days(days_before(self.newest, window - 1), self.newest)
        for currency in {currency for currency, _ in sums} or {self.currency}:
            for mode in MODES:
                sums.setdefault((currency, mode), Decimal(0))
        return {key: rounded(amount / window) for key, amount in sums.items()}

    def month_to_date(self):
        """What the bill of the month covers."""
        return self.cost(self.month, days_before(self.month, 1 - self.covered)) if self.covered else {}

    def forecast(self):
        expected = {}

        def add(currency, amount):
            expected[(currency,)] = expected.get((currency,), Decimal(0)) + amount

        for (currency, mode), amount in self.month_to_date().items():
            add(currency, amount if mode != "postpaid" else Decimal(0))
        passed = max(0, (self.newest - self.month).days + 1)
        for (currency, mode), amount in self.cost_of_days(self.month, self.newest).items():
            add(currency, amount if mode == "postpaid" else Decimal(0))
        rest = (month_after(self.month) - self.month).days - passed
        for (currency, mode), mean in self.mean(7).items():
            if mode == "postpaid":
                add(currency, mean * rest)
        return expected

    def previous_to_date(self):
        first = month_before(self.month)
        days = min(self.covered, (self.month - first).days)
        return self.cost(first, days_before(first, 1 - days)) if days else {}

    def week_earlier(self):
        """By service, those of the newest day too."""
        earlier = days_before(self.newest, 7)
        cost = dict.fromkeys(self.cost(self.newest, self.newest, SERVICE), Decimal(0))
        return cost | self.cost(earlier, earlier, SERVICE)

    def closed_months(self, more):
        """(month, currency, service, mode) to amount, with what no row tells; months without cost are not there."""
        expected = {}
        month = month_before(self.month)
        for _ in range(CLOSED_MONTHS):
            month = month_before(month)
            costs = self.cost(month, days_before(month_after(month), 1), SERVICE)
            if costs:
                costs = add_up([costs, more])
            expected |= {(f"{month:%Y-%m}", *key): amount for key, amount in costs.items() if amount}
        return expected


def accounts_that_show(text, name, rest):
    """Those of which /metrics has a line of this metric that ends like this."""
    return set(re.findall(rf'^cloud_billing_{name}{{[^}}]*account="([^"]+)"{rest}', text, re.M))


class Demo(EndToEndTest):
    def test_what_is_said_of_days_and_months_equals_the_books(self):
        cloud = self.start_simulator("--demo", "--rate=20", "--volcengine-rate=5")
        exporter = self.start_exporter(demo_config(cloud)).wait_ready()
        # A text as large as this is not taken apart again and again.
        lines = (("trend_coverage_ratio", r"[^}]*} 1$"), ("previous_month_to_date_billed_cost", ""),
                 ("collector_up", r'[^}]*collector="history"} 1$'))

        def is_all_there():
            text = exporter.ask("/metrics").body.decode()
            return all(accounts_that_show(text, *line) >= set(NAMES) for line in lines)

        wait_until(is_all_there, "two months of days and twelve months are known of every account")
        self.shown = exporter.metrics()
        money = {account["access_key_id"]: account for account in cloud.control("GET", "accounts")}
        for name in NAMES:
            book = Book(cloud, name)
            with self.subTest(account=name):
                self.check_days(name, book)
                self.check_runway(name, money[book.key], book.mean(7)[("CNY", "postpaid")])
                self.assert_amounts("closed_month_billed_cost", name, ("month", *SERVICE),
                                    book.closed_months(UNLISTED.get(name, {})))

    def check_days(self, name, book):
        modes = ("currency", "billing_mode")
        for window in (7, 30):
            self.assert_amounts("daily_billed_cost_average", name, modes, book.mean(window), window=f"{window}d")
        self.assert_amounts_or_0("forecast_billed_cost", name, ("currency",), book.forecast())
        self.assert_amounts("week_earlier_day_billed_cost", name, SERVICE, book.week_earlier())
        self.assert_amounts_or_0("previous_month_to_date_billed_cost", name, modes, book.previous_to_date())

    def check_runway(self, name, money, daily):
        available = Decimal(money.get("available_balance") or money["cash_balance"])
        available += Decimal(money.get("remaining_quota", 0))
        shown = self.shown.value("balance_runway_seconds", account=name, currency="CNY")
        self.assertGreater(daily, 0)
        if available <= 0:
            self.assertEqual(shown, "0")
        else:
            self.assertAlmostEqual(float(shown) / float(available / daily * DAY), 1, delta=1e-12)

    def assert_amounts_or_0(self, name, account, labels, expected):
        """The same, and 0 for modes and currencies that it had no cost in."""
        keys = (tuple(dict(key)[label] for label in labels) for key in self.shown.select(name, account=account))
        self.assert_amounts(name, account, labels, dict.fromkeys(keys, Decimal(0)) | expected)

    def assert_amounts(self, name, account, labels, expected, **where):
        """That an account's family has just these amounts."""
        found = self.shown.select(name, account=account, **where)
        shown = {tuple(dict(key)[label] for label in labels): amount for key, amount in found.items()}
        self.assertEqual(len(shown), len(found), "two series of the same labels")
        self.assertEqual(shown, {key: print_amount(amount) for key, amount in expected.items()}, name)


if __name__ == "__main__":
    main()
