"""What more than one dashboard shows."""

from source import queries as q
from source.layout import row
from source.panels import (BLUE, GREEN, GREY, MINUTE_UNIT, ORANGE, PURPLE, RED, YELLOW, bars, curves, daily_bars, fixed,
                           monthly_bars, named, query, stat, steps, table, values)
from source.text import Text

RUNWAY = steps((3, ORANGE), (7, YELLOW), (14, GREEN), base=RED)
# By the forecast: of 80 % used nothing can be said without the day of the month.
FORECAST = steps((0.95, YELLOW), (1, RED))
USED = steps((1, RED), base="text")
CHANGE = steps((0.2, ORANGE), (0.5, RED), base="text")
BALANCE = steps((0.005, GREEN), base=RED)
NEGATIVE = steps((0, BLUE), base=RED)
ARREARS = steps((0.005, RED), base=BLUE)
WAITING = steps((1, YELLOW), (7, RED))
ENDING = steps((7, BLUE), base=RED)
# From the age on at which the alerts call them old.
AGES = {"balance": 3 * 3600, "orders": 12 * 3600, "bills": 36 * 3600, "amortization": 36 * 3600, "coupons": 36 * 3600,
        "packages": 36 * 3600, "budgets": 36 * 3600, "renewals": 36 * 3600}
PROVIDER, ACCOUNT = Text("Provider", "云厂商"), Text("Account", "账号")
CURRENCY, SERVICE = Text("Currency", "币种"), Text("Service", "产品")
COLLECTOR = Text("Collector", "采集器")
OWNER_LABELS = [("provider", PROVIDER), ("account", ACCOUNT), ("currency", CURRENCY)]
NO_BUDGET = Text("no budget configured", "未配置预算")
NO_BUDGET_SEEN = Text("no budget known", "没有预算数据")
NO_BUDGET_KNOWN = Text("No budget is known. Set accounts[].budget.", "没有预算数据。请配置 accounts[].budget。")
NO_TAGS = Text("No tag is known. Set aggregation.tag_keys.", "没有标签数据。请配置 aggregation.tag_keys。")
UNTAGGED = Text('"(none)"', '"（无）"')
BY_CURRENCY = "{{currency}}"
REST = Text("other services", "其余产品")
MODES = (("postpaid", Text("postpaid", "后付费")), ("prepaid", Text("prepaid", "预付费")),
         ("contract", Text("contract", "合同计费")), ("fulfillment", Text("fulfillment", "履约计费")))
# In a table's cells.
MODE_WORDS = {"mappings": values(*((mode, name, "text") for mode, name in MODES))}
ORDER_STATES = {"mappings": values(*((state, name, "text") for state, name in (
    ("unpaid", Text("unpaid", "未支付")), ("paid", Text("paid", "已支付")), ("cancelled", Text("cancelled", "已取消")),
    ("voided", Text("voided", "已作废")), ("refunded", Text("refunded", "已退款")), ("failed", Text("failed", "失败")))))}
ORDER_TYPES = {"mappings": values(*((kind, name, "text") for kind, name in (
    ("purchase", Text("purchase", "新购")), ("renewal", Text("renewal", "续费")), ("upgrade", Text("upgrade", "升配")),
    ("downgrade", Text("downgrade", "降配")), ("configuration_change", Text("configuration change", "变更配置")),
    ("compensation", Text("compensation", "补偿")), ("refund", Text("refund", "退款")),
    ("transfer", Text("transfer", "转入")))))}
RENEWALS = {"mappings": values(("true", Text("automatic", "自动"), "text"), ("false", Text("not automatic", "未开通自动"), "text"))}
MODE_NAMES = [named(f"/^{mode}$/", displayName=name) for mode, name in MODES]


def ages_by_collector(default=48 * 3600):
    """Thresholds, and those of collectors that age faster or slower."""
    return {"thresholds": steps((default, YELLOW), (2 * default, RED)), "color": {"mode": "thresholds"},
            "overrides": [named(f"^{collector}$", thresholds=steps((limit, YELLOW), (2 * limit, RED)))
                          for collector, limit in AGES.items()]}


def too_old(by):
    """Found where what a collector tells is older than its alert allows."""
    success = "collector_last_success_timestamp_seconds"
    matcher = 'collector="{}"'
    return "\nor\n".join(f"{q.age(success, matcher.format(collector), by=by)} > {limit}"
                         for collector, limit in AGES.items())


