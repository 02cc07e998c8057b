"""What docs/metrics.md and docs/zh/metrics.md say of the metrics beside what /metrics tells: sections, meanings in
Chinese, notes and an example query of each metric. tests/e2e/metric_reference_test.py --write makes the pages of it.

Each text is a pair, English and Chinese.
"""

import dataclasses


@dataclasses.dataclass(frozen=True)
class Metric:
    name: str  # without cloud_billing_; that of the process whole
    meaning: tuple  # the sentence of HELP, without origins and what is said of all; the same in Chinese
    question: tuple = ()  # what the query answers
    query: str = ""


@dataclasses.dataclass(frozen=True)
class Section:
    title: tuple
    intro: tuple  # or None
    metrics: tuple
    notes: tuple = ()  # pairs, one for each point of a list


# As HELP says it, with the words of a cloud's own field left as they are.
MEASURES = {
    "billed_cost": ("Billed cost (payable)", "应付金额"),
    "list_cost": ("List cost (before discounts)", "原价（优惠前）"),
    "paid_amount": ("Paid amount", "实付金额"),
    "unpaid_amount": ("Unpaid amount", "未付金额"),
    "coupon_amount": ("Amount covered by coupons", "代金券抵扣金额"),
    "discount_amount": ("Amount discounted", "折扣金额"),
}



def of_measures(name, meaning, queries):
    """A metric of each measure; `queries` has question and query of some."""
    metrics = []
    for measure, words in MEASURES.items():
        *question, query = queries.get(measure, ("",))
        metrics.append(Metric(name.replace("<measure>", measure),
                              tuple(text.format(word) for text, word in zip(meaning, words)),
                              tuple(question), query))
    return tuple(metrics)


# What is said of where a value comes from, if it is more than an operation and its fields.
ORIGINS = {
    "cash_balance cashBalance plus credit_quota remainQuota where the key may read it":
        "cash_balance cashBalance，加上 credit_quota remainQuota（密钥有权读取时）",
    "credit_quota quota, where the key may read it": "credit_quota quota（密钥有权读取时）",
    "supervisor_balance cashBalance, where the key may read it": "supervisor_balance cashBalance（密钥有权读取时）",
    "yesterday from 10:00 UTC+8 on, before that the day before": "10:00（UTC+8）起为昨天，此前为前天",
    "two days ago": "前天",
    "the end of two days ago": "前天结束时",
    "resource_month_bill loginName, of a member of a financial circle subLoginName":
        "resource_month_bill loginName，财务圈成员为 subLoginName",
    "ListResourcePackages AvailableAmount / TotalAmount": "ListResourcePackages AvailableAmount / TotalAmount",
    "ListBillDetail OwnerUserName, else OwnerCustomerName": "ListBillDetail OwnerUserName，没有时为 OwnerCustomerName",
    "end of yesterday from 10:00 UTC+8 on, before that of the day before":
        "10:00（UTC+8）起为昨天结束时，此前为前天结束时",
    "the latest ListBillDetail ExpenseEndTime of postpaid rows":
        "ListBillDetail 后付费各行中最晚的 ExpenseEndTime",
    "ListBillDetail PosttaxAmount, else PayableAmount + Tax":
        "ListBillDetail PosttaxAmount，没有时为 PayableAmount + Tax",
    "ListBillOverviewByProd PosttaxAmount, else PayableAmount + Tax":
        "ListBillOverviewByProd PosttaxAmount，没有时为 PayableAmount + Tax",
    "ListAmortizedCostBillMonthly NowAmortizedPosttaxAmount, else NowAmortizedPayableAmount + NowAmortizedTaxAmount":
        "ListAmortizedCostBillMonthly NowAmortizedPosttaxAmount，没有时为 NowAmortizedPayableAmount + NowAmortizedTaxAmount",
    "of that day": "仅该日",
}

PAGE_HEAD = ("""\
# Metrics

English | [中文](zh/metrics.md)

Every metric with its type, its labels, its meaning, the field of each cloud that it comes from, and a query. The demo's
configuration is used: the labels of groups follow `aggregation`.

What holds for all:

- Values about accounts are refreshed by polls, not by scrapes. What is not known is absent: it is never shown as 0.
- `...` among the labels stands for what every series of an account carries: `provider`, `account`, and the account's `labels` of the
  configuration.
- `currency` is an ISO 4217 code. Never add different values of it.
- `period` is `current` or `previous`: calendar months in the provider's billing zone (UTC+8; BytePlus UTC+0), whatever the host's zone.
  Always select one: a sum over both adds two months.
- Sums are exact decimals; what is printed is the nearest double. Prometheus adds doubles: compare its sums with a relative tolerance of
  1e-9.
- An operation and its field, such as `cash_balance cashBalance`, are those of the cloud's API: see [Baidu AI Cloud](clouds/baidu.md) and
  [Volcengine](clouds/volcengine.md), whose operations are [BytePlus](clouds/byteplus.md)'s too.

This page is made from `/metrics`: `tests/e2e/metric_reference_test.py --write`.
""", """\
# 指标

[English](../metrics.md) | 中文

每个指标的类型、标签、含义、在各家云取自哪个字段，以及一条查询示例。本页使用演示配置，分组的标签随 `aggregation` 而定。

通用约定：

- 账号的数据在采集时更新，与 Prometheus 何时抓取无关。不详的数据不输出，不会显示为 0。
- 标签中的 `...` 表示账号的每条序列都有的标签：`provider`、`account`，以及配置中该账号的 `labels`。
- `currency` 是 ISO 4217 代码。不同币种不能相加。
- `period` 为 `current`（本月）或 `previous`（上月），按云厂商账单时区（UTC+8；BytePlus 为 UTC+0）的自然月，与主机时区无关。查询时务必只选一个，否则两个月会相加。
- 合计按十进制精确累加，输出的是最接近的双精度浮点数。Prometheus 用浮点数相加，比较合计时请留 1e-9 的相对误差。
- `cash_balance cashBalance` 这样的写法是云厂商的接口及其字段：见[百度智能云](clouds/baidu.md)和[火山引擎](clouds/volcengine.md)，[BytePlus](clouds/byteplus.md) 的接口与后者相同。

本页由 `/metrics` 生成：`tests/e2e/metric_reference_test.py --write`。
""")

