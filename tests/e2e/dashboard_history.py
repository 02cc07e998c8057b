"""A made-up past of exporters, as a Prometheus remembers it: what the dashboards are looked at with.

Each job is one exporter with its accounts. Amounts follow from a few numbers of each account, day by day, so
that sums and averages are what the exporter's own metrics would be. Scraped once an hour: a Prometheus that
shows it looks back that far.
"""

import dataclasses
import datetime
import itertools
import subprocess

from prometheus_test import find_tool

HOUR, DAY = 3600, 86400
ZONE = 8 * HOUR
NEVER = 10**12
# Of a day of week, Monday first.
WEEK = (1.05, 1.1, 1.08, 1.06, 1.0, 0.8, 0.75)


def quote(labels):
    return ",".join('{}="{}"'.format(name, str(value).replace("\\", r"\\").replace('"', r"\""))
                    for name, value in labels.items())


@dataclasses.dataclass
class Account:
    """Daily postpaid cost by (service, region); what was bought on the 5th of each month; what is left at the
    end, and what was paid in twelve days before."""
    name: str
    provider: str = "baidu"
    currency: str = "CNY"
    services: dict = dataclasses.field(default_factory=lambda: {("BCC", "bj"): 100.0})
    prepaid: float = 0
    left: float = 5000
    paid_in: float = 0
    arrears: float = None
    credit: float = None
    budget: float = None
    low_balance: float = None
    unpaid: dict = None  # service to amount, if the collector orders is on
    history: bool = False
    amortized: bool = False
    labels: dict = dataclasses.field(default_factory=dict)
    growth: float = 0.006  # of a day
    spike: tuple = None  # (days before the end, service, factor)
    failing: str = None  # reason, of bills, in the last two hours
    tags: tuple = ()
    measures: tuple = ("billed_cost",)
    regions: bool = True


class Past:
    """Of one account: amounts by day, where a day is counted from 1970 in UTC+8."""

    def __init__(self, account, end):
        self.account, self.end = account, end
        self.last = (end + ZONE) // DAY
        self.begin = self.last - 450
        self.sums = {}  # of each service, before each day
        for service in account.services:
            costs = [self.price(service, day) for day in range(self.begin, self.last + 1)]
            self.sums[service] = list(itertools.accumulate(costs, initial=0))
        self.shown = {}
        self.final = self.newest(end)

    def price(self, service, day):
        base = self.account.services[service] * WEEK[(day + 3) % 7]
        wave = 1 + 0.06 * ((day * 7919 + len(service[0]) * 104729) % 17 / 8 - 1)
        spike = self.account.spike
        factor = spike[2] if spike and (self.last - day, service[0]) == spike[:2] else 1
        return round(base * wave * factor * (1 + self.account.growth) ** max(day - self.last, -400), 2)

    def cost(self, service, day, days=1):
        sums = self.sums[service]
        return round(sums[day + days - self.begin] - sums[day - self.begin], 2)

    def total(self, first, after):
        return sum(self.cost(service, first, after - first) for service in self.account.services)

    def money(self, now):
        """What is shown of it at a time: it changes with the day only."""
        key = self.newest(now), months(now, 0)
        if key not in self.shown:
            self.shown[key] = list(money_samples(self, now))
        return self.shown[key]

    def newest(self, now):
        """The newest complete day that is known."""
        local = now + ZONE
        if self.account.provider == "baidu" and local % DAY >= 10 * HOUR:
            return local // DAY - 1
        return local // DAY - 2


def month_of(day):
    return datetime.date(1970, 1, 1) + datetime.timedelta(days=day)


