"""All providers and accounts at a glance."""

from source import queries as q
from source import variables
from source.explanation import explain_costs
from source.panels import (ORANGE, RED, YELLOW, bars, column, curves, make_dashboard, pie, query, row,
                           stat, steps, table)
from source.text import Text

BUDGET = steps((0.8, YELLOW), (1, RED))
RUNWAY = steps((3, ORANGE), (7, YELLOW), (14, "green"), base=RED)
PROVIDER, ACCOUNT = Text("Provider", "云厂商"), Text("Account", "账号")
CURRENCY = Text("Currency", "币种")
OWNER_LABELS = [("provider", PROVIDER), ("account", ACCOUNT), ("currency", CURRENCY)]
UNTAGGED = Text('"(none)"', '"（无）"')


def named_tag(expr):
    return "label_replace(" + Text(expr, expr) + ', "tag_value", ' + UNTAGGED + ', "tag_value", "")'


def account_link(language):
    suffix = "" if language == "en" else "-zh"
    field = Text('${__data.fields["Account"]:percentencode}',
                 '${__data.fields["账号"]:percentencode}')
    return [{"title": Text("Open this account", "打开该账号"), "targetBlank": False,
             "url": f"/d/cloud-billing-account{suffix}?${{__url_time_range}}&${{datasource:queryparam}}"
                    "&${job:queryparam}&var-account=" + field}]


def headline():
    by_currency = "{{currency}}"
    unpaid = q.once("orders", q.ACCOUNT, 'order_status="unpaid"')
    balances = q.total(q.OWNER, "available_balance")
    limits = q.total(q.OWNER, "low_balance_threshold")
    return row(Text("Now", "当前"), [
        stat(Text("Available balance", "可用余额"),
             Text("What can be spent now, over the chosen accounts, for each currency.",
                  "所选账号当前可用金额，按币种合计。"),
             4, [query(q.total("currency", "available_balance"), by_currency)]),
        stat(Text("Cost this month so far", "本月费用"),
             Text("Payable for the current billing month, prepaid and postpaid.",
                  "本账期至今的应付金额，含预付费与后付费。"),
             4, [query(q.month("currency"), by_currency)], color={"mode": "fixed", "fixedColor": "blue"}),
        stat(Text("Forecast for this month", "本月预测"),
             Text("Cost so far and the daily burn until the month's end. See the last row.",
                  "本月费用加上到月末的日均消耗。说明见最后一行。"),
             4, [query(f"sum by (currency) ({q.forecast()})", by_currency)],
             color={"mode": "fixed", "fixedColor": "purple"}),
        stat(Text("Cost last month", "上月费用"),
             Text("Payable for the previous billing month.", "上一账期的应付金额。"),
             4, [query(q.month("currency", period="previous"), by_currency)],
             color={"mode": "fixed", "fixedColor": "blue"}),
        stat(Text("Month elapsed", "本月已过"),
             Text("How much of the billing month is over: compare with the budget used.",
                  "本账期已过去的比例，可与预算使用率对比。"),
             4, [query("(time() - max(" + q.select("period_start_timestamp_seconds", q.JOB,
                                                    'period="current"') + "))\n/ (max("
                       + q.select("period_end_timestamp_seconds", q.JOB, 'period="current"')
                       + ") - max(" + q.select("period_start_timestamp_seconds", q.JOB,
                                               'period="current"') + "))")],
             unit="percentunit", decimals=0, color={"mode": "fixed", "fixedColor": "text"}),
        stat(Text("Shortest runway", "最短可用天数"),
             Text("Days until the first account's balance is used up at its daily burn.",
                  "按日均消耗，最先用尽余额的账号还能用几天。"),
             4, [query(f"min({q.runway()})")], unit="d", decimals=1, thresholds=RUNWAY),
        stat(Text("Accounts low on balance", "余额不足的账号"),
             Text("Accounts below their own low_balance.", "余额低于各自 low_balance 阈值的账号数。"),
             4, [query(f"count({balances} < on ({q.OWNER}) {limits}) or vector(0)")],
             unit="none", thresholds=steps((1, RED))),
        stat(Text("Accounts over budget", "超出预算的账号"),
             Text("Accounts whose cost so far exceeds the month's budget.",
                  "本月费用已超过预算的账号数。"),
             4, [query(f"count({q.budget_used()} > 1) or vector(0)")],
             unit="none", thresholds=steps((1, RED))),
        stat(Text("Forecast over budget", "预计超出预算"),
             Text("Accounts whose forecast exceeds the month's budget.",
                  "按预测将超过本月预算的账号数。"),
             4, [query(f"count(({q.forecast()})\n> on ({q.OWNER})\n"
                       f"({q.total(q.OWNER, 'budget')} > 0)) or vector(0)")],
             unit="none", thresholds=steps((1, ORANGE))),
        stat(Text("Unpaid orders", "未支付订单"),
             Text("Orders that wait for payment, where the collector orders is on.",
                  "等待支付的订单数，需启用 orders 采集器。"),
             4, [query(f"sum({unpaid}) or vector(0)")], unit="none", thresholds=steps((1, ORANGE))),
        stat(Text("Failing collectors", "失败的采集器"),
             Text("Collectors whose latest poll failed: their numbers are the last good ones.",
                  "最近一次轮询失败的采集器数：其数字是上次的正确值。"),
             4, [query(f"count({q.once('collector_up', q.ACCOUNT)} == 0) or vector(0)")],
             unit="none", thresholds=steps((1, RED))),
        stat(Text("Bills counted twice", "重复计算的账单"),
             Text("Chosen accounts whose bill another chosen account's bill holds too: sums over both are too "
                  "high. Choose one of them only, or see the status page, which counts each bill once.",
                  "所选账号中，账单也包含在另一所选账号账单里的账号数：两者相加的金额偏高。"
                  "请只选其中一个，或查看状态页，它对每份账单只计一次。"),
             4, [query(f"{q.counted_twice()} or vector(0)")],
             unit="none", thresholds=steps((1, RED))),
    ])


