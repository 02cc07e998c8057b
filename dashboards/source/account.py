"""One account in depth."""

from source import queries as q
from source import shared, variables
from source.explanation import explain_costs
from source.layout import make_dashboard, row
from source.panels import (AGE_UNIT, BLUE, DATE_UNIT, DAYS_UNIT, GREEN, MINUTE_UNIT, RED, bars, curves, fixed, gauge,
                           named, pie, query, stat, table, values)
from source.shared import BY_CURRENCY, CURRENCY, RUNWAY, SERVICE
from source.text import Text

PERIOD = 'period="$period"'
MONTHS = (("current", Text("current", "本月")), ("previous", Text("previous", "上月")))


def in_currency(english, chinese):
    return Text(english, chinese) + " ({{currency}})"


def balance():
    amounts = [("available_balance", in_currency("available", "可用")), ("cash_balance", in_currency("cash", "现金")),
               ("low_balance_threshold", in_currency("threshold", "预警线"))]
    parts = [("cash_balance", in_currency("cash", "现金")), ("credit_limit", in_currency("credit limit", "信用额度")),
             ("frozen_balance", in_currency("frozen", "冻结")), ("arrears", in_currency("arrears", "欠费"))]
    return row(Text("Balance", "余额"), [
        shared.available(6),
        stat(Text("Runway", "可用天数"),
             Text("Days until the balance is used up at the daily burn; 0 where nothing is left; not known without a "
                  "burn or without a balance.", "按日均消耗余额还能用几天；已用尽时为 0；没有消耗或没有余额时不详。"),
             4, [query(f"min by (currency) ({q.runway()})", BY_CURRENCY)], unit=DAYS_UNIT, decimals=1,
             thresholds=RUNWAY),
        stat(Text("Burn per day", "日均消耗"),
             Text("Postpaid cost of a completed day, averaged over 7 and over 30 days.",
                  "已完整出账日的后付费金额，7 天与 30 天平均。"), 5,
             [query(f"sum by (currency) ({q.burn('7d')})", in_currency("7 days", "7 天")),
              query(f"sum by (currency) ({q.burn('30d')})", in_currency("30 days", "30 天"))],
             color=fixed(BLUE)),
        stat(Text("Parts of the balance", "余额构成"),
             Text("As far as the provider tells them to this key.", "以云厂商向该密钥提供的为准。"),
             9, [query(q.total("currency", metric), legend) for metric, legend in parts],
             color=fixed(BLUE), overrides=[
                 named("/^(arrears|欠费)/", color={"mode": "thresholds"}, thresholds=shared.ARREARS),
                 named("/^(cash|现金)/", color={"mode": "thresholds"}, thresholds=shared.NEGATIVE)]),
        curves(Text("Balance", "余额"),
               Text("Rises with a top-up.", "充值后上升。"), 13, 9,
               [query(f"round({q.total('currency', metric)}, 0.01)", legend) for metric, legend in amounts],
               overrides=[named("/^(available|可用)/", color=fixed(GREEN), custom__lineWidth=2),
                          named("/^(cash|现金)/", color=fixed(BLUE)),
                          named("/^(threshold|预警线)/", color=fixed(RED),
                                custom__lineStyle={"fill": "dash", "dash": [2, 6]})]),
        shared.firing_alerts(11, 9, of_one=True),
    ])


def month():
    return row(Text("Month, in ", "账期，币种 ") + "$currency", [
        shared.cost_so_far(5), shared.change_to_last_month(5), shared.forecast(5), shared.cost_last_month(5),
        stat(Text("Budget", "预算"), Text("Per month, as configured.", "配置的每月预算。"), 4,
             [query(q.total("currency", "budget"), BY_CURRENCY)], color=fixed(BLUE), absent=shared.NO_BUDGET_SEEN),
        gauge(Text("Budget: used, and expected by the forecast", "预算：已用与预计"),
              Text("Cost so far, and the month's forecast, as shares of the budget.", "本月费用与本月预测占预算的比例。"),
              8, 10, [query(f"sum by (currency) ({q.share_of_budget(q.month(q.OWNER))})", Text("used", "已用"),
                            instant=True),
                      query(f"sum by (currency) ({q.share_of_budget(q.forecast())})", Text("expected", "预计"),
                            instant=True)], unit="percentunit", decimals=0,
              thresholds=shared.FORECAST, lowest=0, highest=1.2, absent=shared.NO_BUDGET_SEEN,
              overrides=[named("/^(used|已用)$/", thresholds=shared.USED)]),
        shared.month_so_far(16, 10),
        shared.cost_by_day(24, 10),
        shared.cost_by_month(24, 10, "service_type", q.SERVICE),
    ], repeat="currency")