PAGE_END = ("""\
## Reasons of a failure

| `reason` | what it means |
|---|---|
| `transport` | name, connection, TLS, a body cut short; a proxy that refuses, a portal's page or redirect |
| `timeout` | no answer in time |
| `auth` | key, signature, token, clock, an unreadable secret file |
| `permission` | the key may not read this |
| `throttled` | too many requests for this key |
| `server` | the cloud has a fault |
| `request` | the cloud refuses the request as wrong |
| `decode` | an answer not understood, too large, or with an unreadable amount |
| `inconsistent` | pages that do not add up |
""", """\
## 失败原因

| `reason` | 含义 |
|---|---|
| `transport` | 域名解析、连接、TLS 有问题，或响应不完整；代理拒绝，上网认证门户的网页或跳转 |
| `timeout` | 超时未返回 |
| `auth` | 密钥、签名、token、时钟有问题，或密钥文件无法读取 |
| `permission` | 密钥没有权限 |
| `throttled` | 该密钥请求过多，被限流 |
| `server` | 云厂商服务故障 |
| `request` | 云厂商认为请求有误 |
| `decode` | 返回的内容无法理解、过大，或其中的金额无法读取 |
| `inconsistent` | 各页对不上 |
""")

BALANCES = Section(
    ("Balances", "余额"), None,
    (Metric("available_balance", ("What can be spent now.", "可用余额：现在可以使用的金额。"),
            ("The least first", "可用余额从低到高"),
            "sort(cloud_billing_available_balance)"),
     Metric("cash_balance", ("Cash balance.", "现金余额。"),
            ("Cash of all accounts", "全部账号的现金余额"),
            "sum by (provider, currency) (cloud_billing_cash_balance)"),
     Metric("credit_limit", ("Credit limit.", "信用额度。"),
            ("Accounts that live on credit", "现金已用完、正在使用信用额度的账号"),
            "cloud_billing_cash_balance <= 0 and cloud_billing_credit_limit > 0"),
     Metric("frozen_balance", ("Part of the cash that is frozen.", "冻结金额：现金中被冻结的部分。"),
            ("Frozen money", "冻结金额"),
            "cloud_billing_frozen_balance > 0"),
     Metric("arrears", ("What is owed on bills that are due.", "欠费：到期账单尚未支付的金额。"),
            ("Who owes", "哪些账号欠费"),
            "cloud_billing_arrears > 0"),
     Metric("sub_account_cash_balance",
            ("Cash balance of a sub-account that the configuration lists.", "现金余额：配置所列的各个子账号。"),
            ("Sub-accounts with less than 1000", "现金余额不足 1000 的子账号"),
            "cloud_billing_sub_account_cash_balance < 1000")),
    (("`available_balance`: Baidu's cash plus the remaining credit quota where the key may read it. If the quota cannot be read for another "
      "reason, or is refused after it was read, the poll fails, the cash is new and this stays as it was.",
      "`available_balance`：百度为现金余额加上剩余信用额度（密钥有权读取时）。若因其他原因读不到信用额度，或曾读到额度而之后被拒绝，该次采集失败，"
      "现金余额照常更新，可用余额保持上次的值。"),
     ("`sub_account_cash_balance`: of the `sub_accounts` of a Baidu account, and no part of its own balances. Without a series nothing is known: "
      "the key may not read it, or nothing that can be read was told. If it cannot be asked for another reason, the poll fails and this stays "
      "as it was until `max_age`.",
      "`sub_account_cash_balance`：百度账号的 `sub_accounts` 中各成员的现金余额，不计入该账号自己的余额。没有序列表示不详：密钥无权读取，或云端没有返回可读取的金额。"
      "若因其他原因无法查询，该次采集失败，在 `max_age` 之内保持上次的值。")))

MONTH_TOTALS = Section(
    ("The bill of a month, by account", "月度账单：账号合计"),
    ("The account's total, whatever the grouping; `prepaid` and `postpaid` always. Select one `period`.",
     "账号合计，与分组方式无关；`prepaid`（预付费）和 `postpaid`（后付费）总是输出。查询时只选一个 `period`。"),
    of_measures("account_<measure>", ("{}: the account's total of the billing month.", "{}：账号在该账期的合计。"), {
        "billed_cost": ("This month's bill so far, prepaid and postpaid together", "本月账单，预付费与后付费合计",
                        'sum by (account, currency) (cloud_billing_account_billed_cost{period="current"})'),
        "list_cost": ("Share of the list cost that is payable", "应付金额占原价的比例",
                      'sum by (account, currency) (cloud_billing_account_billed_cost{period="previous"})\n'
                      '  / sum by (account, currency) (cloud_billing_account_list_cost{period="previous"})'),
        "paid_amount": ("What was paid of last month's bill", "上月账单的实付金额",
                        'sum by (account, currency) (cloud_billing_account_paid_amount{period="previous"})'),
        "unpaid_amount": ("What is still to be paid of last month's bill", "上月账单的未付金额",
                          'sum by (account, currency) (cloud_billing_account_unpaid_amount{period="previous"}) > 0'),
        "coupon_amount": ("What coupons covered this month", "本月代金券抵扣的金额",
                          'sum by (account, currency) (cloud_billing_account_coupon_amount{period="current"})'),
        "discount_amount": ("What discounts saved this month", "本月折扣节省的金额",
                            'sum by (account, currency) (cloud_billing_account_discount_amount{period="current"})'),
    }),
    (("A measure that no row of a month carries is not known: its families are left out for that account and month, as `paid_amount` and "
      "`unpaid_amount` of Volcengine since 2026-09, and its `discount_amount`. Coupons, and Baidu AI Cloud's discounts, that no row tells count 0, "
      "as does a month without any row.",
      "某月的所有行都没有某种金额的字段时，该金额不详，该账号该月不输出，例如 2026-09 起火山引擎的 `paid_amount` 和 `unpaid_amount`，以及其 `discount_amount`；"
      "账单行均无代金券字段（百度智能云还包括折扣字段）时按 0 计，没有任何账单行的月份各项也为 0。"),
     ("Amounts are gauges and can fall: providers correct bills and refund.",
      "金额是 gauge，可能减少：云厂商会更正账单、退款。")))

