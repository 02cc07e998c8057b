"""PromQL of the dashboards.

Every query starts from series without what tells how they were scraped: a restart gives new values, and
replicas, a second job or two processes that poll the same account would be added. Amounts of different
currencies are never added. Nothing is computed from Prometheus's history but what is drawn over time, and
no recording rule is needed, so panels hold on the first day.

Values of variables stand in backticks, where PromQL escapes nothing: names may hold quotes and backslashes.
"""

ACCOUNT = "job=~`${job:regex}`,provider=~`${provider:regex}`,account=~`${account:regex}`,${label}=~`${label_value:regex}`"
MONEY = ACCOUNT + ",currency=~`${currency:regex}`"
SERVICE = "service_type=~`${service:regex}`"
REGION = "region_id=~`${region:regex}`"
JOB = "job=~`${job:regex}`"
PROVIDER = JOB + ",provider=~`${provider:regex}`"
OWNER = "provider, account, currency"
POSTPAID = 'billing_mode="postpaid"'
# What tells targets apart, where the labels of a family are configured and so are not known here.
TARGET = "job, instance, pod, prometheus, prometheus_replica, replica, cluster"
DAY, HALF_DAY = 86400, 43200

# What each family carries beside provider and account.
LABELS = {metric: labels for labels, metrics in (
    ("", "day_start_timestamp_seconds trend_coverage_ratio oldest_unpaid_order_timestamp_seconds"),
    ("", "coupon_next_expiry_timestamp_seconds"),
    ("service_type, unit", "package_remaining_ratio"),
    ("service_type", "package_next_expiry_timestamp_seconds"),
    ("budget, currency", "provider_budget provider_budget_used"),
    ("service_type, region_id, auto_renew, within", "expiring_resources"),
    ("service_type, auto_renew", "next_expiry_timestamp_seconds"),
    ("currency", "coupon_balance available_balance cash_balance credit_limit frozen_balance arrears budget "
                 "low_balance_threshold forecast_billed_cost balance_runway_seconds"),
    ("currency, billing_mode", "previous_month_to_date_billed_cost"),
    ("window, currency, billing_mode", "daily_billed_cost_average"),
    ("currency, service_type, billing_mode", "day_billed_cost week_earlier_day_billed_cost"),
    ("month, currency, service_type, billing_mode", "closed_month_billed_cost"),
    ("period", "bill_data_through_timestamp_seconds effective_data_through_timestamp_seconds bill_rows"),
    ("period, currency", "provider_billed_cost reconciliation_difference"),
    ("period, breakdown", "folded_groups"),
    ("period, currency, tag_key, tag_value, service_type", "${measure}_by_tag billed_cost_by_tag"),
    ("order_status, order_type, service_type", "orders"),
    ("order_status, order_type, service_type, currency", "order_amount"),
    ("other_account", "bill_counted_twice"),
    ("collector", "collector_up collector_last_success_timestamp_seconds collector_duration_seconds"),
    ("collector, reason", "collector_failing"),
) for metric in metrics.split()}


def own_labels(metric):
    """None where aggregation.group_by decides."""
    if metric.startswith("account_"):
        return "period, currency, billing_mode"
    return LABELS.get(metric)


def select(metric, labels, *more):
    return f"cloud_billing_{metric}{{{','.join((labels, *more))}}}"


def join(*labels):
    return ", ".join(label for label in labels if label)


def once(metric, labels, *more, shift=""):
    """Each series once, however many processes, restarts and replicas showed it."""
    return f"max by ({join('provider, account', own_labels(metric))}) ({select(metric, labels, *more)}{shift})"


def total(by, metric, *more, labels=MONEY):
    if own_labels(metric) is not None:
        return f"sum by ({by}) ({once(metric, labels, *more)})"
    wanted = ", ".join(label for label in by.split(", ") if label not in ("provider", "account"))
    return f"sum by ({by}) ({grouped(metric, wanted, *more, labels=labels)})"


def grouped(metric, wanted, *more, labels=MONEY):
    """By account and the wanted labels, of a family whose labels aggregation.group_by decides."""
    own = join("provider, account", wanted)
    return (f"max by ({own}) (\n"
            f"  sum by ({join(own, TARGET)}) ({select(metric, labels, *more)}))")


def month(by, *more, period="current", measure="billed_cost"):
    """From the account's own family, which no grouping and no folding touches."""
    return total(by, f"account_{measure}", f'period="{period}"', *more)


def month_before(by):
    """The previous month's cost of as many days as this month's bill covers."""
    return total(by, "previous_month_to_date_billed_cost")


def change(by):
    """This month against the same days of the last, of accounts of which both are known; 0.1 is 10 % more."""
    owners, before = month(OWNER), month_before(OWNER)
    return (f"sum by ({by}) ({owners} and {before})\n/ (sum by ({by}) ({before} and {owners}) > 0)\n- 1")


def burn(window="7d"):
    return total(OWNER, "daily_billed_cost_average", f'window="{window}"', POSTPAID)


def runway():
    """Days; 0 where nothing is left, absent without a burn or without a balance."""
    return f"{once('balance_runway_seconds', MONEY)} / {DAY}"


def forecast(by=OWNER):
    return total(by, "forecast_billed_cost")


