#include "status_page/runs_out_sentences.h"

namespace cloud_billing {

constexpr RunsOutSentences kEnglishRunsOut{
    .none = "none",
    .further = "{0} more",
    .coupons = "Coupons",
    .some_coupons = {"{0} coupon", "{0} coupons"},
    .packages = "Resource packages",
    .package = "{0} ({1})",
    .left = "{0} left",
    .expires = "first expiry {0}",
    .expiry_not_known = "first expiry not known",
    .budgets = "The cloud's own budgets",
    .used = "{0} used, budget {1}",
    .sub_accounts = "Cash of sub-accounts",
};

constexpr RunsOutSentences kChineseRunsOut{
    .none = "无",
    .further = "另有 {0} 项",
    .coupons = "代金券",
    .some_coupons = "{0} 张",
    .packages = "资源包",
    .package = "{0}（{1}）",
    .left = "剩余 {0}",
    .expires = "最早到期 {0}",
    .expiry_not_known = "最早到期时间不详",
    .budgets = "云厂商预算",
    .used = "已用 {0}，预算{1}",
    .sub_accounts = "子账号现金余额",
};

}  // namespace cloud_billing