MONTH_GROUPS = Section(
    ("The bill of a month, by group", "月度账单：分组"),
    ("One label for each of `aggregation.group_by`. Select one `period`.",
     "`aggregation.group_by` 中每项一个标签。查询时只选一个 `period`。"),
    of_measures("<measure>", ("{} of the billing month by group.", "该账期各分组的{}。"), {
        "billed_cost": ("The ten services that cost most this month; the other measures likewise", "本月费用最高的十个产品；其他金额同理",
                        'topk(10, sum by (service_type, currency) (cloud_billing_billed_cost{period="current"}))'),
    }),
    (("Of more than `max_series` groups the smaller ones are added up in `__other__`. A group that a newer good poll does not contain "
      "disappears.",
      "分组超过 `max_series` 时，更小的合并为 `__other__`。较新的一次成功采集中不再出现的分组会消失。"),))

MONTH_TAGS = Section(
    ("The bill of a month, by tag", "月度账单：标签"),
    ("For each of `aggregation.tag_keys`. Select one `period` and one `tag_key`: each tag key splits the whole cost once.",
     "`aggregation.tag_keys` 中每个标签键一组。查询时只选一个 `period` 和一个 `tag_key`：每个标签键都把全部费用拆分一次。"),
    of_measures("<measure>_by_tag",
                ("{} of the billing month by tag; each tag_key splits the whole cost once, so always select one.",
                 "该账期按标签的{}；每个 tag_key 都把全部费用拆分一次，务必只选一个。"), {
        "billed_cost": ("What each team costs (with tag_keys: [team]); the other measures likewise",
                        "各团队的费用（tag_keys: [team]）；其他金额同理",
                        'sum by (tag_value, currency) (cloud_billing_billed_cost_by_tag{period="current", tag_key="team"})'),
    }),
    (("A row without the key counts under `tag_value=\"\"`, as does a value that cannot be read (the log says how many).",
      "没有该标签的行计入 `tag_value=\"\"`，标签值无法读取的也一样（日志说明有多少）。"),))

BILL = Section(
    ("About the bill of a month", "账单本身"), None,
    (Metric("bill_data_through_timestamp_seconds", ("Until when the bill covers.", "账单覆盖到何时。"),
            ("Hours that the bill lags behind", "账单滞后多少小时"),
            '(time() - cloud_billing_bill_data_through_timestamp_seconds{period="current"}) / 3600'),
     Metric("bill_rows", ("Rows read in the last good poll of the month.", "该月最近一次成功采集读取的账单行数。"),
            ("Accounts without a bill this month", "本月还没有账单的账号"),
            'cloud_billing_bill_rows{period="current"} == 0'),
     Metric("folded_groups",
            ("Groups folded into __other__: of the breakdown by group, and by tag over all tag keys.",
             "合并到 __other__ 中的分组数：按分组（group），以及按全部标签键（tag）。"),
            ("Where max_series is too small", "max_series 偏小的账号"),
            'cloud_billing_folded_groups{period="current"} > 0'),
     Metric("provider_billed_cost",
            ("The provider's own total over the same days.", "云厂商自己的合计，天数与账单相同。"),
            ("The clouds' own totals of last month", "云厂商的上月合计"),
            'cloud_billing_provider_billed_cost{period="previous"}'),
     Metric("reconciliation_difference",
            ("Our sum of billed cost minus the provider's own total over the same days.",
             "账单各行应付金额之和，减去云厂商自己的合计，天数相同。"),
            ("Bills that differ from the cloud's total", "与云厂商合计不符的账单"),
            'abs(cloud_billing_reconciliation_difference{period="previous"}) > 0.01'),
     Metric("bill_counted_twice",
            ("1 while the bill of this account holds rows of other_account, which the configuration polls too: a sum over both counts "
             "their cost twice.",
             "该账号的账单含有 other_account 的明细，而后者也在配置中时为 1：两者相加会重复计算。"),
            ("What is counted twice", "哪些账号重复计算"),
            "cloud_billing_bill_counted_twice")),
    (("`bill_rows`: 0 is a valid answer.", "`bill_rows`：0 是有效的结果。"),
     ("`bill_counted_twice`: totals of the status page leave the member's own entry, or the later of two equal ones, out. Of more than 8 "
      "entries of one account each is named with the first of the others only.",
      "`bill_counted_twice`：状态页的合计不计成员自己的条目，或两个相同条目中靠后的一个。同一账号的条目超过 8 个时，每个条目只与其余条目中的"
      "第一个成对给出。")))