def accounts(language):
    budget_share = f"({q.forecast()})\n/ on ({q.OWNER})\n({q.total(q.OWNER, 'budget')} > 0)"
    through = (f"(0 * {q.month(q.OWNER)}\n+ on (provider, account) group_left ()\n"
               f"max by (provider, account) ({q.data_through()})) * 1000")
    share = {"unit": "percentunit", "decimals": 0, "thresholds": BUDGET}
    result = table(
        Text("Accounts", "账号"),
        Text("One line for each account and currency; an account's name opens it in depth.",
             "每个账号和币种一行；点击账号名查看详情。"),
        24, 9, OWNER_LABELS, [
            (q.total(q.OWNER, "available_balance"), Text("Available", "可用余额")),
            (q.runway(), Text("Runway", "可用天数"),
             {"unit": "d", "decimals": 1, "thresholds": RUNWAY}),
            (q.burn(), Text("Burn per day", "日均消耗")),
            (q.month(q.OWNER), Text("This month", "本月费用")),
            (q.total(q.OWNER, "budget"), Text("Budget", "预算")),
            (q.budget_used(), Text("Budget used", "预算使用率"), share),
            (q.forecast(), Text("Forecast", "预测")),
            (budget_share, Text("Forecast / budget", "预测/预算"), share),
            (q.month(q.OWNER, period="previous"), Text("Last month", "上月费用")),
            (through, Text("Bill covers until", "账单覆盖至"), {"unit": "dateTimeAsLocal"}),
        ], sort=Text("This month", "本月费用"))
    result["fieldConfig"]["overrides"].append(column(ACCOUNT, links=account_link(language)))
    return row(Text("Accounts", "账号"), [result])


