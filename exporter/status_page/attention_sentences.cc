#include "status_page/attention_sentences.h"

namespace cloud_billing {

constexpr AttentionSentences kEnglishAttention{
    .heading = "Needs attention",
    .more = {"{0} more", "{0} more"},
    .reload_refused =
        "The configuration was changed and refused; the one loaded {0} stays in use. "
        "The log says what is wrong.",
    .failing = "{0}: the latest poll of {1} failed; last success {2} – {3}",
    .never_succeeded = "{0}: the latest poll of {1} failed and has never succeeded – {2}",
    .late = "{0}: {1} has not been polled for {2}",
    .in_debt = "{0}: the balance of {1} is negative",
    .below_threshold = "{0}: the balance of {1} is below {2}",
    .budget_used = "{0}: {1} of this month’s budget is used",
    .holds_other =
        "{0}: its bill holds that of {1} too, so a sum over both would count it twice; "
        "the totals of this page do not",
    .wrong_currency =
        "{0}: {1} is in {2}, in which the account has nothing (it has {3}), so no "
        "alert can come of it; set the account’s {4}",
    .unpaid_orders = "{0}: {1}",
    .counted_orders = {"{0} unpaid order", "{0} unpaid orders"},
};

constexpr AttentionSentences kChineseAttention{
    .heading = "需要关注",
    .more = "另有 {0} 条",
    .reload_refused = "新配置被拒绝，仍在使用 {0}加载的配置；原因见日志。",
    .failing = "{0}：{1}采集失败，上次成功在 {2}；{3}",
    .never_succeeded = "{0}：{1}采集失败，且从未成功过；{2}",
    .late = "{0}：{1}已有 {2}没有采集",
    .in_debt = "{0}：可用余额 {1}，已欠费",
    .below_threshold = "{0}：可用余额 {1}，低于预警线 {2}",
    .budget_used = "{0}：本月预算已用 {1}",
    .holds_other = "{0}：账单中已包含 {1} 的账单，两者相加会重复计算；本页合计只计一次",
    .wrong_currency =
        "{0}：{1} 以 {2} 计，而该账号只有 {3} 的金额，不可能触发告警；"
        "请设置该账号的 {4}",
    .unpaid_orders = "{0}：{1}",
    .counted_orders = "{0} 笔订单未支付",
};

}  // namespace cloud_billing