DAYS = Section(
    ("Days and what follows from them", "每日费用与趋势"),
    ("Part of `bills`. A day is one of the provider's billing zone (UTC+8; BytePlus UTC+0) that the bill covers completely. Select one `window`.",
     "属于 `bills` 采集器。“日”指云厂商账单时区（UTC+8；BytePlus 为 UTC+0）中账单已完整覆盖的一天。查询时只选一个 `window`。"),
    (Metric("day_billed_cost",
            ("Billed cost (payable) of the newest complete day.", "最近一个完整日的应付金额。"),
            ("The newest complete day by service", "最近一个完整日各产品的费用"),
            "sum by (service_type, currency) (cloud_billing_day_billed_cost)"),
     Metric("day_start_timestamp_seconds",
            ("Start of the newest complete day, 00:00 in the provider's billing zone.", "最近一个完整日的开始时间，即云厂商账单时区的 00:00。"),
            ("Days since the newest complete one began", "最近一个完整日开始至今的天数"),
            "(time() - cloud_billing_day_start_timestamp_seconds) / 86400"),
     Metric("week_earlier_day_billed_cost",
            ("Billed cost (payable) of the day 7 days before the newest complete one; 0 for what only that one has.",
             "最近一个完整日 7 天前那一天的应付金额；只在最近一个完整日出现的产品为 0。"),
            ("What grew most within a week", "一周内增长最多的产品"),
            "topk by (currency) (5, cloud_billing_day_billed_cost - cloud_billing_week_earlier_day_billed_cost)"),
     Metric("daily_billed_cost_average",
            ("Mean billed cost of a day, over the known ones of the last 7 or 30 complete days; select one window.",
             "最近 7 个或 30 个完整日中已知各日的日均应付金额；只选一个 window。"),
            ("What a day costs now", "当前日均费用"),
            'sum by (account, currency) (cloud_billing_daily_billed_cost_average{window="7d"})'),
     Metric("trend_coverage_ratio",
            ("Known days of the last 30 complete ones, divided by 30.", "最近 30 个完整日中已知的天数除以 30。"),
            ("Averages of too few days", "已知天数不足一周的账号"),
            "cloud_billing_trend_coverage_ratio < 7 / 30"),
     Metric("forecast_billed_cost",
            ("Expected billed cost of the current month: what it has cost, and for the days after the newest complete one the mean postpaid "
             "cost of the last 7.",
             "本月预计应付金额：已发生的费用，加上最近一个完整日之后的各日按最近 7 天后付费日均估算的费用。"),
            ("Forecast beside the budget", "预计费用占预算的比例"),
            "cloud_billing_forecast_billed_cost / on (provider, account, currency) cloud_billing_budget"),
     Metric("previous_month_to_date_billed_cost",
            ("Billed cost (payable) of the previous month's first days: as many as the current month's bill covers wholly, at most all.",
             "上月同期的应付金额：天数与本月账单已完整覆盖的天数相同，最多为上月全月。"),
            ("This month beside the same days of the last", "本月费用与上月同期之比"),
            'sum by (account, currency) (cloud_billing_account_billed_cost{period="current"})\n'
            "  / sum by (account, currency) (cloud_billing_previous_month_to_date_billed_cost)"),
     Metric("balance_runway_seconds",
            ("How long the available balance lasts at the mean postpaid cost of the last 7 complete days; 0 if there is none left.",
             "按最近 7 个完整日的后付费日均，可用余额还能用多久；已用完时为 0。"),
            ("Balances that last for less than a week", "可用余额不足一周的账号"),
            "cloud_billing_balance_runway_seconds / 86400 < 7")),
    (("`day_billed_cost`: sub-accounts included. It is read once per day, and anew on each of the next two; a day that cannot be read keeps the "
      "one before.",
      "`day_billed_cost`：含子账号。每天读取一次，随后两天各再读一次；读不到某一天时，保留前一天的。"),
     ("`week_earlier_day_billed_cost`: absent while that day, or its services, are not known.",
      "`week_earlier_day_billed_cost`：那一天或其产品明细不详时不输出。"),
     ("`daily_billed_cost_average`: rounded to 8 decimals; a day without rows counts 0; `prepaid` and `postpaid` always. The days of this month "
      "and the one before, at least 30, are read after the first good poll of the bills, the newest first, with what polls leave of the "
      "rate, and a quarter of it at least: each once, the newest three again on the next days. `--state.dir` keeps them. What cannot be read "
      "is missing, on the page and in the log at debug, and is asked for again after the next poll; it fails nothing.",
      "`daily_billed_cost_average`：保留 8 位小数；没有账单行的日子按 0 计；`prepaid` 和 `postpaid` 总是输出。本月和上月的各日（至少 30 天）"
      "在首次成功采集账单之后由近及远逐日读取，使用采集剩余的请求速率，至少为其四分之一；每日读取一次，最近三日在随后几天再读。由 `--state.dir` 保存。"
      "读不到的日子视为缺失，在状态页和 debug 日志中说明，下一次采集之后再试，不算采集失败。"),
     ("`trend_coverage_ratio`: how far the averages, and what follows from them, can be believed.",
      "`trend_coverage_ratio`：日均值以及由它得出的结果有多可信。"),
     ("`forecast_billed_cost`: the month's cost up to the end of the newest complete day, all of it that is not postpaid, and the 7-day postpaid "
      "mean for each day after. Absent before the month's first good poll, and while its bill covers parts of later days (Volcengine) and a "
      "day of the month is not known: not read yet, or refused.",
      "`forecast_billed_cost`：截至最近一个完整日的费用，加上全部非后付费费用，其后各日按 7 天后付费日均计。本月首次成功采集之前不输出；"
      "本月账单含有之后的部分费用（火山引擎）而本月某一天尚未读取或被拒绝时，也不输出。"),
     ("`previous_month_to_date_billed_cost`: absent while one of those days is not known.",
      "`previous_month_to_date_billed_cost`：其中有费用不详的日子时不输出。"),
     ("`balance_runway_seconds`: with `bills` only; 0 if the balance is 0 or less, absent if the mean is.",
      "`balance_runway_seconds`：需要 `bills` 采集器；余额为 0 或为负时为 0，日均为 0 或为负时不输出。")))

