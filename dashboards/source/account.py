"""One account in depth."""

from source import queries as q
from source import variables
from source.explanation import explain_costs
from source.overview import BUDGET, CURRENCY, RUNWAY, named_tag
from source.panels import (GREEN, RED, YELLOW, bars, curves, gauge, make_dashboard, pie, query, row,
                           stat, steps, table, values)
from source.text import Text

PERIOD = 'period="$period"'
BLUE = {"mode": "fixed", "fixedColor": "blue"}
COLLECTOR, SERVICE = Text("Collector", "采集器"), Text("Service", "服务")
BY_CURRENCY = "{{currency}}"


def named(english, chinese):
    return Text(english, chinese) + " ({{currency}})"


def balance():
    amounts = [("available_balance", named("available", "可用")), ("cash_balance", named("cash", "现金")),
               ("low_balance_threshold", named("threshold", "阈值"))]
    parts = [("cash_balance", named("cash", "现金")), ("credit_limit", named("credit limit", "信用额度")),
             ("frozen_balance", named("frozen", "冻结")), ("arrears", named("arrears", "欠费"))]
    return row(Text("Balance", "余额"), [
        stat(Text("Available balance", "可用余额"),
             Text("What can be spent now.", "当前可用金额。"), 5,
             [query(q.total("currency", "available_balance"), BY_CURRENCY)]),
        stat(Text("Runway", "可用天数"),
             Text("Days until the balance is used up at the daily burn; absent without a burn or "
                  "without a balance.", "按日均消耗余额还能用几天；没有消耗或没有余额时不显示。"),
             4, [query(f"min by (currency) ({q.runway()})", BY_CURRENCY)], unit="d", decimals=1,
             thresholds=RUNWAY),
        stat(Text("Burn per day", "日均消耗"),
             Text("Postpaid cost of a completed day, averaged over 7 and over 30 days.",
                  "已完整出账日的后付费金额，7 天与 30 天平均。"), 6,
             [query(q.burn(7), named("7 days", "7 天")), query(q.burn(30), named("30 days", "30 天"))],
             color=BLUE),
        stat(Text("Parts of the balance", "余额构成"),
             Text("As far as the provider tells them to this key.", "以云厂商向该密钥提供的为准。"),
             9, [query(q.total("currency", metric), legend) for metric, legend in parts],
             color=BLUE),
        curves(Text("Balance", "余额"),
               Text("Rises with a top-up.", "充值后上升。"), 24, 8,
               [query(q.total("currency", metric), legend) for metric, legend in amounts]),
    ])


def month():
    return row(Text("Month, in ", "账期，币种 ") + "$currency", [
        stat(Text("Cost this month so far", "本月费用"),
             Text("Payable for the current billing month.", "本账期至今的应付金额。"), 6,
             [query(q.month("currency"), BY_CURRENCY)], color=BLUE),
        stat(Text("Forecast for this month", "本月预测"),
             Text("Cost so far and the daily burn until the month's end.",
                  "本月费用加上到月末的日均消耗。"), 6,
             [query(f"sum by (currency) ({q.forecast()})", BY_CURRENCY)],
             color={"mode": "fixed", "fixedColor": "purple"}),
        stat(Text("Cost last month", "上月费用"),
             Text("Payable for the previous billing month.", "上一账期的应付金额。"), 6,
             [query(q.month("currency", period="previous"), BY_CURRENCY)], color=BLUE),
        stat(Text("Budget", "预算"), Text("Per month, as configured.", "配置的每月预算。"), 6,
             [query(q.total("currency", "budget"), BY_CURRENCY)], color=BLUE),
        gauge(Text("Budget used", "预算使用率"),
              Text("Cost so far as a share of the budget.", "本月费用占预算的比例。"), 6, 8,
              [query(q.budget_used(), BY_CURRENCY, instant=True)], unit="percentunit", decimals=0,
              thresholds=BUDGET, lowest=0, highest=1.2),
        curves(Text("Cost so far against budget and last month", "本月费用与预算、上月对比"),
               Text("Starts again on the 1st.", "每月 1 日重新开始。"), 18, 8,
               [query(q.month("currency"), named("this month", "本月")),
                query(q.month("currency", period="previous"), named("last month", "上月")),
                query(q.total("currency", "budget"), named("budget", "预算"))], steps_only=True),
    ], repeat="currency")