def breakdown():
    family = "${measure}"

    def by(labels, *more, count=12):
        return q.largest(count, q.total(labels, family, PERIOD, q.SERVICE, q.REGION, *more))

    services = f"topk(15, {q.total('provider, service_type', family, PERIOD, q.SERVICE, q.REGION)})"
    groups = [("service_type", SERVICE), ("region_id", Text("Region", "地域")),
              ("billing_mode", Text("Billing mode", "计费方式"), shared.MODE_WORDS)]
    labels = ", ".join(label for label, *_ in groups)
    return row("$measure · $period · $currency", [
        bars(Text("Services", "产品"), Text("By service, largest first.", "按产品，金额从大到小。"),
             12, 11, [query(q.with_service_name(services), "{{service_type}} {{service_name}}", instant=True)]),
        table(Text("Groups", "分组"),
              Text("The hundred largest by service, region and billing mode.",
                   "按产品、地域和计费方式，金额最大的一百组。"), 12, 11, groups,
              [(f"topk(100, {q.total(labels, family, PERIOD, q.SERVICE, q.REGION)})", Text("Amount", "金额"))],
              sort=Text("Amount", "金额")),
        pie(Text("Regions", "地域"), Text("By region.", "按地域。"), 8, 9,
            [query(by("region_id"), "{{region_id}}", instant=True)]),
        pie(Text("Billing modes", "计费方式"),
            Text("From the account's total, which no grouping touches.", "取自账号总额，与分组无关。"),
            8, 9, [query(q.month("billing_mode", period="$period", measure=family), "{{billing_mode}}",
                         instant=True)], overrides=shared.MODE_NAMES),
        pie(Text("Billed accounts", "出账账号"),
            Text("By sub_account_id, where aggregation.group_by has it.",
                 "按 sub_account_id（需在 aggregation.group_by 中配置）。"), 8, 9,
            [query(q.shorten(by("sub_account_id", 'sub_account_id!=""'), "sub_account_id", 12), "{{sub_account_id}}",
                   instant=True)],
            absent=Text("Needs sub_account_id in aggregation.group_by.", "需在 aggregation.group_by 中配置 sub_account_id。")),
        curves(Text("Measures", "计量项"),
               Text("What the month comes to by each measure that is configured "
                    "(aggregation.measures).", "所配置的各计量项的金额（见 aggregation.measures）。"),
               24, 9, [query(f"round({q.month('currency', period='$period', measure=name)}, 0.01)",
                             Text(english, chinese))
                       for name, english, chinese in (
                           ("billed_cost", "billed", "应付"), ("list_cost", "list price", "原价"),
                           ("paid_amount", "paid", "已付"), ("unpaid_amount", "unpaid", "未付"),
                           ("coupon_amount", "coupons", "代金券"),
                           ("discount_amount", "discounts", "折扣"))], steps_only=True),
    ], repeat="currency")


def days():
    labels = [("service_type", SERVICE), ("billing_mode", Text("Billing mode", "计费方式"), shared.MODE_WORDS), ("currency", CURRENCY)]
    by = ", ".join(label for label, *_ in labels)
    return row(Text("Newest completed day", "最新完整日"), [
        shared.what_grew(12, 9),
        table(Text("Newest completed day", "最新完整日"),
              Text("What it cost, by service and billing mode.", "当日费用，按产品和计费方式。"), 12, 9, labels,
              [(q.total(by, "day_billed_cost", q.SERVICE), Text("Amount", "金额"))], sort=Text("Amount", "金额"),
              absent=Text("No completed day is known yet.", "尚无完整日的数据。")),
    ])


