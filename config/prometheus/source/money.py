"""Alerts about money: balances, budgets, days that cost more, orders, bills."""

from source.alert import DURATION, Alert, Group, indent, once, over

EXHAUSTED = """\
cloud_billing_available_balance < 0
or
cloud_billing_available_balance == 0
and ignoring (window, billing_mode)
cloud_billing_daily_billed_cost_average{window="7d",billing_mode="postpaid"} > 0"""

RUNWAY_DAYS = f"{once('min', 'cloud_billing_balance_runway_seconds')} / 86400"

USED = """\
sum without (period, billing_mode) (cloud_billing_account_billed_cost{period="current"})
/ cloud_billing_budget"""

ELAPSED = """\
  (time() - max by (provider) (cloud_billing_period_start_timestamp_seconds{period="current"}))
  /
  (
    max by (provider) (cloud_billing_period_end_timestamp_seconds{period="current"})
    - max by (provider) (cloud_billing_period_start_timestamp_seconds{period="current"})
  )"""

SOME_COST = "max without (period, billing_mode) (cloud_billing_account_billed_cost != 0)"

RUNWAY_TEXT = (
    'At the pace of the last 7 days the {{ $labels.currency }} balance of the {{ $labels.provider }} '
    'account {{ $labels.account }} runs out in {{ printf "%.1f" $value }} days.',
    '按最近 7 个完整账单日的日均后付费消耗计算，{{ $labels.provider }} 账号 {{ $labels.account }} 的 '
    '{{ $labels.currency }} 可用余额约 {{ printf "%.1f" $value }} 天后用完。')
BUDGET_TEXT = (
    'The bill of this month has come to {{ $value | humanizePercentage }} of the {{ $labels.currency }} '
    'budget of the {{ $labels.provider }} account {{ $labels.account }}',
    '{{ $labels.provider }} 账号 {{ $labels.account }} 本月账单已达 {{ $labels.currency }} 预算的 '
    '{{ $value | humanizePercentage }}')

BALANCE = (
    Alert(
        "CloudBillingBalanceExhausted", "balance", "critical",
        once("min", EXHAUSTED),
        ('The balance of {{ $labels.account }} is used up.',
         '{{ $labels.account }} 余额已用尽'),
        ('The {{ $labels.provider }} account {{ $labels.account }} has {{ printf "%.2f" $value }} '
         '{{ $labels.currency }} to spend. The cloud may stop what is paid from it.',
         '{{ $labels.provider }} 账号 {{ $labels.account }} 的可用余额为 {{ printf "%.2f" $value }} '
         '{{ $labels.currency }}，云厂商可能停用以余额支付的资源，请立即充值。'),
        comment=("A debt in any case; where exactly nothing is left, only if something is spent: an account "
                 "that nobody uses has 0 for ever.",
                 "欠费一律告警；余额恰为 0 时，仅在仍有消耗的情况下告警：长期闲置的账号余额一直是 0。")),
    Alert(
        "CloudBillingRunwayBelow3Days", "balance", "critical",
        f"{RUNWAY_DAYS} > 0 < 3",
        ('The balance of {{ $labels.account }} lasts for less than 3 days.',
         '{{ $labels.account }} 余额不足 3 天'),
        RUNWAY_TEXT),
    Alert(
        "CloudBillingRunwayBelow7Days", "balance", "warning",
        f"{RUNWAY_DAYS} >= 3 < 7",
        ('The balance of {{ $labels.account }} lasts for less than 7 days.',
         '{{ $labels.account }} 余额不足 7 天'),
        RUNWAY_TEXT),
    Alert(
        "CloudBillingBalanceLow", "balance", "warning",
        once("min", f"""\
cloud_billing_available_balance < cloud_billing_low_balance_threshold
unless
cloud_billing_balance_runway_seconds > 0 < 7 * 86400
unless
(
{indent(EXHAUSTED)}
)"""),
        ('The balance of {{ $labels.account }} is below its threshold.',
         '{{ $labels.account }} 余额低于预警线'),
        ('{{ printf "%.2f" $value }} {{ $labels.currency }} can still be spent by the '
         '{{ $labels.provider }} account {{ $labels.account }}, less than its low_balance.',
         '{{ $labels.provider }} 账号 {{ $labels.account }} 的可用余额为 {{ printf "%.2f" $value }} '
         '{{ $labels.currency }}，低于 low_balance 设定的预警线，请安排充值。'),
        hold="15m",
        comment=("Silent where one of the three above tells it.",
                 "上面三条之一已触发时不再重复告警。")),
)