def breakdown():
    family = "${measure}"

    def by(labels, count=12):
        return q.largest(count, q.total(labels + ", currency", family, PERIOD))

    services = q.largest(15, q.total("provider, service_type, currency", family, PERIOD))
    tags = q.largest(15, q.total("tag_value, currency", family + "_by_tag", PERIOD,
                                 'tag_key="$tag_key"'))
    groups = "service_type, region_id, billing_mode, currency"
    return row("$measure · $period · $currency", [
        bars(Text("Services", "服务"), Text("By service, largest first.", "按服务，金额从大到小。"),
             12, 11, [query(q.with_service_name(services),
                            "{{service_type}} {{service_name}} ({{currency}})", instant=True)]),
        bars(Text("Tag ", "标签 ") + "$tag_key",
             Text("By the values of the chosen tag key (aggregation.tag_keys).",
                  "按所选标签键的取值（见 aggregation.tag_keys）。"), 12, 11,
             [query(named_tag(tags), "{{tag_value}} ({{currency}})", instant=True)]),
        pie(Text("Regions", "地域"), Text("By region.", "按地域。"), 8, 9,
            [query(by("region_id"), "{{region_id}} ({{currency}})", instant=True)]),
        pie(Text("Billing modes", "计费方式"),
            Text("From the account's total, which no grouping touches.", "取自账号总额，与分组无关。"),
            8, 9, [query(q.month("billing_mode, currency", period="$period", measure=family),
                         "{{billing_mode}} ({{currency}})", instant=True)]),
        pie(Text("Billed accounts", "出账账号"),
            Text("By sub_account_id, where aggregation.group_by has it.",
                 "按 sub_account_id（需在 aggregation.group_by 中配置）。"), 8, 9,
            [query(by("sub_account_id"), "{{sub_account_id}} ({{currency}})", instant=True)]),
        table(Text("Groups", "分组"),
              Text("The hundred largest by service, region and billing mode.",
                   "按服务、地域和计费方式，金额最大的一百组。"), 24, 9,
              [("service_type", SERVICE), ("region_id", Text("Region", "地域")),
               ("billing_mode", Text("Billing mode", "计费方式")), ("currency", CURRENCY)],
              [(f"topk(100, {q.total(groups, family, PERIOD)})", Text("Amount", "金额"))],
              sort=Text("Amount", "金额")),
        curves(Text("Measures", "计量项"),
               Text("What the month comes to by each measure that is configured "
                    "(aggregation.measures).", "所配置的各计量项的金额（见 aggregation.measures）。"),
               24, 8, [query(q.month("currency", period="$period", measure=name),
                             Text(english, chinese) + " ({{currency}})")
                       for name, english, chinese in (
                           ("billed_cost", "billed", "应付"), ("list_cost", "list price", "原价"),
                           ("paid_amount", "paid", "已付"), ("unpaid_amount", "unpaid", "未付"),
                           ("coupon_amount", "coupons", "代金券"),
                           ("discount_amount", "discounts", "折扣"))], steps_only=True),
    ], repeat="currency")


def days():
    return row(Text("Completed days, in ", "完整日，币种 ") + "$currency", [
        curves(Text("Cost of the newest completed day, by service", "最新完整日费用（按服务）"),
               Text("Over the time at which it was known: a day or two after the day itself.",
                    "按得知的时间绘制：比该日晚一两天。"), 16, 9,
               [query(q.total("service_type, currency", "day_billed_cost"),
                      "{{service_type}} ({{currency}})")], steps_only=True, stacked=True),
        table(Text("Newest completed day", "最新完整日"),
              Text("What it cost, by service and billing mode.", "当日费用，按服务和计费方式。"), 8, 9,
              [("service_type", SERVICE), ("billing_mode", Text("Billing mode", "计费方式")),
               ("currency", CURRENCY)],
              [(q.total("service_type, billing_mode, currency", "day_billed_cost"),
                Text("Amount", "金额"))], sort=Text("Amount", "金额")),
    ], repeat="currency")