def trust():
    pair = "period, currency"
    period = values(*((period, name, "text") for period, name in MONTHS))
    labels = [("period", Text("Month", "账期"), {"mappings": period}), ("currency", CURRENCY)]
    return row(Text("Can the numbers be trusted?", "数字可信吗？"), [
        table(Text("Reconciliation", "对账"),
              Text("Our sum, the provider's own total over the same days, and the difference. In an "
                   "open month a small difference may come and go.",
                   "本程序的合计、云厂商同期的总额及两者之差。未结束的月份可能短暂出现小的差额。"),
              12, 6, labels,
              [(q.total(pair, "account_billed_cost"), Text("All billed", "应付合计")),
               (q.total(pair, "provider_billed_cost"), Text("Provider's total", "云厂商总额")),
               (q.total(pair, "reconciliation_difference"), Text("Difference", "差额"))],
              sort=Text("Month", "账期"), descending=False),
        stat(Text("Bill covers until", "账单覆盖至"),
             Text("The last minute that is in the bill; later costs are not.", "账单所含的最后时刻；此后的费用尚未计入。"), 5,
             [query(f"1000 * max({q.data_through(period)})", name) for period, name in MONTHS], height=6, unit=MINUTE_UNIT, color=fixed(BLUE)),
        stat(Text("Newest day", "最新完整日"),
             Text("The day that the completed-day panels show.", "完整日面板所显示的日期。"), 4,
             [query(f"max({q.once('day_start_timestamp_seconds', q.ACCOUNT)}) * 1000")],
             height=6, unit=DATE_UNIT, color=fixed(BLUE)),
        stat(Text("Known days", "已知天数"),
             Text("Of the last 30: burn and forecast rest on them.", "最近 30 天中已知费用的天数：日均消耗与预测以此为据。"), 3,
             [query(f"30 * min({q.once('trend_coverage_ratio', q.ACCOUNT)})")], height=6, unit="none", decimals=0,
             color=fixed(BLUE)),
        bars(Text("Age of the data", "数据时效"),
             Text("Time since the last good poll of each collector, in days and hours:minutes:seconds; coloured as "
                  "the alerts judge it.", "各采集器距上次成功采集的时间（天、时:分:秒）；颜色与告警的判断一致。"),
             8, 7, [query(q.age("collector_last_success_timestamp_seconds", by="collector"),
                          "{{collector}}", instant=True)], unit=AGE_UNIT, decimals=0,
             **shared.ages_by_collector()),
        stat(Text("Collectors", "采集器状态"), Text("Whether the latest poll succeeded.",
                                              "最近一次采集是否成功。"), 5,
             [query(f"min by (collector) ({q.once('collector_up', q.ACCOUNT)})", "{{collector}}")],
             height=7, unit="none",
             mappings=values((1, Text("works", "正常"), GREEN), (0, Text("fails", "失败"), RED))),
        table(Text("Folded groups", "折叠的分组"),
              Text("Groups inside __other__: raise aggregation.max_series to see them.",
                   "合并进 __other__ 的分组数：调大 aggregation.max_series 可单独显示。"), 6, 7,
              [("period", Text("Month", "账期"), {"mappings": period}), ("breakdown", Text("Breakdown", "维度"))],
              [(f"sum by (period, breakdown) ({q.once('folded_groups', q.ACCOUNT)})",
                Text("Groups", "分组数"), {"unit": "none"})], sort=Text("Groups", "分组数")),
        stat(Text("Bill rows read", "读取的账单行"), Text("In the last good poll of each month.",
                                                   "各账期上次成功采集读取的行数。"), 5,
             [query("sum(" + q.once("bill_rows", q.ACCOUNT, f'period="{period}"') + ")", name)
              for period, name in MONTHS],
             height=7, unit="locale", decimals=0, color=fixed(BLUE)),
        curves(Text("Difference from the provider's total", "与云厂商总额之差"),
               Text("Our sum minus the provider's own total over the same days.",
                    "本程序的合计减去云厂商同期的总额。"), 24, 8,
               [query("round(" + q.total("currency", "reconciliation_difference", f'period="{period}"') + ", 0.01)",
                      name + " ({{currency}})") for period, name in MONTHS],
               steps_only=True),
    ])