def available(width):
    return stat(Text("Available balance", "可用余额"),
                Text("What can be spent now, for each currency; what is owed stands beside it and is never set "
                     "off against other accounts.",
                     "当前可用金额，按币种合计；欠款单独列出，不与其他账号的余额相抵。"),
                width, [query(f"sum by (currency) (clamp_min({q.once('available_balance', q.MONEY)}, 0))",
                              BY_CURRENCY),
                        query(f"sum by (currency) ({q.debt()})", Text("{{currency}} owed", "{{currency}} 欠款"))],
                thresholds=BALANCE,
                overrides=[named("/(owed|欠款)$/", color=fixed(RED))])


def cost_so_far(width):
    return stat(Text("Cost this month so far", "本月费用"),
                Text("Payable for the current billing month, prepaid and postpaid.",
                     "本账期至今的应付金额，含预付费与后付费。"),
                width, [query(q.month("currency"), BY_CURRENCY)], color=fixed(BLUE))


def change_to_last_month(width):
    return stat(Text("Change to last month", "较上月同期"),
                Text("This month's cost against what last month had cost after as many days.",
                     "本月费用与上月相同天数的费用相比。"),
                width, [query(q.change("currency"), BY_CURRENCY)], unit="percentunit", decimals=1,
                thresholds=CHANGE)


def forecast(width):
    return stat(Text("Forecast", "本月预测"),
                Text("Cost so far and the daily burn until the month's end. See the last row.",
                     "本月费用加上到月末的日均消耗。说明见最后一行。"),
                width, [query(q.forecast("currency"), BY_CURRENCY)], color=fixed(PURPLE))


def cost_last_month(width):
    return stat(Text("Cost last month", "上月费用"),
                Text("Payable for the previous billing month.", "上一账期的应付金额。"),
                width, [query(q.month("currency", period="previous"), BY_CURRENCY)], color=fixed(BLUE))


def short_name(alerts):
    return f'label_replace({alerts}, "alertname", "$1", "alertname", "CloudBilling(.+)")'


def firing_alerts(width, height, of_one=False):
    """ALERTS is written by whatever evaluates the rules. Of one: without the columns that tell accounts apart."""
    owner = [] if of_one else [("provider", PROVIDER), ("account", ACCOUNT)]
    labels = q.join("alertname, severity", *(label for label, _ in owner), "currency, collector")
    chosen = ('alertname=~"CloudBilling.+",job=~`${job:regex}|`,provider=~`${provider:regex}|`,'
              'account=~`${account:regex}|`')
    firing = f'max by ({labels}) (ALERTS{{alertstate="firing",{chosen}}})'
    since = (f"max by ({labels}) (1000 * ALERTS_FOR_STATE{{{chosen}}})\nand {firing}")
    severity = [{"type": "value", "options": {
        "critical": {"text": Text("critical", "严重"), "color": RED, "index": 0},
        "warning": {"text": Text("warning", "警告"), "color": ORANGE, "index": 1}}}]
    return table(Text("Firing alerts", "正在触发的告警"),
                 Text("Of the rules in config/prometheus, named without CloudBilling; of the chosen accounts, or of none.",
                      "config/prometheus 中的告警规则（名称省略 CloudBilling）；仅列所选账号，以及与账号无关的告警。"),
                 width, height, [
                     ("alertname", Text("Alert", "告警"), {"width": 160}),
                     ("severity", Text("Severity", "级别"), {"mappings": severity, "width": 76}),
                     *owner, ("currency", CURRENCY, {"width": 84}), ("collector", COLLECTOR, {"width": 100})],
                 [(short_name(firing), Text("Firing", "触发"), {"hidden": True}),
                  (short_name(since), Text("Since", "开始时间"), {"unit": MINUTE_UNIT, "width": 96})],
                 absent=Text("No alert fires, or the rules are not loaded.", "没有告警触发，或规则未加载。"))


