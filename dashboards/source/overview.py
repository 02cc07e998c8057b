"""All providers and accounts at a glance."""

from source import queries as q
from source import shared, variables
from source.explanation import explain_costs
from source.layout import make_dashboard, row
from source.panels import (DAYS_UNIT, MINUTE_UNIT, ORANGE, bars, column, count, curves, fixed, pie, query, stat, table)
from source.shared import ACCOUNT, CURRENCY, NO_BUDGET, NO_BUDGET_KNOWN, OWNER_LABELS, PROVIDER, RUNWAY
from source.text import Text

PERIOD, UNPAID = 'period="current"', 'order_status="unpaid"'
NO_UNPAID = Text("No unpaid order is known.", "没有已知的未支付订单。")


def account_link(language):
    suffix = "" if language == "en" else "-zh"
    field = Text('${__data.fields["Account"]:percentencode}',
                 '${__data.fields["账号"]:percentencode}')
    return [{"title": Text("Open this account", "打开该账号"), "targetBlank": False,
             "url": f"/d/cloud-billing-account{suffix}?${{__url_time_range}}&${{datasource:queryparam}}"
                    "&${job:queryparam}&var-account=" + field}]


def headline():
    def bound(edge):
        return f"max({q.select(f'period_{edge}_timestamp_seconds', q.PROVIDER, PERIOD)})"

    balances, limits = q.once("available_balance", q.MONEY), q.once("low_balance_threshold", q.MONEY)
    budget = f"{q.total(q.OWNER, 'budget')} > 0"
    used, expected = q.share_of_budget(q.month(q.OWNER)), q.share_of_budget(q.forecast())
    unpaid = q.once("orders", q.ACCOUNT, UNPAID)
    ordering = q.once("collector_up", q.ACCOUNT, 'collector="orders"')
    return row(Text("Now", "当前"), [
        shared.available(4), shared.cost_so_far(4), shared.change_to_last_month(4), shared.forecast(4),
        shared.cost_last_month(4),
        stat(Text("Shortest runway", "最短可用天数"),
             Text("Days until the first account's balance is used up at its daily burn; 0 where one has nothing left.",
                  "按日均消耗，最先用尽余额的账号还能用几天；已有账号用尽时为 0。"),
             4, [query(f"min({q.runway()})")], unit=DAYS_UNIT, decimals=1, thresholds=RUNWAY),
        stat(Text("Elapsed", "本月已过"),
             Text("How much of the billing month is over: compare with the budget used.",
                  "本账期已过去的比例，可与预算使用率对比。"),
             3, [query(f"(time() - {bound('start')}) / ({bound('end')} - {bound('start')})")],
             unit="percentunit", decimals=0, color=fixed("text")),
        count(Text("Low balance", "余额不足"),
              Text("Accounts below their own low_balance.", "余额低于各自 low_balance 预警线的账号数。"), 3,
              q.count_of(f"{balances} < {limits}", f"{balances} >= {limits}", limits),
              not_configured=Text("no low_balance configured", "未配置 low_balance")),
        count(Text("Over budget", "超出预算"),
              Text("Accounts whose cost so far exceeds the month's budget.", "本月费用已超过预算的账号数。"), 3,
              q.count_of(f"{used} > 1", used, budget), not_configured=NO_BUDGET),
        count(Text("Budget at risk", "预计超支"),
              Text("Accounts whose forecast exceeds the month's budget.", "按预测将超过本月预算的账号数。"), 3,
              q.count_of(f"{expected} > 1", expected, budget), ORANGE, not_configured=NO_BUDGET),
        count(Text("In debt", "欠费账号"),
              Text("Accounts with arrears or a negative balance.", "有欠费或余额为负的账号数。"), 3,
              q.count_of(q.debt(), balances)),
        count(Text("Unpaid orders", "未支付订单"),
              Text("Orders that wait for payment, where the collector orders is on.",
                   "等待支付的订单数，需启用 orders 采集器。"), 3,
              f"sum({unpaid})\nor 0 * count({ordering} == 1)\n"
              f"or (0 * count({q.once('collector_up', q.ACCOUNT)}) - 1 unless count({ordering}))", ORANGE,
              not_configured=Text("collector orders is off", "未启用 orders 采集器")),
        count(Text("Failing polls", "失败的采集器"),
              Text("Collectors whose latest poll failed: their numbers are the last good ones.",
                   "最近一次采集失败的采集器数：其数字是上次的正确值。"), 3,
              q.count_collectors(f"{q.once('collector_up', q.ACCOUNT)} == 0")),
        count(Text("Double bills", "重复账单"),
              Text("Chosen accounts whose bill another chosen account's bill holds too: sums over both are too "
                   "high. Choose one of them only, or see the status page, which counts each bill once.",
                   "所选账号中，账单也包含在另一所选账号账单里的账号数：两者相加的金额偏高。"
                   "请只选其中一个，或查看状态页，它对每份账单只计一次。"), 3,
              q.count_collectors(q.counted_twice())),
    ])