def amortisation():
    absent = Text("Needs the collector amortization; the cloud may ask to switch the amortised bill on in its console.",
                  "需启用 amortization 采集器；部分云厂商还需先在控制台开通成本账单（成本分摊）。")

    def beside(by, metric, *more):
        """What was billed, beside the effective cost, and only where that is known."""
        effective = q.total(by, metric.format("effective_cost"), *more)
        return [(f"({q.total(by, metric.format('billed_cost'), *more)})\nand on () ({effective})", Text("Billed", "应付")),
                (effective, Text("Effective", "分摊后"))]

    month = ("period", Text("Month", "账期"), {"mappings": values(*((period, name, "text") for period, name in MONTHS))})
    mode = ("billing_mode", Text("Billing mode", "计费方式"), shared.MODE_WORDS)
    return row(Text("Effective cost (collector amortization)", "分摊后的费用（amortization 采集器）"), [
        table(Text("Billed and effective cost", "应付与分摊后的费用"),
              Text("What was billed in the month, and its share of all purchases, those of other months too. The amortised bill "
                   "may reach less far than the bill.",
                   "账期内出账的应付金额，以及各笔采购（含其他账期出账的）分摊到该账期的金额。分摊数据可能比账单滞后。"),
              10, 9, [month, mode, ("currency", CURRENCY)],
              beside("period, billing_mode, currency", "account_{}"), sort=Text("Month", "账期"), descending=False,
              absent=absent),
        table(Text("By service, $period", "按产品，$period"),
              Text("The same by service, of the chosen month.", "所选账期按产品的同一组金额。"), 10, 9,
              [("service_type", SERVICE), ("currency", CURRENCY)],
              beside("service_type, currency", "{}", PERIOD, q.SERVICE, q.REGION), sort=Text("Effective", "分摊后"),
              absent=absent),
        stat(Text("Amortised bill covers until", "分摊数据覆盖至"),
             Text("The last minute that is in the amortised bill.", "分摊数据所含的最后时刻。"), 4,
             [query(f"1000 * max({q.data_through(period, 'effective')})", name) for period, name in MONTHS],
             height=9, unit=MINUTE_UNIT, color=fixed(BLUE)),
    ], collapsed=True)


def orders():
    by = "order_status, order_type, service_type"
    labels = [("order_status", Text("Status", "状态"), shared.ORDER_STATES), ("order_type", Text("Type", "类型"), shared.ORDER_TYPES),
              ("service_type", SERVICE)]
    absent = Text("No order is known. Needs the collector orders.", "没有订单数据。需启用 orders 采集器。")
    return row(Text("Orders (collector orders)", "订单（orders 采集器）"), [
        table(Text("Orders in the window", "时间窗内的订单"),
              Text("Created within polling.orders.window.", "在 polling.orders.window 内创建。"), 10, 8,
              labels, [(f"sum by ({by}) ({q.once('orders', q.ACCOUNT)})", Text("Orders", "订单数"),
                        {"unit": "none"})], sort=Text("Orders", "订单数"), absent=absent),
        table(Text("Payable", "应付"),
              Text("Amounts of the same orders, if each of a kind tells its amount.",
                   "同一批订单的金额；仅含每笔订单都有金额的类别。"), 10, 8,
              [*labels, ("currency", CURRENCY)],
              [(q.total(by + ", currency", "order_amount"), Text("Amount", "金额"))],
              sort=Text("Amount", "金额"),
              absent=Text("No order's amount is known. Needs the collector orders.",
                          "没有订单金额数据。需启用 orders 采集器。")),
        stat(Text("Oldest unpaid order", "最早的未支付订单"),
             Text("How many days it has waited.", "已等待的天数。"), 4,
             [query(f"max({shared.waiting_for('provider, account')})")], height=8, unit=DAYS_UNIT,
             decimals=1, thresholds=shared.WAITING, absent=Text("none known", "没有订单数据")),
    ], collapsed=True)


