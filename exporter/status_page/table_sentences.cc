#include "status_page/table_sentences.h"

namespace cloud_billing {

constexpr TableSentences kEnglishTable{
    .account = "Account",
    .state = "State",
    .this_month = "This month",
    .forecast = "Forecast",
    .change = "Against last month",
    .last_month = "Last month",
    .budget_used = "Budget used",
    .available = "Available balance",
    .days_left = "Days left",
    .value = "Value",
    .accounts = "Accounts",
};

constexpr TableSentences kChineseTable{
    .account = "账号",
    .state = "状态",
    .this_month = "本月费用",
    .forecast = "预计费用",
    .change = "较上月同期",
    .last_month = "上月费用",
    .budget_used = "预算使用率",
    .available = "可用余额",
    .days_left = "可用天数",
    .value = "标签值",
    .accounts = "账号数",
};

}  // namespace cloud_billing
