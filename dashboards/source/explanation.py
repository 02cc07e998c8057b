"""What the numbers mean, for people who see them for the first time."""

from source.panels import text
from source.text import Text

ABOUT_COSTS = Text("""\
- **Polls, not scrapes.** Numbers come from the cloud's billing API at the exporter's own pace (by default \
balances every 5 minutes, bills hourly). A cloud's bill itself is a day or two behind: *Bill covers until* says how far it reaches.
- **Billing month**: the calendar month in China Standard Time (UTC+8). On the 1st at 00:00 the current month becomes the previous one.
- **Cost so far** is what is payable for the month, after discounts, prepaid and postpaid together. A yearly prepaid purchase counts \
whole in the month in which it was billed.
- **Burn per day** is the postpaid cost of a completed day, averaged over the last 7 days, or over as many as there are; \
a day without any row cost 0.
- **Forecast** = cost so far + burn × the days from what the bill covers to the month's end. Prepaid purchases to come are not guessed.
- **Runway** = available balance / burn per day; shown only where both are positive.
- **Currencies are never added.** A symbol stands for its ISO 4217 code only (¥ is CNY); amounts in tables are plain numbers beside their code.
- **`__other__`** holds small groups beyond `max_series`; nothing is lost, and the account's totals never fold.
- **Tags**: each tag key splits the whole cost once, so one key is shown at a time. *(none)* is what lacks the tag.
- **Last good values stay** while a poll fails, until they are older than `max_age`. See *Age of the data* before trusting a flat line.
""", """\
- **数字来自轮询，而不是抓取。** 导出器按自己的节奏查询云厂商的账单接口（默认余额每 5 分钟一次，账单每小时一次）。\
云厂商的账单本身会滞后一两天：“账单覆盖至”说明账单数据到了什么时候。
- **账期**是中国标准时间（UTC+8）的自然月。每月 1 日 00:00，“本月”变为“上月”。
- **本月费用**是当月折后应付金额，预付费与后付费合计。一次性支付的包年费用全部计入出账的那个月。
- **日均消耗**是已完整出账日的后付费金额，取最近 7 天的平均；不足 7 天时按已有天数平均；没有账单行的日子按 0 计。
- **预测** = 本月费用 + 日均消耗 × 从账单覆盖至月末的天数。不猜测将来的预付费购买。
- **可用天数** = 可用余额 / 日均消耗；只在两者都为正时显示。
- **不同币种从不相加。** 货币符号只代表对应的 ISO 4217 代码（¥ 即 CNY）；表格中的金额是数字，币种代码在旁边。
- **`__other__`** 是超出 `max_series` 的小额分组之和；金额不会丢失，账号总额从不折叠。
- **标签**：每个标签键都把全部费用划分一次，所以一次只看一个键。“（无）”表示没有该标签。
- **轮询失败时保留上次的正确值**，直到超过 `max_age`。曲线长时间不变时，请先看“数据时效”。
""")

ABOUT_HEALTH = Text("""\
- **Scrape** = Prometheus asks the exporter; it answers at once from memory. **Poll** = the exporter asks a cloud, for each account and \
collector: `balance`, `bills`, `orders`.
- **A failing collector** keeps the last good values until `max_age`; its failures are counted by reason: `auth` (key, signature, clock), \
`permission` (a policy is missing, or the bill is masked), `throttled` (asked too often), `server` and `transport` and `timeout` \
(the cloud or the way to it), `request`, `decode` and `inconsistent` (answers that are refused, not understood, or do not add up).
- **Requests** count every attempt, retries included. Latency is over the last hour, since bills are read in short bursts.
- **Shards**: every process polls its share of the accounts. Together the shares must make the whole, and each index must exist once.
- These panels show processes by `instance`; everywhere else the scrape's own labels (`instance`, `pod`, `container`, \
`endpoint`, `service`) are aggregated away, so that a restart changes nothing.
""", """\
- **抓取**是 Prometheus 访问导出器，导出器立即从内存作答。**轮询**是导出器访问云厂商，按账号和采集器进行：`balance`（余额）、\
`bills`（账单）、`orders`（订单）。
- **采集器失败**时保留上次的正确值，直到超过 `max_age`；失败按原因计数：`auth`（密钥、签名、时钟）、`permission`（缺少策略，或账单被遮蔽）、\
`throttled`（请求过于频繁）、`server`、`transport` 与 `timeout`（云厂商或到它的网络）、`request`、`decode` 与 `inconsistent`（被拒绝、无法理解或前后不一致的应答）。
- **请求数**包含每一次尝试，重试也算。账单是短时间内集中读取的，所以延迟按最近一小时统计。
- **分片**：每个进程只轮询自己的一部分账号。各部分合起来必须是全部，每个序号必须恰好出现一次。
- 这里的进程类面板按 `instance` 显示；其他地方都聚合掉了抓取自身的标签（`instance`、`pod`、`container`、`endpoint`、`service`），所以重启不会改变任何数字。
""")


def explain_costs():
    return text(Text("What the numbers mean", "数字的含义"), ABOUT_COSTS, 9)


def explain_health():
    return text(Text("What the numbers mean", "数字的含义"), ABOUT_HEALTH, 7)
