"""What the numbers mean, for people who see them for the first time."""

from source.panels import text
from source.text import Text

ABOUT_COSTS = Text("""\
- **Polls, not scrapes.** Numbers come from the cloud's billing API at the exporter's own pace (by default \
balances every 5 minutes, bills hourly). A cloud's bill itself is a day or two behind: *Bill covers until* says how far it reaches.
- **Billing month**: the calendar month in the provider's billing zone (UTC+8; BytePlus UTC+0). On the 1st at 00:00 there the current month becomes the previous one.
- **Cost so far** is what is payable for the month, after discounts, prepaid and postpaid together. A yearly prepaid purchase counts \
whole in the month in which it was billed; *Effective cost* spreads it over the time that it pays for.
- **Grey *not known*** is no 0: the exporter does not answer, or the cloud did not tell. What is not configured says so.
- **Burn per day** is the postpaid cost of a completed day, averaged over the last 7 days, or over as many as are known; \
a day without any row cost 0.
- **Forecast** = cost up to the newest completed day + burn × the days after it to the month's end. Prepaid purchases to come are not guessed.
- **Runway** = available balance / burn per day; 0 where nothing is left, not known without a burn.
- **Change** compares this month with what last month had cost after as many days; *What grew most* compares two days a week apart.
- **Cost per day** shows postpaid cost only: a purchase for a year would hide every day beside it. Bars go back as far as Prometheus remembers.
- **Account label** and its value choose accounts by any label that they have, such as a team.
- **Currencies are never added**, and what one account owes is never set off against what another has.
- **`__other__`** holds small groups beyond `max_series`; nothing is lost, and the account's totals never fold.
- **Tags**: each tag key splits the whole cost once, so one key is shown at a time. *(none)* is what lacks the tag.
- **Last good values stay** while a poll fails, until they are older than `max_age`. See *Age of the data* before trusting a flat line.
""", """\
- **数字来自采集，而不是抓取。** Exporter 按自己的节奏查询云厂商的账单接口（默认余额每 5 分钟一次，账单每小时一次）。\
云厂商的账单本身会滞后一两天：“账单覆盖至”说明账单数据到了什么时候。
- **账期**是云厂商账单时区（UTC+8；BytePlus 为 UTC+0）的自然月。当地每月 1 日 00:00，“本月”变为“上月”。
- **本月费用**是当月折后应付金额，预付费与后付费合计。一次性支付的包年费用全部计入出账的那个月；“分摊后的费用”则按其覆盖的时间分摊。
- **灰色的“不详”不等于 0**：可能是 Exporter 无应答，也可能是云厂商没有提供；没有配置的项目会写明。
- **日均消耗**是已完整出账日的后付费金额，取最近 7 天的平均；不足 7 天时按已知天数平均；没有账单行的日子按 0 计。
- **预测** = 截至最新完整日的费用 + 日均消耗 × 此后到月末的天数。不猜测将来的预付费购买。
- **可用天数** = 可用余额 / 日均消耗；余额用尽时为 0，没有消耗时不详。
- **较上月同期**把本月费用与上月相同天数的费用相比；“增长最多的产品”比较相隔一周的两天。
- **每日费用**只含后付费：一笔包年费用会让其他日子都看不清。柱图以 Prometheus 的历史为限。
- **账号标签**与标签值按账号的任意标签（例如团队）选择账号。
- **不同币种从不相加**，一个账号的欠款也从不与另一个账号的余额相抵。
- **`__other__`** 是超出 `max_series` 的小额分组之和；金额不会丢失，账号总额从不折叠。
- **标签**：每个标签键都把全部费用划分一次，所以一次只看一个键。“（无）”表示没有该标签。
- **采集失败时保留上次的正确值**，直到超过 `max_age`。曲线长时间不变时，请先看“数据时效”。
""")

ABOUT_HEALTH = Text("""\
- **Scrape** = Prometheus asks the exporter; it answers at once from memory. **Poll** = the exporter asks a cloud, for each account and \
collector: `balance`, `bills`, `orders`, `history`, `amortization`, `coupons`, `packages`, `budgets`, `renewals`.
- **A failing collector** keeps the last good values until `max_age`; its failures are counted by reason: `auth` (key, signature, clock), \
`permission` (a policy is missing, or the bill is masked), `throttled` (asked too often), `server` and `transport` and `timeout` \
(the cloud or the way to it), `request`, `decode` and `inconsistent` (answers that are refused, not understood, or do not add up).
- **Requests** count every attempt, retries included. Latency is over the last hour, since bills are read in short bursts.
- **Shards**: every process polls its share of the accounts. Together the shares must make the whole, and each index must exist once.
- These panels show processes by `instance`; everywhere else the labels that scraping adds are aggregated away, \
so that a restart, a replica of Prometheus or a second job changes nothing.
- **Times** are days and hours:minutes:seconds. *Requests*, *Latency* and *Processes* are of all accounts, whatever is chosen above.
""", """\
- **抓取**是 Prometheus 访问 Exporter，Exporter 立即从内存作答。**采集**是 Exporter 访问云厂商，按账号和采集器进行：`balance`（余额）、\
`bills`（账单）、`orders`（订单）、`history`（历史账期）、`amortization`（成本分摊）、`coupons`（代金券）、`packages`（资源包）、`budgets`（控制台预算）、`renewals`（资源到期）。
- **采集器失败**时保留上次的正确值，直到超过 `max_age`；失败按原因计数：`auth`（密钥、签名、时钟）、`permission`（缺少策略，或账单被遮蔽）、\
`throttled`（请求过于频繁）、`server`、`transport` 与 `timeout`（云厂商或到它的网络）、`request`、`decode` 与 `inconsistent`（被拒绝、无法理解或前后不一致的应答）。
- **请求数**包含每一次尝试，重试也算。账单是短时间内集中读取的，所以延迟按最近一小时统计。
- **分片**：每个进程只采集自己的一部分账号。各部分合起来必须是全部，每个序号必须恰好出现一次。
- 这里的进程类面板按 `instance` 显示；其他地方都聚合掉了抓取时加上的标签，所以重启、Prometheus 的副本或第二个任务都不会改变任何数字。
- **时间**写作天与时:分:秒。“请求”“延迟”“进程”针对所有账号，与上方的选择无关。
""")


def explain_costs():
    return text(Text("What the numbers mean", "数字的含义"), ABOUT_COSTS, 11)


def explain_health():
    return text(Text("What the numbers mean", "数字的含义"), ABOUT_HEALTH, 8)