def what_grew(width, height):
    """By service; a whole week apart, since weekends cost less."""
    by = "service_type, currency"
    day = q.total(by, "day_billed_cost", q.SERVICE, q.POSTPAID)
    before = q.total(by, "week_earlier_day_billed_cost", q.SERVICE, q.POSTPAID)
    more = f"({day} - {before} > 0)"
    return table(Text("What grew most", "增长最多的产品"),
                 Text("Postpaid cost of the newest completed day against the same weekday a week earlier; what "
                      "cost less or the same is left out.",
                      "最新完整日与上周同日的后付费费用相比；费用减少或不变的不列出。"),
                 width, height, [("service_type", SERVICE), ("currency", CURRENCY)],
                 [(more, Text("More", "增加")),
                  (f"({day} and {more}) / ({before} > 0) - 1", Text("Change", "变化"),
                   {"unit": "percentunit", "decimals": 0}),
                  (f"{day} and {more}", Text("Newest", "最新日")),
                  (f"{before} and {more}", Text("Week ago", "上周同日"))],
                 sort=Text("More", "增加"),
                 absent=Text("Nothing grew, or no day is known yet.", "没有增长，或尚无完整日的数据。"))


def cost_by_day(width, height):
    by_service = f"sum by (service_type) ({q.day_costs(q.POSTPAID, q.SERVICE)})"
    expr = Text(*(f"round({q.largest_and_rest(by_service, rest)}, 0.01)" for rest in (REST.en, REST.zh)))
    return daily_bars(
        Text("Cost per day, by service", "每日费用（按产品）"),
        Text("Postpaid, one bar for each completed day, as far as Prometheus remembers; the largest services and "
             "the rest. Days that were not seen are missing, not 0; the newest one is there of clouds that tell it at once.",
             "后付费，每个完整日一根柱，以 Prometheus 的历史为限；列出费用最高的产品，其余合并。没有记录的日子不画，并不表示为 0；最近一天只含已出账的云厂商。"),
        width, height,
        [query(expr, "{{shown}}")],
        absent=Text("No completed day is known yet.", "尚无完整日的数据。"),
        overrides=[named("/^(other services|其余产品)$/", color=fixed(GREY))])


def cost_by_month(width, height, label="billing_mode", *more):
    return monthly_bars(
        Text("Cost per month", "每月费用"),
        Text("Whole months of the collector history, the previous month, and the current one so far; of the accounts "
             "that have the collector, if any has.",
             "history 采集器读取的已结束月份、上月，以及本月至今；有账号启用该采集器时，只含这些账号。"),
        width, height, f"round({q.closed_months(label, *more)}, 0.01)", label, overrides=MODE_NAMES)


def month_so_far(width, height, budget=True):
    lines = [query(f"round({q.month('currency')}, 0.01)", Text("this month", "本月")),
             query(f"round({q.month_before('currency')}, 0.01)", Text("last month, same days", "上月同期")),
             query(f"round({q.forecast('currency')}, 0.01)", Text("forecast", "预测")),
             query(f"round({q.month('currency', period='previous')}, 0.01)", Text("last month", "上月"))]
    if budget:
        lines.append(query(q.total("currency", "budget"), Text("budget", "预算")))
    looks = [named("/^(this month|本月)$/", color=fixed(BLUE), custom__fillOpacity=20, custom__lineWidth=2),
             named("/same days|同期/", color=fixed("light-blue")),
             named("/^(forecast|预测)$/", color=fixed(PURPLE), custom__lineStyle={"fill": "dash", "dash": [8, 6]}),
             named("/^(last month|上月)$/", color=fixed(GREY)),
             named("/^(budget|预算)$/", color=fixed(RED), custom__lineStyle={"fill": "dash", "dash": [2, 6]})]
    return curves(Text("This month against forecast, budget and last month", "本月费用与预测、预算、上月对比")
                  if budget else Text("This month against forecast and last month", "本月费用与预测、上月对比"),
                  Text("Starts again on the 1st.", "每月 1 日重新开始。"), width, height, lines,
                  steps_only=True, overrides=looks)


def tags(query_of):
    """A row of its own, closed: tag keys have to be chosen in the configuration."""
    return row(Text("Tags, in ", "标签，币种 ") + "$currency", [
        bars(Text("Tag ", "标签 ") + "$tag_key",
             Text("Cost by the values of the chosen tag key (aggregation.tag_keys).",
                  "费用按所选标签键的取值划分（见 aggregation.tag_keys）。"), 24, 10,
             [query("label_replace(" + Text(query_of, query_of) + ', "tag_value", ' + UNTAGGED
                    + ', "tag_value", "")', "{{tag_value}}", instant=True)], absent=NO_TAGS)],
        repeat="currency", collapsed=True)


def waiting_for(by):
    return f"({q.age('oldest_unpaid_order_timestamp_seconds', by=by)}) / {q.DAY}"


