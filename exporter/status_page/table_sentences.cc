#include "status_page/table_sentences.h"

namespace cloud_billing {

constexpr TableSentences kEnglishTable{
    .account = "Account",
    .state = "State",
    .this_month = "This month",
    .last_month = "Last month",
    .budget_used = "Budget used",
    .available = "Available balance",
};

constexpr TableSentences kChineseTable{
    .account = "账号",
    .state = "状态",
    .this_month = "本月",
    .last_month = "上月",
    .budget_used = "预算使用率",
    .available = "可用余额",
};

}  // namespace cloud_billing