def trust():
    sums = q.total("period, currency", "account_billed_cost")
    pair = "period, currency"
    reach = 'max by (period) (' + q.once("bill_data_through_timestamp_seconds", q.ACCOUNT) + ") * 1000"
    labels = [("period", Text("Month", "账期")), ("currency", CURRENCY)]
    return row(Text("Can the numbers be trusted?", "数字可信吗？"), [
        table(Text("Reconciliation", "对账"),
              Text("Our sum, the provider's own total over the same days, and the difference. In an "
                   "open month a small difference may come and go.",
                   "本程序的合计、云厂商同期的总额及两者之差。未结束的月份可能短暂出现小的差额。"),
              14, 6, labels,
              [(sums, Text("All billed", "应付合计")),
               (q.total(pair, "provider_billed_cost"), Text("Provider's total", "云厂商总额")),
               (q.total(pair, "reconciliation_difference"), Text("Difference", "差额"))],
              sort=Text("Month", "账期"), descending=False),
        stat(Text("Bill covers until", "账单覆盖至"),
             Text("Later costs are not yet in the bill.", "此后的费用尚未计入账单。"), 5,
             [query(reach, "{{period}}")], height=6, unit="dateTimeAsLocal", color=BLUE),
        stat(Text("Newest completed day", "最新完整日"),
             Text("The day that the completed-day panels show.", "完整日面板所显示的日期。"), 5,
             [query(f"max({q.once('day_start_timestamp_seconds', q.ACCOUNT)}) * 1000")],
             height=6, unit="dateTimeAsLocal", color=BLUE),
        bars(Text("Age of the data", "数据时效"),
             Text("Time since the last good poll of each collector.", "各采集器距上次成功轮询的时间。"),
             8, 7, [query(q.age("collector_last_success_timestamp_seconds", by="collector"),
                          "{{collector}}", instant=True)], unit="s", decimals=0,
             thresholds=steps((6 * 3600, YELLOW), (86400, RED)), color={"mode": "thresholds"}),
        stat(Text("Collectors", "采集器状态"), Text("Whether the latest poll succeeded.",
                                              "最近一次轮询是否成功。"), 5,
             [query(f"min by (collector) ({q.once('collector_up', q.ACCOUNT)})", "{{collector}}")],
             height=7, unit="none",
             mappings=values((1, Text("works", "正常"), GREEN), (0, Text("fails", "失败"), RED))),
        table(Text("Folded groups", "折叠的分组"),
              Text("Groups inside __other__: raise aggregation.max_series to see them.",
                   "合并进 __other__ 的分组数：调大 aggregation.max_series 可单独显示。"), 6, 7,
              [("period", Text("Month", "账期")), ("breakdown", Text("Breakdown", "维度"))],
              [(f"sum by (period, breakdown) ({q.once('folded_groups', q.ACCOUNT)})",
                Text("Groups", "分组数"), {"unit": "none"})], sort=Text("Groups", "分组数")),
        stat(Text("Bill rows read", "读取的账单行"), Text("In the last good poll of each month.",
                                                   "各账期上次成功轮询读取的行数。"), 5,
             [query(f"sum by (period) ({q.once('bill_rows', q.ACCOUNT)})", "{{period}}")],
             height=7, unit="locale", color=BLUE),
        curves(Text("Difference from the provider's total", "与云厂商总额之差"),
               Text("Our sum minus the provider's own total over the same days.",
                    "本程序的合计减去云厂商同期的总额。"), 24, 7,
               [query(q.total(pair, "reconciliation_difference"), "{{period}} ({{currency}})")],
               steps_only=True),
    ])


def orders():
    by = "order_status, order_type, service_type"
    labels = [("order_status", Text("Status", "状态")), ("order_type", Text("Type", "类型")),
              ("service_type", SERVICE)]
    return row(Text("Orders (collector orders)", "订单（orders 采集器）"), [
        table(Text("Orders in the window", "时间窗内的订单"),
              Text("Created within polling.orders.window.", "在 polling.orders.window 内创建。"), 10, 8,
              labels, [(f"sum by ({by}) ({q.once('orders', q.ACCOUNT)})", Text("Orders", "订单数"),
                        {"unit": "none"})], sort=Text("Orders", "订单数")),
        table(Text("Payable", "应付"), Text("Amounts of the same orders.", "同一批订单的金额。"), 10, 8,
              [*labels, ("currency", CURRENCY)],
              [(q.total(by + ", currency", "order_amount"), Text("Amount", "金额"))],
              sort=Text("Amount", "金额")),
        stat(Text("Oldest unpaid order", "最早的未支付订单"),
             Text("How long it has waited; absent without one.", "已等待的时间；没有时不显示。"), 4,
             [query(f"max({q.age('oldest_unpaid_order_timestamp_seconds')})")], height=8, unit="s",
             decimals=0, thresholds=steps((86400, YELLOW), (7 * 86400, RED))),
    ])


def make(language):
    return make_dashboard(
        language, "cloud-billing-account", Text("Cloud Billing / Account", "云账单 / 账号"),
        Text("One account in depth: balance, costs, completed days, reconciliation and orders.",
             "单个账号的详情：余额、费用、完整日、对账与订单。"),
        [variables.datasource(), variables.job(), variables.provider(),
         variables.account(several=False), variables.currency(), variables.period(),
         variables.measure(), variables.tag_key()],
        [balance(), month(), breakdown(), days(), trust(), orders(),
         row(Text("Help", "说明"), [explain_costs()])], since="now-7d", refresh="5m")