def accounts(language):
    share = {"unit": "percentunit", "decimals": 0}
    through = (f"(0 * {q.month(q.OWNER)}\n+ on (provider, account) group_left ()\n{q.data_through()}) * 1000")
    result = table(
        Text("Accounts", "账号"),
        Text("One line for each account and currency; an account's name opens it in depth.",
             "每个账号和币种一行；点击账号名查看详情。"),
        24, 9, [*OWNER_LABELS[:2], (*OWNER_LABELS[2], {"width": 84})], [
            (q.total(q.OWNER, "available_balance"), Text("Available", "可用余额"),
             {"unit": "locale", "decimals": 2, "thresholds": shared.BALANCE}),
            (q.runway(), Text("Runway", "可用天数"), {"unit": DAYS_UNIT, "decimals": 1, "thresholds": RUNWAY, "width": 76}),
            (q.burn(), Text("Per day", "日均消耗")),
            (q.month(q.OWNER), Text("So far", "本月")),
            (q.change(q.OWNER), Text("Change", "较上月"), {**share, "thresholds": shared.CHANGE, "width": 70}),
            (q.forecast(), Text("Forecast", "预测")),
            (q.total(q.OWNER, "budget"), Text("Budget", "预算")),
            (q.share_of_budget(q.month(q.OWNER)), Text("Used", "已用预算"), {**share, "thresholds": shared.USED, "width": 70}),
            (q.share_of_budget(q.forecast()), Text("Expected", "预计用量"),
             {**share, "thresholds": shared.FORECAST}),
            (q.month(q.OWNER, period="previous"), Text("Previous", "上月")),
            (through, Text("Bill until", "账单截至"), {"unit": MINUTE_UNIT, "width": 96}),
        ], sort=Text("So far", "本月"))
    result["fieldConfig"]["overrides"].append(column(ACCOUNT, links=account_link(language), width=120))
    return row(Text("Accounts", "账号"), [result])


def attention():
    return row(Text("Alerts and growth", "告警与增长"), [shared.firing_alerts(14, 9), shared.what_grew(10, 9)])