def costs():
    """One row for each currency: stacks and shares never mix two."""
    services = q.largest(10, q.total("provider, service_type, currency", "billed_cost",
                                     'period="current"'))
    by_tag = q.largest(10, q.total("tag_value, currency", "billed_cost_by_tag", 'period="current"',
                                   'tag_key="$tag_key"'))
    title = Text("Costs in ", "费用：") + "$currency"
    return row(title, [
        bars(Text("Top services this month", "本月费用最高的服务"),
             Text("The ten services that cost most.", "费用最高的十个服务。"), 9, 10,
             [query(q.with_service_name(services),
                    "{{service_type}} {{service_name}} ({{currency}})", instant=True)]),
        bars(Text("Top accounts this month", "本月费用最高的账号"),
             Text("The ten accounts that cost most.", "费用最高的十个账号。"), 8, 10,
             [query(q.largest(10, q.month("provider, account, currency")),
                    "{{account}} ({{currency}})", instant=True)]),
        bars(Text("Budget used", "预算使用率"),
             Text("Cost so far as a share of the month's budget, where one is configured.",
                  "本月费用占预算的比例，仅限配置了预算的账号。"), 7, 10,
             [query(q.largest(10, q.budget_used()), "{{account}}", instant=True)],
             unit="percentunit", decimals=0, thresholds=BUDGET, color={"mode": "thresholds"},
             lowest=0, highest=1.2),
        pie(Text("Regions", "地域"),
            Text("This month's cost by region; global is what belongs to none.",
                 "本月费用按地域划分；global 表示不属于任何地域。"), 8, 9,
            [query(q.largest(12, q.total("region_id, currency", "billed_cost", 'period="current"')),
                   "{{region_id}} ({{currency}})", instant=True)]),
        pie(Text("Billing modes", "计费方式"),
            Text("Prepaid and postpaid this month.", "本月的预付费与后付费。"), 8, 9,
            [query(q.month("billing_mode, currency"), "{{billing_mode}} ({{currency}})",
                   instant=True)]),
        bars(Text("Tag ", "标签 ") + "$tag_key",
             Text("This month's cost by the values of the chosen tag key (aggregation.tag_keys).",
                  "本月费用按所选标签键的取值划分（见 aggregation.tag_keys）。"), 8, 9,
             [query(named_tag(by_tag), "{{tag_value}} ({{currency}})", instant=True)]),
        curves(Text("Cost this month, by provider", "本月费用（按云厂商）"),
               Text("Grows with every new day of the bill and starts again on the 1st.",
                    "随账单逐日增长，每月 1 日重新开始。"), 12, 9,
               [query(q.month("provider, currency"), "{{provider}} ({{currency}})")],
               steps_only=True, stacked=True),
        curves(Text("Newest completed day, by service", "最新完整日费用（按服务）"),
               Text("What the newest completed day cost, over the time at which it was known.",
                    "最新完整出账日的费用，按得知的时间绘制。"), 12, 9,
               [query(q.total("service_type, currency", "day_billed_cost"),
                      "{{service_type}} ({{currency}})")], steps_only=True, stacked=True),
        curves(Text("Available balance, by account", "可用余额（按账号）"),
               Text("Rises with a top-up.", "充值后上升。"), 24, 8,
               [query(q.total(q.OWNER, "available_balance"), "{{account}} ({{currency}})")]),
    ], repeat="currency")


def orders():
    unpaid = 'order_status="unpaid"'
    age = q.age("oldest_unpaid_order_timestamp_seconds")
    by = "provider, account, order_type, service_type"
    labels = [("provider", PROVIDER), ("account", ACCOUNT), ("order_type", Text("Type", "类型")),
              ("service_type", Text("Service", "服务"))]
    return row(Text("Unpaid orders", "未支付订单"), [
        table(Text("Payable", "应付"),
              Text("Orders that wait for payment, by type and service.",
                   "等待支付的订单，按类型和服务。"), 16, 8, [*labels, ("currency", CURRENCY)],
              [(q.total(by + ", currency", "order_amount", unpaid), Text("Amount", "金额"))],
              sort=Text("Amount", "金额")),
        bars(Text("Oldest unpaid order", "最早的未支付订单"),
             Text("How long the oldest one has waited.", "最早的一笔已等待多久。"), 8, 8,
             [query(age, "{{account}}", instant=True)], unit="s", decimals=0,
             thresholds=steps((86400, YELLOW), (7 * 86400, RED)), color={"mode": "thresholds"}),
    ])


def make(language):
    return make_dashboard(
        language, "cloud-billing-overview", Text("Cloud Billing / Overview", "云账单 / 总览"),
        Text("Balances, costs, budgets and orders of all providers and accounts.",
             "所有云厂商和账号的余额、费用、预算与订单。"),
        [variables.datasource(), variables.job(), variables.provider(), variables.account(),
         variables.currency(), variables.tag_key()],
        [headline(), accounts(language), costs(), orders(),
         row(Text("Help", "说明"), [explain_costs()])], since="now-7d", refresh="5m")