CLOSED_MONTHS = Section(
    ("Closed months", "已关账的月份"), ("With the collector `history`.", "需要 `history` 采集器。"),
    (Metric("closed_month_billed_cost",
            ("Billed cost (payable) of a month before the previous one, read once from the provider's own totals by product.",
             "上月以前某个月的应付金额，取自云厂商自己的产品汇总，只读取一次。"),
            ("What each month cost", "各月费用"),
            "sum by (month, currency) (cloud_billing_closed_month_billed_cost)"),),
    (("`month` is such as `2026-03`. Sub-accounts are included; never withdrawn. A month or a service without cost has no series; a month that "
      "leaves the window (`polling.history.months`) is gone.",
      "`month` 形如 `2026-03`。含子账号，一直保留。没有费用的月份和产品没有序列；超出范围（`polling.history.months`）的月份会消失。"),))

AMORTISED = Section(
    ("Amortised cost", "分摊后的费用"), ("With the collector `amortization`.", "需要 `amortization` 采集器。"),
    (Metric("account_effective_cost",
            ("Effective cost, the month's share of all purchases whenever they were billed: the account's total of the billing month.",
             "分摊后的费用，即各笔采购（无论何时出账）分摊到该月的部分：账号该账期的合计。"),
            ("What last month really cost more than it was billed, or less", "上月分摊后的费用与账单之差"),
            'sum by (account, currency) (cloud_billing_account_effective_cost{period="previous"})\n'
            '  - sum by (account, currency) (cloud_billing_account_billed_cost{period="previous"})'),
     Metric("effective_cost",
            ("Effective cost, the month's share of all purchases whenever they were billed, of the billing month by group.",
             "分摊后的费用，即各笔采购（无论何时出账）分摊到该账期的部分，按分组。"),
            ("The services that really cost most", "分摊后费用最高的产品"),
            'topk(10, sum by (account, service_type, currency) (cloud_billing_effective_cost{period="current"}))'),
     Metric("effective_cost_by_tag",
            ("Effective cost, the month's share of all purchases whenever they were billed, of the billing month by tag; each tag_key splits "
             "the whole cost once, so always select one.",
             "分摊后的费用，即各笔采购（无论何时出账）分摊到该账期的部分，按标签；每个 tag_key 都把全部费用拆分一次，务必只选一个。"),
            ("What each team really costs", "各团队分摊后的费用"),
            'sum by (tag_value, currency) (cloud_billing_effective_cost_by_tag{period="current", tag_key="team"})'),
     Metric("effective_data_through_timestamp_seconds",
            ("Until when the amortised bill covers.", "分摊后的账单覆盖到何时。"),
            ("Days that it lags", "滞后多少天"),
            '(time() - cloud_billing_effective_data_through_timestamp_seconds{period="current"}) / 86400')),
    (("Absent while it is not known: the amortised bill has no rows although the month's bill has some, as where it is not switched on in the "
      "console, or no bill is polled beside it. 0 only if the month's bill has no rows either.",
      "未知时不输出：账单有数据而分摊后的账单没有（例如未在控制台开通），或者没有同时采集账单。只有该账期的账单也没有数据时才为 0。"),
     ("What is postpaid costs what is billed, as far as the amortised bill covers. Groups are ranked and folded as those of the bill.",
      "后付费部分与应付金额一致，以分摊后的账单所覆盖的时间为限。分组的排序和合并与账单相同。"),
     ("`region_id`: Volcengine's amortised bill names regions for people only; it is the id if rows of the months' bills tell it, else that name.",
      "`region_id`：火山引擎的成本账单只有地域名称；本月和上月账单能对应出 id 时为 id，否则为名称。")))

ORDERS = Section(
    ("Orders", "订单"), ("With the collector `orders`.", "需要 `orders` 采集器。"),
    (Metric("orders", ("Orders created in the window.", "统计时段内创建的订单数。"),
            ("Orders that wait for payment", "待支付的订单数"),
            'sum by (account) (cloud_billing_orders{order_status="unpaid"})'),
     Metric("order_amount",
            ("What is payable for orders created in the window.", "统计时段内创建的订单的应付金额。"),
            ("What they come to", "待支付的金额"),
            'sum by (account, currency) (cloud_billing_order_amount{order_status="unpaid"})'),
     Metric("oldest_unpaid_order_timestamp_seconds",
            ("When the oldest unpaid order of the window was created.", "统计时段内最早的待支付订单的创建时间。"),
            ("Hours that the oldest has waited", "最早的待支付订单已等待多少小时"),
            "(time() - cloud_billing_oldest_unpaid_order_timestamp_seconds) / 3600")),
    (("The window is `polling.orders.window`. The words of `order_status` and `order_type` are on the page of each cloud.",
      "统计时段为 `polling.orders.window`。`order_status` 和 `order_type` 的取值见各家云的页面。"),
     ("`order_amount` is not known, and left out, for a status, type and service of which an order tells no amount; `orders` counts it, and the log "
      "says once how many there are. A sum is then that of the others; "
      "`cloud_billing_orders unless ignoring (currency) cloud_billing_order_amount` shows what it lacks.",
      "某种状态、类型和产品的订单中只要有一笔没有金额，其 `order_amount` 即不详，不输出；`orders` 仍计入该订单，日志会提示一次有几笔。此时求和只含其余订单，"
      "`cloud_billing_orders unless ignoring (currency) cloud_billing_order_amount` 可查出缺少的部分。"),
     ("`oldest_unpaid_order_timestamp_seconds`: of those whose time can be read; absent without one.",
      "`oldest_unpaid_order_timestamp_seconds`：只计创建时间可读的订单；没有则不输出。")))