BUDGET = (
    Alert(
        "CloudBillingBudgetUsedUp", "budget", "critical",
        f"{once('max', USED)} >= 1",
        ('{{ $labels.account }} has used up its budget.',
         '{{ $labels.account }} 本月预算已用完'),
        (BUDGET_TEXT[0] + '.', BUDGET_TEXT[1] + '。')),
    Alert(
        "CloudBillingForecastOverBudget", "budget", "warning",
        once("max", f"""\
cloud_billing_forecast_billed_cost / cloud_billing_budget > 1
unless
{USED} >= 1"""),
        ('{{ $labels.account }} will exceed its budget.',
         '{{ $labels.account }} 预计超出本月预算'),
        ('At the pace of the last 7 days the month of the {{ $labels.provider }} account '
         '{{ $labels.account }} ends at {{ $value | humanizePercentage }} of its {{ $labels.currency }} '
         'budget.',
         '按最近 7 个完整账单日的日均后付费消耗预测，{{ $labels.provider }} 账号 {{ $labels.account }} '
         '月底账单将达 {{ $labels.currency }} 预算的 {{ $value | humanizePercentage }}。'),
        hold="15m"),
    Alert(
        "CloudBillingBudgetAheadOfMonth", "budget", "warning",
        once("max", f"{USED} < 1\nunless\ncloud_billing_forecast_billed_cost")
        + f"\n> on (provider) group_left ()\n0.1 + 0.9 *\n(\n{ELAPSED}\n)",
        ('{{ $labels.account }} uses its budget faster than the month goes by.',
         '{{ $labels.account }} 预算消耗快于月度进度'),
        (BUDGET_TEXT[0] + ', ahead of the month; there is no forecast yet.',
         BUDGET_TEXT[1] + '，快于本月时间进度；目前尚无法预测月底金额。'),
        hold="15m",
        comment=("Only where there is no forecast: what is left of the budget is less than nine tenths of what "
                 "is left of the month.",
                 "仅在没有预测值时使用：剩余预算占比不到本月剩余时间占比的九成。")),
)