def debt():
    """What an account owes, as a positive amount; absent where it owes nothing."""
    return (f"({once('arrears', MONEY)} > 0)\nor\n-1 * ({once('available_balance', MONEY)} < 0)")


def share_of_budget(amount):
    return f"{amount}\n/ ({total(OWNER, 'budget')} > 0)"


def count_of(found, among, configured=None):
    """How many are found; 0 only where there is something to count among, else nothing is known. -1 where
    the exporter is there, and what would be counted is not configured."""
    query = f"count({found})\nor 0 * count({among})"
    if configured:
        query += f"\nor (0 * count({once('collector_up', ACCOUNT)}) - 1 unless count({configured}))"
    return query


def count_collectors(found):
    return count_of(found, once("collector_up", ACCOUNT))


def counted_twice():
    """How many of the chosen accounts have a bill that another chosen one's holds too."""
    pairs = once("bill_counted_twice", ACCOUNT, "other_account=~`${account:regex}`")
    return f"max by (provider, other_account) ({pairs}) == 1"


def data_through(period="current", bill="bill"):
    """The last second that the bill covers; "effective" is the amortised one."""
    return once(f"{bill}_data_through_timestamp_seconds", ACCOUNT, f'period="{period}"') + " - 1"


def day_costs(*more):
    """By account, service and billing mode: what the day cost at whose beginning the query is evaluated.

    A day is the newest 34 to 58 hours after its beginning of one cloud, 48 to 72 of the other: each is looked at
    twice, the last value first. And again one week later, as the day that the newest one is compared with, so that
    the first week is drawn too. What is known at the end of the time shown comes before all, so that the first bars
    are there at once. Every look into the past reads each series of the time shown: few are as good as many.
    """
    def known(metric, when, begun_before):
        start = once("day_start_timestamp_seconds", ACCOUNT, shift=when)
        return (f"{once(metric, MONEY, *more, shift=when)}\n"
                f"and on (provider, account) (abs({start} - {begun_before} - time()) < {HALF_DAY})")

    of_day, of_week_earlier = ("day_billed_cost", 0), ("week_earlier_day_billed_cost", 7 * DAY)
    looks = [known(metric, " @ ${__to:date:seconds}", before) for metric, before in (of_day, of_week_earlier)]
    for (metric, before), hours in ((of_day, 70), (of_day, 57), (of_day, 42), (of_week_earlier, 7 * 24 + 57)):
        looks.append(known(metric, f" offset -{hours}h", before))
    return "\nor\n".join(looks)


def largest_and_rest(query, rest):
    """Of sums by service: the services of the variable `largest`, as the label `shown`, and the rest as one."""
    named = f'label_replace({query}, "shown", "{rest}", "", "")'
    return (f'sum by (shown) (label_replace({named},\n'
            f'  "shown", "$1", "service_type", `(${{largest:regex}})`))')


def largest_services(count):
    """By their cost in the time that Prometheus remembers, at most 30 days."""
    day = total("provider, service_type, currency", "day_billed_cost", POSTPAID)
    return (f"topk by (currency) ({count}, sum by (service_type, currency) "
            f"(sum_over_time({day}[30d:6h]) or {day}))")


def with_service_name(query):
    """Largest first; a service that has no name, such as __other__, stays in its place."""
    names = f"max by (provider, service_type, service_name) ({select('service_info', PROVIDER)})"
    return (f"sort_desc(({query})\n* on (provider, service_type) group_left (service_name)\n"
            f"topk by (provider, service_type) (1, {names})\n"
            f"or on (provider, service_type)\n({query}))")


def largest(count, query):
    return f"sort_desc(topk({count}, {query}))"


def age(metric, *more, by="provider, account"):
    return f"time() - max by ({by}) ({select(metric, ACCOUNT, *more)})"


def counted(by, metric, labels, window):
    """What a counter of each process grew by; a second job or replica that scrapes it counts once."""
    own = {"api_requests_total": "account, operation", "api_failures_total": "account, operation",
           "api_failures_by_reason_total": "operation, reason", "collector_polls_total": "account, collector",
           "collector_failures_total": "account, collector"}.get(metric, "operation, le")
    return (f"sum by ({by}) (max by (provider, {own}, instance) (\n"
            f"  increase({select(metric, labels)}[{window}])))")


def closed_months(by, *more):
    """Of whole months: the collector history's, the previous and the current so far, by their names. Of the
    accounts that have a history, so that months compare; of all, if none has."""
    closed = once("closed_month_billed_cost", MONEY, *more)
    names = f'max by (provider, period, month) ({select("period_info", PROVIDER)})'
    known = f"({once('account_billed_cost', MONEY)}\n* on (provider, period) group_left (month) {names})"
    if by == "service_type":
        known = known.replace(once("account_billed_cost", MONEY), grouped("billed_cost", "period, service_type", *more))
    return (f"sum by ({join('month', by)}) ({closed}\nor\n({known} and on (provider, account) {closed})\n"
            f"or\n({known} unless on () {closed}))")


def shorten(query, label, length):
    """So that a long id leaves room for its amount."""
    return f'label_replace({query}, "{label}", "$1…", "{label}", "(.{{{length}}}).+")'
