#include "status_page/poll_sentences.h"

namespace cloud_billing {

constexpr PollSentences kEnglishPolls{
    .collectors = {"balance", "bills", "orders", "history", "amortization", "coupons", "packages",
                   "budgets", "renewals"},
    .reasons = {"the cloud could not be reached", "no complete answer in time",
                "key, signature, token or clock refused", "the key may not read this",
                "the cloud was asked too often", "the cloud has a fault",
                "the cloud refused the request", "an answer was not understood",
                "the pages did not add up"},
    .reason = "{0}: {1}",
    .first_poll_under_way = "first poll under way",
    .ok = "ok",
    .failed = "failed",
    .not_yet = "not yet",
    .never = "never",
    .too_old = "too old, not shown",
    .latest_poll = "Latest poll",
    .last_success = "Last success",
    .next_poll = "Next",
    .in_short = "{0} {1}, last success {2}, next poll {3}",
    .failed_ago = "{0} failed {1} – {2}.",
    .last_error = "{0}: last error {1} – {2}",
    .message_not_kept = "before this start; the log of then has the words",
    .days_not_known = "Days not known: {0} – {1}.",
    .days_are_read = "they are being read",
    .days_are_read_next = "they are read after the next poll of the bills",
    .days_failed = "tried again after the next poll of the bills: {0} – {1}",
    .days_add_up = "The days of {0} add up to its bill, {1}.",
    .days_come_to_more = "The days of {0} add up to {1}, {2} more than its bill.",
    .days_come_to_less = "The days of {0} add up to {1}, {2} less than its bill.",
    .not_amortised =
        "The amortised bill of {0} has no rows although the bill has: switch it on in the cloud's "
        "console, where it is named {1}.",
};

constexpr PollSentences kChinesePolls{
    .collectors = {"余额", "账单", "订单", "历史账单", "成本分摊", "代金券", "资源包", "云厂商预算",
                   "资源到期"},
    .reasons = {"连不上云厂商", "未在限定时间内收到完整应答",
                "密钥、签名、令牌或本机时钟未通过验证", "该密钥无权读取", "请求过于频繁，已被限流",
                "云厂商服务故障", "云厂商拒绝了请求", "无法解析应答", "各分页数据前后对不上"},
    .reason = "{1}（{0}）",
    .first_poll_under_way = "首次采集中",
    .ok = "正常",
    .failed = "失败",
    .not_yet = "尚未完成",
    .never = "从未成功",
    .too_old = "已过时，不再显示",
    .latest_poll = "最近一次采集",
    .last_success = "上次成功",
    .next_poll = "下次采集",
    .in_short = "{0}：{1}，上次成功 {2}，下次采集 {3}",
    .failed_ago = "{1}采集{0}失败：{2}。",
    .last_error = "{0}：上次出错 {1}，{2}",
    .message_not_kept = "发生在本次启动之前，原文见当时的日志",
    .days_not_known = "以下日期的费用不详：{0}。{1}。",
    .days_are_read = "正在补采",
    .days_are_read_next = "下次采集账单后补采",
    .days_failed = "下次采集账单后重试，{0}：{1}",
    .days_add_up = "{0}各日费用合计与账单一致：{1}。",
    .days_come_to_more = "{0}各日费用合计 {1}，比账单多 {2}。",
    .days_come_to_less = "{0}各日费用合计 {1}，比账单少 {2}。",
    .not_amortised = "{0}的账单有数据，{1}却没有：请在云厂商的控制台开通。",
};

}  // namespace cloud_billing