COUPONS = Section(
    ("Coupons", "代金券"), ("With the collector `coupons`: Volcengine, BytePlus.", "需要 `coupons` 采集器：火山引擎、BytePlus。"),
    (Metric("coupon_balance", ("What is left on the coupons that are effective.", "生效中的代金券的剩余金额。"),
            ("What coupons still pay, by account", "各账号代金券的剩余金额"),
            "sum by (account, currency) (cloud_billing_coupon_balance)"),
     Metric("coupon_next_expiry_timestamp_seconds",
            ("When the next of the effective coupons that have something left ends.", "生效中且有余额的代金券最近何时到期。"),
            ("Days until the next one ends", "最近一张还有多少天到期"),
            "(cloud_billing_coupon_next_expiry_timestamp_seconds - time()) / 86400")),
    (("Pending, expired, used and void coupons count nowhere. The list names no currency: it is the account's.",
      "未生效、已过期、已使用和已作废的代金券都不计。列表不含币种，按账号的币种计。"),
     ("Without any coupon the balance is 0. The next expiry is absent without a coupon, and where one has no time that can be read: it may "
      "be the first.",
      "没有代金券时余额为 0。没有代金券，或有代金券的到期时间无法读取（可能正是最近到期的）时，不输出最近到期时间。")))

PACKAGES = Section(
    ("Resource packages", "资源包"), ("With the collector `packages`: Volcengine, BytePlus.", "需要 `packages` 采集器：火山引擎、BytePlus。"),
    (Metric("package_remaining_ratio",
            ("What is left of the effective resource packages, divided by what was bought.", "生效中的资源包的剩余量与购买总量之比。"),
            ("The emptiest packages", "剩余最少的资源包"), "bottomk(10, cloud_billing_package_remaining_ratio)"),
     Metric("package_next_expiry_timestamp_seconds",
            ("When the next of the effective resource packages ends.", "生效中的资源包最近何时到期。"),
            ("Days until the next one of a service ends", "各产品最近一个资源包还有多少天到期"),
            "(cloud_billing_package_next_expiry_timestamp_seconds - time()) / 86400")),
    (("Amounts are added within a service and a unit only, as the cloud writes both. The ratio is absent if the total is 0, or if a package of "
      "the unit tells no amount, as reserved instances do.",
      "只在同一产品、同一单位内相加，两者均按云厂商的写法。总量为 0，或该单位有资源包没有给出数量（例如预留实例券）时，不输出比例。"),
     ("The next expiry of a service is absent where one of its packages has no time that can be read: it may be the first.",
      "某产品有资源包的到期时间无法读取（可能正是最近到期的）时，不输出该产品的最近到期时间。")))

PROVIDER_BUDGETS = Section(
    ("Budgets with the cloud", "云厂商控制台中的预算"), ("With the collector `budgets`: Volcengine, BytePlus.", "需要 `budgets` 采集器：火山引擎、BytePlus。"),
    (Metric("provider_budget",
            ("Budgets that the account has with the cloud; those of one name are added.", "账号在云厂商控制台中设置的预算，同名的相加。"),
            ("Used share of each", "各预算的使用率"),
            "cloud_billing_provider_budget_used / (cloud_billing_provider_budget > 0)"),
     Metric("provider_budget_used",
            ("What the cloud itself counts against these budgets.", "云厂商自己统计的、计入这些预算的金额。"),
            ("What is left of each", "各预算的剩余金额"),
            "cloud_billing_provider_budget - cloud_billing_provider_budget_used")),
    (("They are not the `budget` of the configuration, and may be of a month, a quarter or a year. An amount that one of the budgets of a "
      "name does not tell is absent for all of them.",
      "与配置中的 `budget` 无关，周期可能是月、季或年。同名预算中有一个没有给出某项金额时，该项不输出。"),))

RENEWALS = Section(
    ("What ends soon", "即将到期的资源"), ("With the collector `renewals`.", "需要 `renewals` 采集器。"),
    (Metric("expiring_resources",
            ("Resources paid for in advance that end within the window.", "在该时段内到期的预付费资源数量。"),
            ("What ends within a month and is not renewed automatically", "30 天内到期且未开通自动续费的资源"),
            'sum by (account, service_type) (\n'
            '  cloud_billing_expiring_resources{within="30d", auto_renew="false"})'),
     Metric("next_expiry_timestamp_seconds",
            ("When the next of the resources paid for in advance ends.", "预付费资源最近何时到期。"),
            ("Days until the next one ends that is not renewed automatically", "最近一个未开通自动续费的资源还有多少天到期"),
            '(cloud_billing_next_expiry_timestamp_seconds{auto_renew="false"} - time()) / 86400')),
    (("A resource counts in every window that it ends in, so windows are never added. What has ended, or ends later than in 90 days, counts nowhere, "
      "and a window without a resource is absent. Counts are those of the latest good poll.",
      "资源计入其到期所在的每个时段，因此不能把各时段相加。已到期的，以及 90 天以后到期的都不计；没有资源的时段不输出。数量以最近一次成功的采集为准。"),
     ("`region_id` is empty where the list does not say: always on Volcengine and BytePlus.", "列表没有给出地域时 `region_id` 为空：火山引擎和 BytePlus 总是如此。"),
     ("Where one of the resources of a group has no end that can be read, the counts of the group and the next expiry of its service are absent, "
      "and the poll fails.",
      "某一组有资源的到期时间无法读取时，不输出该组的数量及其产品的最近到期时间，该次采集失败。")))