def first_of(year, month):
    return (datetime.date(year + (month - 1) // 12, (month - 1) % 12 + 1, 1) - datetime.date(1970, 1, 1)).days


def months(now, back):
    """(name, first day, first day of the next) of a month before the current one."""
    date = month_of((now + ZONE) // DAY)
    number = date.year * 12 + date.month - 1 - back
    year, month = number // 12, number % 12 + 1
    return f"{year}-{month:02}", first_of(year, month), first_of(year, month + 1)


def money_samples(past, now):
    """(family, labels beside the account's, value)."""
    account, newest = past.account, past.newest(now)
    money = {"currency": account.currency}
    postpaid, prepaid = {**money, "billing_mode": "postpaid"}, {**money, "billing_mode": "prepaid"}
    left = account.left + past.total(newest + 1, past.final + 1) - (account.paid_in if past.final - newest > 12 else 0)
    yield "available_balance", money, left
    yield "cash_balance", money, left - (account.credit or 0)
    if account.credit is not None:
        yield "credit_limit", money, account.credit
    if account.arrears is not None:
        yield "arrears", money, account.arrears
    for family, value in (("budget", account.budget), ("low_balance_threshold", account.low_balance)):
        if value is not None:
            yield family, money, value

    until = {}
    for back, period in enumerate(("current", "previous")):
        _, first, after = months(now, back)
        after = min(after, max(newest + 1, first))
        until[period] = (first, after)
        bought = account.prepaid if after - first > 4 else 0
        for name in account.measures:
            factor = {"list_cost": 1.2, "discount_amount": 0.2, "coupon_amount": 0.05}.get(name, 1)
            yield f"account_{name}", {"period": period, **postpaid}, past.total(first, after) * factor
            yield f"account_{name}", {"period": period, **prepaid}, bought * factor
            for service in account.services:
                cost = past.cost(service, first, after - first) * factor
                region = {"region_id": service[1]} if account.regions else {}
                yield name, {"period": period, "service_type": service[0], **region, **postpaid}, cost
                for number, value in enumerate(account.tags):
                    yield f"{name}_by_tag", {"period": period, **money, "tag_key": "env", "tag_value": value,
                                             "service_type": service[0]}, cost / (2 << number)
        if account.amortized:
            yield "account_effective_cost", {"period": period, **postpaid}, past.total(first, after)
            yield "account_effective_cost", {"period": period, **prepaid}, account.prepaid * (after - first) / 30
            for service in account.services:
                yield "effective_cost", {"period": period, "service_type": service[0], "region_id": service[1],
                                         **postpaid}, past.cost(service, first, after - first)
            yield "effective_data_through_timestamp_seconds", {"period": period}, after * DAY - ZONE
        yield "provider_billed_cost", {"period": period, **money}, past.total(first, after) + bought
        yield "reconciliation_difference", {"period": period, **money}, 0
        yield "bill_data_through_timestamp_seconds", {"period": period}, after * DAY - ZONE
        yield "bill_rows", {"period": period}, 40 * (after - first)
        yield "folded_groups", {"period": period, "breakdown": "group"}, 0

    first, after = until["current"]
    before = until["previous"][0]
    yield "previous_month_to_date_billed_cost", postpaid, past.total(before, before + after - first)
    yield "previous_month_to_date_billed_cost", prepaid, account.prepaid if after - first > 4 else 0
    for window in (7, 30):
        mean = past.total(newest + 1 - window, newest + 1) / window
        yield "daily_billed_cost_average", {"window": f"{window}d", **postpaid}, mean
        yield "daily_billed_cost_average", {"window": f"{window}d", **prepaid}, 0
    mean = past.total(newest - 6, newest + 1) / 7
    rest = months(now, 0)[2] - max(newest + 1, first)
    yield "forecast_billed_cost", money, past.total(first, after) + (account.prepaid if after - first > 4 else 0) \
        + mean * rest
    if mean > 0:
        yield "balance_runway_seconds", money, max(left, 0) / mean * DAY
    yield "trend_coverage_ratio", {}, 1
    yield "day_start_timestamp_seconds", {}, newest * DAY - ZONE
    for service in account.services:
        labels = {"currency": account.currency, "service_type": service[0], "billing_mode": "postpaid"}
        yield "day_billed_cost", labels, past.cost(service, newest)
        yield "week_earlier_day_billed_cost", labels, past.cost(service, newest - 7)
    if account.history:
        for back in range(2, 14):
            name, first, after = months(now, back)
            for service in account.services:
                yield "closed_month_billed_cost", {
                    "month": name, "currency": account.currency, "service_type": service[0],
                    "billing_mode": "postpaid"}, past.cost(service, first, after - first)


def collector_samples(account, end, now):
    collectors = ["balance", "bills"] + (["orders"] if account.unpaid is not None else []) \
        + (["amortization"] if account.amortized else [])
    for collector in collectors:
        fails = account.failing and collector == "bills" and now > end - 2 * HOUR
        of = {"collector": collector}
        yield "collector_up", of, 0 if fails else 1
        if fails:
            yield "collector_failing", {**of, "reason": account.failing}, 1
        yield "collector_last_success_timestamp_seconds", of, (end - 2 * HOUR if fails else now) - 40
        yield "collector_duration_seconds", of, 2.5 if collector == "bills" else 0.2
        yield "collector_polls_total", of, now // (HOUR if collector != "balance" else 300) % NEVER
        yield "collector_failures_total", of, 1 if fails else 0
        operation = {"operation": f"Query_{collector}"}
        yield "api_requests_total", operation, now // 300
        yield "api_failures_total", operation, 1 if fails else 0
    for service, amount in (account.unpaid or {}).items():
        order = {"order_status": "unpaid", "order_type": "renewal", "service_type": service}
        yield "orders", order, 1
        yield "order_amount", {**order, "currency": account.currency}, amount
    if account.unpaid:
        yield "oldest_unpaid_order_timestamp_seconds", {}, end - 3 * DAY


def program_samples(accounts, now):
    providers = {account.provider for account in accounts}
    for provider in sorted(providers):
        for back, period in enumerate(("current", "previous")):
            name, first, after = months(now, back)
            of = {"provider": provider, "period": period}
            yield "cloud_billing_period_info", {**of, "month": name}, 1
            yield "cloud_billing_period_start_timestamp_seconds", of, first * DAY - ZONE
            yield "cloud_billing_period_end_timestamp_seconds", of, after * DAY - ZONE
        for operation in ("Query_balance", "Query_bills"):
            of = {"provider": provider, "operation": operation}
            for bound, share in (("0.1", 0.5), ("1", 0.9), ("+Inf", 1)):
                yield "cloud_billing_api_request_duration_seconds_bucket", {**of, "le": bound}, now // 300 * share
            yield "cloud_billing_api_request_duration_seconds_sum", of, now // 300 * 0.2
            yield "cloud_billing_api_request_duration_seconds_count", of, now // 300
            yield "cloud_billing_api_failures_by_reason_total", {**of, "reason": "timeout"}, 0
    names = {(account.provider, service) for account in accounts for service, _ in account.services}
    for provider, service in sorted(names):
        if not service.startswith("__"):
            yield "cloud_billing_service_info", {"provider": provider, "service_type": service,
                                                 "service_name": f"{service} name"}, 1
    for name, value in (("configured_accounts", len(accounts)), ("polled_accounts", len(accounts)),
                        ("shard_index", 0), ("shards", 1), ("config_last_reload_successful", 1),
                        ("config_last_reload_success_timestamp_seconds", now - DAY)):
        yield f"cloud_billing_{name}", {}, value
    yield "cloud_billing_build_info", {"version": "0.2.0", "revision": "abc", "compiler": "gcc"}, 1
    for name, value in (("resident_memory_bytes", 6e7), ("cpu_seconds_total", now / 100 % 1e9), ("open_fds", 20),
                        ("max_fds", 1024), ("start_time_seconds", now - DAY)):
        yield f"process_{name}", {}, value
    yield "scrape_duration_seconds", {}, 0.01
    yield "scrape_samples_scraped", {}, 900


def history(accounts, end, hours, *targets, down=0, extra=()):
    """Samples as (family, labels, value, time); `down` hours at the end without any but `up`. Extra are
    (family, labels, value) of the last hours."""
    pasts = [Past(account, end) for account in accounts]
    for now in range(end - hours * HOUR, end + 1, HOUR):
        samples = []
        for past in pasts:
            account = past.account
            own = {"provider": account.provider, "account": account.name, **account.labels}
            for name, labels, value in (*past.money(now), *collector_samples(account, end, now)):
                samples.append((f"cloud_billing_{name}", {**own, **labels}, value))
        samples += program_samples(accounts, now)
        for target in targets:
            up = now <= end - down * HOUR
            yield "up", target, int(up), now
            for name, labels, value in samples if up else ():
                yield name, {**labels, **target}, value, now
        for name, labels, value in extra:
            yield name, labels, value, now


def write_blocks(samples, folder):
    """A Prometheus's data directory. One file for each day, since promtool reads it once for each block."""
    days = {}
    for name, labels, value, now in samples:
        families = days.setdefault(now // DAY, {})
        families.setdefault(name, []).append(f"{name}{{{quote(labels)}}} {value!r} {now}\n")
    path = folder / "day.om"
    for _, families in sorted(days.items()):
        path.write_text("".join(itertools.chain(*families.values())) + "# EOF\n")
        subprocess.run([find_tool("promtool"), "tsdb", "create-blocks-from", "openmetrics", "-q", str(path),
                        str(folder / "data")], check=True, capture_output=True, timeout=300)
    path.unlink()
    return folder / "data"