def what_runs_out():
    return row(Text("What runs out (collectors coupons, packages, budgets, renewals)", "即将用完或到期（coupons、packages、budgets、renewals 采集器）"), [
        stat(Text("Coupons", "代金券"), Text("What is left on the coupons that are effective.", "生效中的代金券的剩余金额。"), 5,
             [query(q.total("currency", "coupon_balance"), BY_CURRENCY)], height=6, color=fixed(BLUE),
             absent=Text("Needs the collector coupons.", "需启用 coupons 采集器。")),
        stat(Text("Next coupon ends in", "最近到期的代金券"),
             Text("Days until the next of them ends.", "最近一张还有多少天到期。"), 5,
             [query(f"(min({q.once('coupon_next_expiry_timestamp_seconds', q.ACCOUNT)}) - time()) / 86400")],
             height=6, unit=DAYS_UNIT, decimals=1, thresholds=shared.ENDING, absent=Text("none known", "没有代金券数据")),
        table(Text("Resource packages", "资源包"),
              Text("What is left of the effective ones, by service and unit.", "生效中的资源包的剩余比例，按产品和单位。"), 6, 6,
              [("service_type", SERVICE), ("unit", Text("Unit", "单位"))],
              [(f"min by (service_type, unit) ({q.once('package_remaining_ratio', q.ACCOUNT)})", Text("Left", "剩余"),
                {"unit": "percentunit", "decimals": 0})],
              sort=Text("Left", "剩余"), descending=False,
              absent=Text("Needs the collector packages.", "需启用 packages 采集器。")),
        table(Text("Budgets with the cloud", "控制台中的预算"),
              Text("As the cloud itself counts them; not the budget of the configuration.",
                   "按云厂商自己的统计，与配置中的预算无关。"), 8, 6,
              [("budget", Text("Budget", "预算")), ("currency", CURRENCY)],
              [(q.total("budget, currency", "provider_budget"), Text("Amount", "金额")),
               (q.total("budget, currency", "provider_budget_used"), Text("Used", "已用"))],
              sort=Text("Used", "已用"), absent=Text("Needs the collector budgets.", "需启用 budgets 采集器。")),
        table(Text("Resources that end soon", "即将到期的资源"),
              Text("Paid for in advance. Each counts in every window that it ends in, so windows are not to be added.",
                   "预付费资源。每个资源计入其到期所在的每个时段，因此不能把各时段相加。"), 16, 7,
              [("service_type", SERVICE), ("auto_renew", Text("Renewal", "续费"), shared.RENEWALS)],
              [*((q.total("service_type, auto_renew", "expiring_resources", f'within="{window}d"', labels=q.ACCOUNT),
                  Text(f"{window} days", f"{window} 天内"), {"unit": "none", "decimals": 0}) for window in (7, 30, 90)),
               (f"min by (service_type, auto_renew) ({q.once('next_expiry_timestamp_seconds', q.ACCOUNT)}) * 1000",
                Text("Next ends", "最近到期"), {"unit": DATE_UNIT})],
              sort=Text("Next ends", "最近到期"), descending=False,
              absent=Text("None within 90 days. Needs the collector renewals.", "90 天内没有到期的资源。需启用 renewals 采集器。")),
        stat(Text("Next that is not renewed automatically ends in", "最近到期且未开通自动续费"),
             Text("Days until the next of them ends.", "最近一个还有多少天到期。"), 8,
             [query("(min(" + q.once("next_expiry_timestamp_seconds", q.ACCOUNT, 'auto_renew="false"') + ") - time()) / 86400")],
             height=7, unit=DAYS_UNIT, decimals=1, thresholds=shared.ENDING, absent=Text("none within 90 days", "90 天内没有")),
    ], collapsed=True)


def make(language):
    by_tag = q.largest(15, q.total("tag_value", "${measure}_by_tag", PERIOD, "tag_key=~`${tag_key:regex}`", q.SERVICE))
    return make_dashboard(
        language, "cloud-billing-account", Text("Cloud Billing / Account", "云账单 / 账号"),
        Text("One account in depth: balance, costs, completed days, reconciliation, effective cost and orders.",
             "单个账号的详情：余额、费用、完整日、对账、分摊与订单。"),
        [variables.datasource(), variables.job(), variables.provider(), variables.label(),
         variables.label_value(), variables.account(several=False), variables.currency(),
         variables.service(), variables.region(), variables.period(), variables.measure(),
         variables.tag_key(), variables.largest_services()],
        [balance(), month(), days(), breakdown(), trust(), shared.tags(by_tag), amortisation(), orders(),
         what_runs_out(),
         row(Text("Help", "说明"), [explain_costs()])], since="now-30d", refresh="5m")