def costs():
    """One row for each currency: stacks and shares never mix two."""
    services = f"topk(10, {q.total('provider, service_type', 'billed_cost', PERIOD, q.SERVICE, q.REGION)})"
    return row(Text("Costs in ", "费用：") + "$currency", [
        shared.cost_by_day(24, 10),
        shared.month_so_far(12, 10, budget=False),
        shared.cost_by_month(12, 10),
        bars(Text("Top services this month", "本月费用最高的产品"),
             Text("The ten services that cost most.", "费用最高的十个产品。"), 9, 10,
             [query(q.with_service_name(services), "{{service_type}} {{service_name}} ({{provider}})", instant=True)]),
        bars(Text("Top accounts this month", "本月费用最高的账号"),
             Text("The ten accounts that cost most.", "费用最高的十个账号。"), 8, 10,
             [query(q.largest(10, q.month("provider, account")), "{{account}}", instant=True)]),
        bars(Text("Forecast against budget", "预测与预算对比"),
             Text("Forecast as a share of the month's budget, where one is configured.",
                  "本月预测占预算的比例，仅限配置了预算的账号。"), 7, 10,
             [query(q.largest(10, q.share_of_budget(q.forecast())), "{{account}}", instant=True)],
             unit="percentunit", decimals=0, thresholds=shared.FORECAST, color={"mode": "thresholds"},
             highest=1.2, absent=NO_BUDGET_KNOWN),
        pie(Text("Regions", "地域"),
            Text("This month's cost by region; global is what belongs to none.",
                 "本月费用按地域划分；global 表示不属于任何地域。"), 8, 9,
            [query(q.largest(12, q.total("region_id", "billed_cost", PERIOD, q.SERVICE, q.REGION)), "{{region_id}}",
                   instant=True)]),
        pie(Text("Billing modes", "计费方式"),
            Text("Prepaid and postpaid this month.", "本月的预付费与后付费。"), 8, 9,
            [query(q.month("billing_mode"), "{{billing_mode}}", instant=True)], overrides=shared.MODE_NAMES),
        pie(Text("Providers", "云厂商"), Text("This month's cost by provider.", "本月费用按云厂商划分。"), 8, 9,
            [query(q.month("provider"), "{{provider}}", instant=True)]),
        curves(Text("Available balance, by account", "可用余额（按账号）"),
               Text("Rises with a top-up.", "充值后上升。"), 24, 10,
               [query(f"round({q.total(q.OWNER, 'available_balance')}, 0.01)", "{{account}}")]),
    ], repeat="currency")


def orders():
    labels = [("provider", PROVIDER), ("account", ACCOUNT), ("order_type", Text("Type", "类型"), shared.ORDER_TYPES),
              ("service_type", shared.SERVICE), ("currency", CURRENCY)]
    by = ", ".join(label for label, *_ in labels)
    return row(Text("Unpaid orders (collector orders)", "未支付订单（orders 采集器）"), [
        table(Text("Payable", "应付"),
              Text("Orders that wait for payment, by type and service, if each of them tells its amount.",
                   "等待支付的订单，按类型和产品；仅含每笔订单都有金额的类型和产品。"), 16, 8, labels,
              [(q.total(by, "order_amount", UNPAID), Text("Amount", "金额"))],
              sort=Text("Amount", "金额"),
              absent=Text("No amount of an unpaid order is known.", "没有已知的未支付订单金额。")),
        bars(Text("Oldest unpaid order", "最早的未支付订单"),
             Text("How many days the oldest one has waited.", "最早的一笔已等待多少天。"), 8, 8,
             [query(shared.waiting_for("provider, account"), "{{account}}", instant=True)], unit=DAYS_UNIT,
             decimals=1, thresholds=shared.WAITING, color={"mode": "thresholds"}, absent=NO_UNPAID),
    ], collapsed=True)


def make(language):
    by_tag = q.largest(10, q.total("tag_value", "billed_cost_by_tag", PERIOD, "tag_key=~`${tag_key:regex}`", q.SERVICE))
    return make_dashboard(
        language, "cloud-billing-overview", Text("Cloud Billing / Overview", "云账单 / 总览"),
        Text("Balances, costs, budgets and orders of all providers and accounts.",
             "所有云厂商和账号的余额、费用、预算与订单。"),
        [variables.datasource(), variables.job(), variables.provider(), variables.label(),
         variables.label_value(), variables.account(), variables.currency(), variables.service(),
         variables.region(), variables.tag_key(), variables.largest_services()],
        [headline(), accounts(language), attention(), costs(), shared.tags(by_tag), orders(),
         row(Text("Help", "说明"), [explain_costs()])], since="now-30d", refresh="5m")
