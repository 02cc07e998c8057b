"""PromQL of the dashboards.

Every query about accounts starts from series without what tells how they were scraped, as the rules in
config/prometheus do: a restart gives new values, and two processes that poll the same account would be
added. Amounts of different currencies are never added. No recording rule is needed.
"""

ACCOUNT = 'job=~"$job",provider=~"$provider",account=~"$account"'
MONEY = ACCOUNT + ',currency=~"$currency"'
JOB = 'job=~"$job"'
OWNER = "provider, account, currency"
SCRAPE = "instance, pod, container, endpoint, service"


def select(metric, labels, *more):
    return f"cloud_billing_{metric}{{{','.join((labels, *more))}}}"


def once(metric, labels=MONEY, *more):
    """Each series once, however many processes and restarts showed it."""
    return f"max without ({SCRAPE}) ({select(metric, labels, *more)})"


def total(by, metric, *more, labels=MONEY):
    return f"sum by ({by}) ({once(metric, labels, *more)})"


def month(by, *more, period="current", measure="billed_cost"):
    """From the account's own family, which no grouping and no folding touches."""
    return total(by, f"account_{measure}", f'period="{period}"', *more)


def burn(days=7):
    """Postpaid cost of a completed day, averaged; with less history, of the days there are.

    A day without any row has no series but cost 0, in each currency of the account's bill.
    """
    postpaid = 'billing_mode="postpaid"'
    bill = f"max by ({OWNER}) ({once('account_billed_cost', MONEY, postpaid)})"
    known = f"max by (provider, account) ({once('day_start_timestamp_seconds', ACCOUNT)})"
    day = (f"({total(OWNER, 'day_billed_cost', postpaid)}\n"
           f"  or 0 * {bill}\n  and on (provider, account) {known})")
    return f"(avg_over_time({day}[{days}d:30m])\nor\n{day})"


def runway():
    """Days; only where there is both a balance and a burn."""
    return (f"({total(OWNER, 'available_balance')} > 0)\n"
            f"/ on ({OWNER})\n({burn()} > 0)")


def budget_used():
    return f"{month(OWNER)}\n/ on ({OWNER})\n({total(OWNER, 'budget')} > 0)"


def counted_twice():
    """How many of the chosen accounts have a bill that another chosen one's holds too; absent if none has."""
    pairs = once("bill_counted_twice", ACCOUNT, 'other_account=~"$account"')
    return f"count(max by (provider, other_account) ({pairs}) == 1)"


def data_through(period="current"):
    return once("bill_data_through_timestamp_seconds", ACCOUNT, f'period="{period}"')


def remaining_days():
    """From what the bill covers, or else from now, to the month's end."""
    end = select("period_end_timestamp_seconds", JOB, 'provider=~"$provider"', 'period="current"')
    rows = once("bill_rows", ACCOUNT, 'period="current"')
    return (f"clamp_min(max by (provider) ({end})\n"
            f"    - on (provider) group_right () (max by (provider, account) ({data_through()})\n"
            f"    or 0 * max by (provider, account) ({rows}) + time()), 0) / 86400")


def forecast():
    """What is billed so far and the burn until the month's end; without a known day, the former alone."""
    so_far = month(OWNER)
    return (f"{so_far}\n+ on ({OWNER})\n(({burn()} or 0 * {so_far})\n"
            f"  * on (provider, account) group_left ()\n  {remaining_days()})")


def with_service_name(query):
    """A service that has no name, such as __other__, stays."""
    names = once("service_info", 'job=~"$job",provider=~"$provider"')
    return (f"({query})\n* on (provider, service_type) group_left (service_name)\n"
            "topk by (provider, service_type) (1,\n"
            f"  max by (provider, service_type, service_name) ({names}))\n"
            f"or on (provider, service_type)\n({query})")


def largest(count, query):
    return f"sort_desc(topk({count}, {query}))"


def age(metric, labels=ACCOUNT, *more, by="provider, account"):
    return f"time() - max by ({by}) ({once(metric, labels, *more)})"


def quote(text):
    return f'"{text}"'