CONFIGURED = Section(
    ("Accounts, names and months", "账号、名称与账期"), None,
    (Metric("budget", ("Monthly budget as configured.", "配置的月度预算。"),
            ("Share of the budget that is used", "预算使用率"),
            'sum without (period, billing_mode) (cloud_billing_account_billed_cost{period="current"})\n'
            "  / cloud_billing_budget"),
     Metric("low_balance_threshold", ("Low balance threshold as configured.", "配置的余额预警线。"),
            ("Balances below it", "余额低于预警线的账号"),
            "cloud_billing_available_balance < cloud_billing_low_balance_threshold"),
     Metric("account_info", ("The cloud's own id of the account.", "账号在云厂商处的 id。"),
            ("Balances with the clouds' ids", "余额与账号 id"),
            "cloud_billing_available_balance\n"
            "  * on (provider, account) group_left (account_id) cloud_billing_account_info"),
     Metric("sub_account_info", ("Name of an account whose cost the bill holds, as last delivered.",
                                 "账单中所含账号的名称，以最近一次返回的为准。"),
            ("Cost by the name of the sub-account (group_by: sub_account_id)", "按子账号名称的费用（group_by 须含 sub_account_id）"),
            'sum by (provider, account, sub_account_id, currency) (cloud_billing_billed_cost{period="current"})\n'
            "  * on (provider, account, sub_account_id) group_left (sub_account_name) cloud_billing_sub_account_info"),
     Metric("service_info", ("Display name of a service as last delivered.", "产品的显示名称，以最近一次返回的为准。"),
            ("Cost by the name of the service", "按产品名称的费用"),
            'sum by (provider, service_type, currency) (cloud_billing_billed_cost{period="current"})\n'
            "  * on (provider, service_type) group_left (service_name)\n"
            "  max by (provider, service_type, service_name) (cloud_billing_service_info)"),
     Metric("period_start_timestamp_seconds",
            ("Start of the billing month, 00:00 in the provider's billing zone on the 1st.", "账期的开始时间，即云厂商账单时区的 1 日 00:00。"),
            ("Days that this month has gone on for", "本月已过去的天数"),
            '(time() - cloud_billing_period_start_timestamp_seconds{period="current"}) / 86400'),
     Metric("period_end_timestamp_seconds",
            ("End of the billing month, exclusive.", "账期的结束时间（不含）。"),
            ("Days left of this month", "本月剩余的天数"),
            '(cloud_billing_period_end_timestamp_seconds{period="current"} - time()) / 86400'),
     Metric("period_info", ("1, with the billing month that the period is now.", "值为 1，给出 period 现在是哪个账期。"),
            ("Cost with its month", "费用及其月份"),
            "sum by (provider, period, currency) (cloud_billing_account_billed_cost)\n"
            "  * on (provider, period) group_left (month)\n"
            "  max by (provider, period, month) (cloud_billing_period_info)")),
    (("`max by (...)` keeps the last two joins right with several shards or jobs, each of which has these series.",
      "有多个分片或多个 job 时，每个都会输出这些序列；最后两个关联查询用 `max by (...)` 避免重复匹配。"),
     ("`period_...`: one of each provider that is configured, no account labels.",
      "`period_...`：每个已配置的云厂商一组，不带账号标签。")))

COLLECTORS = Section(
    ("Polls", "采集"), None,
    (Metric("collector_up", ("1 if the latest poll succeeded, 0 if not.", "最近一次采集成功为 1，失败为 0。"),
            ("Collectors that fail", "失败的采集器"),
            "cloud_billing_collector_up == 0"),
     Metric("collector_failing",
            ("1 while the latest poll has failed, with the reason that failed it first.",
             "最近一次采集失败期间为 1，reason 为最先导致失败的原因。"),
            ("Failing collectors by reason", "按原因统计失败的采集器"),
            "count by (collector, reason) (cloud_billing_collector_failing)"),
     Metric("collector_last_success_timestamp_seconds",
            ("When the latest successful poll ended; for bills, of the current month.",
             "最近一次成功采集的结束时间；bills 为本月账单的。"),
            ("Data that is older than two days", "两天以上没有更新的数据"),
            "time() - cloud_billing_collector_last_success_timestamp_seconds > 2 * 86400"),
     Metric("collector_duration_seconds", ("How long the latest poll took.", "最近一次采集的用时。"),
            ("The slowest collectors", "最慢的采集器"),
            "topk(5, cloud_billing_collector_duration_seconds)"),
     Metric("collector_polls_total", ("Polls that ended, failed or not.", "已结束的采集次数，含失败的。"),
            ("Polls in an hour", "一小时内的采集次数"),
            "sum by (collector) (increase(cloud_billing_collector_polls_total[1h]))"),
     Metric("collector_failures_total", ("Polls that failed.", "失败的采集次数。"),
            ("Share of polls that failed in a day", "一天内采集失败的比例"),
            "sum by (account, collector) (increase(cloud_billing_collector_failures_total[1d]))\n"
            "  / sum by (account, collector) (increase(cloud_billing_collector_polls_total[1d]))"),
     Metric("api_requests_total", ("Requests to the cloud; every attempt counts.", "对云厂商的请求数，每次尝试都计入。"),
            ("Requests in a second", "每秒请求数"),
            "sum by (provider, operation) (rate(cloud_billing_api_requests_total[10m]))"),
     Metric("api_failures_total",
            ("Requests to the cloud that failed; every attempt counts.", "失败的请求数，每次尝试都计入。"),
            ("Accounts whose requests fail", "有请求失败的账号"),
            "sum by (account, operation) (increase(cloud_billing_api_failures_total[1h])) > 0"),
     Metric("api_failures_by_reason_total",
            ("Requests to the cloud that failed, of all accounts, by the reason; every attempt counts.",
             "全部账号失败的请求数，按原因；每次尝试都计入。"),
            ("Why requests fail", "请求失败的原因"),
            "sum by (provider, reason) (increase(cloud_billing_api_failures_by_reason_total[1h])) > 0"),
     Metric("api_request_duration_seconds", ("How long requests to the cloud took.", "对云厂商的请求用时。"),
            ("The slowest twentieth of requests", "请求用时的 95 分位"),
            "histogram_quantile(0.95, sum by (provider, operation, le) (\n"
            "  rate(cloud_billing_api_request_duration_seconds_bucket[10m])))")),
    (("`collector_up`: absent before the first poll. `collector_last_success_timestamp_seconds` is only set by a success.",
      "`collector_up`：首次采集之前不输出。`collector_last_success_timestamp_seconds` 只在成功时更新。"),
     ("`api_requests_total`, `api_failures_total`: of what the account's collectors ask. `api_failures_by_reason_total` has no account labels; "
      "every reason is there at 0 from the start. The histogram has no account labels.",
      "`api_requests_total`、`api_failures_total`：只含该账号的采集器所用的接口。`api_failures_by_reason_total` 不带账号标签，每个原因从一开始就以 "
      "0 输出。直方图不带账号标签。")))

