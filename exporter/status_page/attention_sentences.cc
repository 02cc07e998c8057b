#include "status_page/attention_sentences.h"

namespace cloud_billing {

constexpr AttentionSentences kEnglishAttention{
    .heading = "Needs attention",
    .more = {"{0} more", "{0} more"},
    .reload_refused =
        "The configuration was changed and refused; the one loaded {0} stays in use. "
        "The log says what is wrong.",
    .failing = "{0}: the latest poll of {1} failed; last success {2} – {3}",
    .never_succeeded = "{0}: the latest poll of {1} failed; none has succeeded yet – {2}",
    .in_debt = "{0}: the balance of {1} is negative",
    .used_up = "{0}: the balance of {1} is used up",
    .below_threshold = "{0}: the balance of {1} is below {2}",
    .low_and_short = "{0}: the balance of {1} is below {2} and lasts for {3}",
    .lasts = "{0}: the balance of {1} lasts for {2}",
    .budget_used = "{0}: {1} of this month’s budget of {2} is used",
    .forecast_over = "{0}: the month is going to cost {1}, {2} of its budget of {3}",
    .holds_other =
        "{0}: its bill holds that of {1} too, so a sum over both would count it twice; "
        "the totals of this page do not",
    .wrong_currency =
        "{0}: {1} is in {2}, in which the account has nothing (it has {3}), so no "
        "alert can come of it; set the account’s {4}",
    .stale = "{0}: {1} has not been read for {2}",
    .unpaid_orders = "{0}: {1}",
    .counted_orders = {"{0} unpaid order", "{0} unpaid orders"},
    .days_failed = "{0}: some days could not be read – {1}",
    .group = "{0}: {1} – {2}",
    .causes = {"the configuration was refused", "the latest poll failed", "the balance is used up",
               "the balance is low", "the balance lasts for less than 7 days",
               "the budget is used up", "the month is going to cost more than its budget",
               "the bill holds that of another account",
               "a budget or threshold is in a currency that the account does not have",
               "data are out of date", "orders are unpaid", "some days could not be read"},
    .and_more = "{0} and others",
};

constexpr AttentionSentences kChineseAttention{
    .heading = "需要关注",
    .more = "另有 {0} 条",
    .reload_refused = "新配置被拒绝，仍在使用 {0}加载的配置；原因见日志。",
    .failing = "{0}：{1}采集失败，上次成功在 {2}；{3}",
    .never_succeeded = "{0}：{1}采集失败，且从未成功过；{2}",
    .in_debt = "{0}：可用余额 {1}，已欠费",
    .used_up = "{0}：可用余额 {1}，已用尽",
    .below_threshold = "{0}：可用余额 {1}，低于预警线 {2}",
    .low_and_short = "{0}：可用余额 {1}，低于预警线 {2}，预计还能用 {3}",
    .lasts = "{0}：可用余额 {1}，预计还能用 {2}",
    .budget_used = "{0}：本月预算 {2}，已用 {1}",
    .forecast_over = "{0}：本月预计花费 {1}，为预算 {3} 的 {2}",
    .holds_other = "{0}：账单中已包含 {1} 的账单，两者相加会重复计算；本页合计只计一次",
    .wrong_currency =
        "{0}：{1} 以 {2} 计，而该账号只有 {3} 的金额，告警不会触发；"
        "请设置该账号的 {4}",
    .stale = "{0}：{1}已有 {2}未更新",
    .unpaid_orders = "{0}：{1}",
    .counted_orders = "{0} 笔订单未支付",
    .days_failed = "{0}：部分日期的费用采集失败；{1}",
    .group = "{0}：{1}（{2}）",
    .causes = {"新配置被拒绝", "采集失败", "余额已用尽", "余额不足", "余额不足 7 天",
               "本月预算已用完", "预计超出本月预算", "账单中包含另一个账号的账单",
               "预算或预警线的币种不符", "数据过时", "有订单未支付", "部分日期的费用采集失败"},
    .and_more = "{0} 等",
};

}  // namespace cloud_billing