OTHERS = (
    Alert(
        "CloudBillingBudgetCurrency", "currency", "warning",
        once("max", f"""\
(
  cloud_billing_budget
  unless
  {SOME_COST}
)
and ignoring (currency)
{SOME_COST}
or
(
  cloud_billing_low_balance_threshold unless cloud_billing_available_balance
)
and ignoring (currency)
cloud_billing_available_balance"""),
        ('A budget or threshold of {{ $labels.account }} is in the wrong currency.',
         '{{ $labels.account }} 的预算或余额预警线币种不符'),
        ('The {{ $labels.provider }} account {{ $labels.account }} has a budget or a low_balance in '
         '{{ $labels.currency }}, and cost or balance in other currencies only: no alert about it can fire.',
         '{{ $labels.provider }} 账号 {{ $labels.account }} 的 budget 或 low_balance 以 '
         '{{ $labels.currency }} 计，而该账号只有其他币种的费用或余额：相关告警永远不会触发，请修改配置中的 currency。'),
        hold="1h",
        comment=("Nothing in the currency of the budget, or of the threshold, and something in another.",
                 "预算或预警线所用币种没有任何费用或余额，而其他币种有。")),
    Alert(
        "CloudBillingBillCountedTwice", "counted twice", "warning",
        f"{once('max', 'cloud_billing_bill_counted_twice')} == 1",
        ('The cost of {{ $labels.other_account }} is counted twice.',
         '{{ $labels.other_account }} 的费用被重复计算'),
        ('The bill of the {{ $labels.provider }} account {{ $labels.account }} holds that of '
         '{{ $labels.other_account }}, which is polled too: every sum over both is too high.',
         '{{ $labels.provider }} 账号 {{ $labels.account }} 的账单已包含 {{ $labels.other_account }} 的账单，'
         '而后者也被单独采集：两者相加的合计偏高。'),
        hold="15m"),
    Alert(
        "CloudBillingServiceCostJump", "cost jump", "warning",
        once("max", """\
cloud_billing_day_billed_cost{billing_mode="postpaid"}
- clamp_min(cloud_billing_week_earlier_day_billed_cost{billing_mode="postpaid"}, 0)
> 100
and
cloud_billing_day_billed_cost{billing_mode="postpaid"}
> 2 * clamp_min(cloud_billing_week_earlier_day_billed_cost{billing_mode="postpaid"}, 0)""", "billing_mode"),
        ('{{ $labels.service_type }} of {{ $labels.account }} cost far more than a week before.',
         '{{ $labels.account }} 的 {{ $labels.service_type }} 费用较上周同日大幅上升'),
        ('On the newest complete day {{ $labels.service_type }} cost the {{ $labels.provider }} account '
         '{{ $labels.account }} {{ printf "%.2f" $value }} {{ $labels.currency }} more than on the same '
         'weekday before, and more than twice as much.',
         '最近一个完整账单日，{{ $labels.provider }} 账号 {{ $labels.account }} 的 {{ $labels.service_type }} '
         '后付费费用比上周同日多 {{ printf "%.2f" $value }} {{ $labels.currency }}，是其两倍以上。'),
        comment=("More than twice the same weekday before, and more by over 100 (of the currency). What was "
                 "not there then cost 0, and what was then paid back counts as 0. Silent where that day is not "
                 "known.",
                 "超过上周同日的两倍，且多出 100（按该币种）以上。上周同日没有的产品按 0 计，当日为退款的也按 0 计。"
                 "上周同日费用不详时不判断。")),
    Alert(
        "CloudBillingOrderUnpaid", "order", "warning",
        f"time() - {once('min', 'cloud_billing_oldest_unpaid_order_timestamp_seconds')} > 86400",
        ('{{ $labels.account }} has an order that is not paid.',
         '{{ $labels.account }} 有订单超过一天未支付'),
        ('The oldest unpaid order of the {{ $labels.provider }} account {{ $labels.account }} was created '
         + DURATION[0] + ' ago.',
         '{{ $labels.provider }} 账号 {{ $labels.account }} 最早的一笔待支付订单创建于 '
         + DURATION[1] + '前。')),
    Alert(
        "CloudBillingCouponExpiring", "coupon", "warning",
        f"{once('min', 'cloud_billing_coupon_next_expiry_timestamp_seconds')} - time() > 0 < 7 * 86400",
        ('A coupon of {{ $labels.account }} ends within 7 days.',
         '{{ $labels.account }} 有代金券 7 天内到期'),
        ('A coupon of the {{ $labels.provider }} account {{ $labels.account }} that has something left ends in '
         + DURATION[0] + '.',
         '{{ $labels.provider }} 账号 {{ $labels.account }} 有一张尚有余额的代金券将在 ' + DURATION[1] + '后到期。')),
    Alert(
        "CloudBillingPackageLow", "package", "warning",
        f"{once('min', 'cloud_billing_package_remaining_ratio')} < 0.1",
        ('Packages for {{ $labels.service_type }} of {{ $labels.account }} are nearly used up.',
         '{{ $labels.account }} 的 {{ $labels.service_type }} 资源包即将用完'),
        ('{{ $value | humanizePercentage }} is left of the packages for {{ $labels.service_type }} '
         '({{ $labels.unit }}) of the {{ $labels.provider }} account {{ $labels.account }}; what exceeds them '
         'is charged.',
         '{{ $labels.provider }} 账号 {{ $labels.account }} 的 {{ $labels.service_type }} 资源包（{{ $labels.unit }}）'
         '剩余 {{ $value | humanizePercentage }}，用完后超出部分将另行计费。')),
    Alert(
        "CloudBillingProviderBudgetUsedUp", "provider budget", "warning",
        once("max", "cloud_billing_provider_budget_used / (cloud_billing_provider_budget > 0) >= 1"),
        ('The budget {{ $labels.budget }} of {{ $labels.account }} with the cloud is used up.',
         '{{ $labels.account }} 在控制台的预算 {{ $labels.budget }} 已用完'),
        ('By the count of the cloud itself, {{ $value | humanizePercentage }} of the {{ $labels.currency }} budget '
         '{{ $labels.budget }} of the {{ $labels.provider }} account {{ $labels.account }} is used.',
         '按云厂商自己的统计，{{ $labels.provider }} 账号 {{ $labels.account }} 在控制台设置的 {{ $labels.currency }} 预算 '
         '{{ $labels.budget }} 已使用 {{ $value | humanizePercentage }}。')),
    Alert(
        "CloudBillingResourceExpiring", "renewal", "warning",
        over("sum", ("region_id", "auto_renew", "within"),
             once("max", 'cloud_billing_expiring_resources{auto_renew="false", within="7d"}')),
        ('Resources for {{ $labels.service_type }} of {{ $labels.account }} end within 7 days and are not renewed '
         'automatically.',
         '{{ $labels.account }} 有 {{ $labels.service_type }} 资源 7 天内到期且未开通自动续费'),
        ('The {{ $labels.provider }} account {{ $labels.account }} has {{ $value }} of {{ $labels.service_type }} that '
         'end within 7 days and that the cloud does not renew by itself; what is not renewed is stopped.',
         '{{ $labels.provider }} 账号 {{ $labels.account }} 有 {{ $value }} 个 {{ $labels.service_type }} 资源将在 7 天内到期，'
         '且未开通自动续费，到期后将停用。')),
    Alert(
        "CloudBillingBillNotReconciled", "reconciliation", "warning",
        once("max", """\
abs(cloud_billing_reconciliation_difference{period="previous"}) > 1
and
abs(cloud_billing_reconciliation_difference{period="previous"})
> 0.005 * abs(cloud_billing_provider_billed_cost{period="previous"})""")
        + """
and on (provider)
time() - max by (provider) (cloud_billing_period_start_timestamp_seconds{period="current"})
>= 5 * 86400""",
        ("The bill of {{ $labels.account }} for last month differs from the provider's total.",
         '{{ $labels.account }} 上月账单与云厂商总额不一致'),
        ("The rows of last month's bill of the {{ $labels.provider }} account {{ $labels.account }} and the "
         'provider\'s own total are {{ printf "%.2f" $value }} {{ $labels.currency }} apart.',
         '{{ $labels.provider }} 账号 {{ $labels.account }} 上月账单明细合计与云厂商总额相差 '
         '{{ printf "%.2f" $value }} {{ $labels.currency }}。'),
        hold="3h",
        comment=("Of the month that is over, from the 6th on: until then providers still settle it.",
                 "针对已结束的上月，自 6 日起判断：此前云厂商仍在出账。")),
)

GROUP = Group("cloud-billing.money", BALANCE + BUDGET + OTHERS)