PROGRAM = Section(
    ("The exporter itself", "Exporter 自身"), None,
    (Metric("configured_accounts", ("Accounts in the configuration file.", "配置文件中的账号数。"),
            ("A shard that is missing, or polls too much", "缺少分片或重复采集"),
            "sum(cloud_billing_polled_accounts) != max(cloud_billing_configured_accounts)"),
     Metric("polled_accounts",
            ("Accounts that this process polls: its shard's share.", "本进程采集的账号数，即本分片的部分。"),
            ("How the accounts are divided", "账号在各分片的分布"),
            "sum by (instance) (cloud_billing_polled_accounts)"),
     Metric("shard_index", ("Which shard this process is, from 0 on.", "本进程是哪个分片，从 0 开始。"),
            ("An index that was started twice", "重复启动的分片"),
            'count_values("shard", cloud_billing_shard_index) > 1'),
     Metric("shards", ("Into how many shards the accounts are divided.", "账号分为多少个分片。"),
            ("Shards that do not agree", "分片数设置不一致"),
            "max(cloud_billing_shards) != min(cloud_billing_shards)"),
     Metric("build_info", ("1, with what this program was built from.", "值为 1，给出程序的构建信息。"),
            ("Versions that run", "正在运行的版本"),
            "count by (version, revision) (cloud_billing_build_info)"),
     Metric("config_last_reload_successful",
            ("1 if the configuration was read successfully the last time, 0 if it was refused and the one before stayed.",
             "最近一次读取配置成功为 1；被拒绝而沿用之前的配置时为 0。"),
            ("A refused configuration", "配置被拒绝"),
            "cloud_billing_config_last_reload_successful == 0"),
     Metric("config_last_reload_success_timestamp_seconds",
            ("When the configuration was last read successfully.", "最近一次成功读取配置的时间。"),
            ("Hours since the configuration was read", "距上次读取配置多少小时"),
            "(time() - cloud_billing_config_last_reload_success_timestamp_seconds) / 3600"),
     Metric("log_lines_dropped_total",
            ("Lines of the log that could not be written, because nobody reads it or there is no room.",
             "未能写出的日志行数：没有人读取，或没有空间。"),
            ("Lost lines of the log", "丢失的日志行"),
            "increase(cloud_billing_log_lines_dropped_total[1d]) > 0"),
     Metric("process_cpu_seconds_total", ("Total user and system CPU time spent in seconds.", "累计使用的用户态和内核态 CPU 时间（秒）。"),
            ("Share of a core", "占用的 CPU 核数"),
            "rate(process_cpu_seconds_total[10m])"),
     Metric("process_start_time_seconds",
            ("Start time of the process since unix epoch in seconds.", "进程启动时间（Unix 时间，秒）。"),
            ("Hours that it runs", "已运行多少小时"),
            "(time() - process_start_time_seconds) / 3600"),
     Metric("process_resident_memory_bytes", ("Resident memory size in bytes.", "常驻内存（字节）。"),
            ("Memory in MiB", "内存（MiB）"),
            "process_resident_memory_bytes / 1024 / 1024"),
     Metric("process_virtual_memory_bytes", ("Virtual memory size in bytes.", "虚拟内存（字节）。"),
            ("Address space in GiB", "虚拟内存（GiB）"),
            "process_virtual_memory_bytes / 1024 / 1024 / 1024"),
     Metric("process_open_fds", ("Number of open file descriptors.", "打开的文件描述符数。"),
            ("Share of the descriptors that are open", "文件描述符使用率"),
            "process_open_fds / process_max_fds"),
     Metric("process_max_fds", ("Maximum number of open file descriptors.", "文件描述符上限。"),
            ("Processes with few descriptors", "文件描述符上限偏低的进程"),
            "process_max_fds < 4096")),
    (("The last reload's metrics are also there before any reload: the start counts.",
      "尚未重新加载过时也有配置读取的指标：启动时的读取同样计入。"),))

SECTIONS = (BALANCES, MONTH_TOTALS, MONTH_GROUPS, MONTH_TAGS, BILL, DAYS, CLOSED_MONTHS, AMORTISED, ORDERS, COUPONS, PACKAGES, PROVIDER_BUDGETS, RENEWALS, CONFIGURED, COLLECTORS, PROGRAM)
