#include "status_page/plot_sentences.h"

namespace cloud_billing {

constexpr PlotSentences kEnglishPlots{
    .days_caption = "Cost of each day, {0} complete days, in {1}",
    .months_caption = "Cost of each month, in {0}",
    .days_name =
        "Cost of each day in {0}, {1} to {2}; the highest is {3}, on {4}. All values stand "
        "in the table that follows.",
    .months_name =
        "Cost of each month in {0}, {1} to {2}; the highest is {3}, in {4}. All values "
        "stand in the table that follows.",
    .cost_at = "{0}: {1}",
    .not_known_at = "{0}: not known",
    .part_at = "{0}: {1}, known of {2} accounts only",
    .other_services = "other services",
    .not_by_service = "services not told apart",
    .not_known = "not known",
    .not_known_of_all = "not known of all accounts",
    .month_so_far = "{0}, so far",
    .so_far = "so far",
    .tick_unit = 1'000'000,
    .ticks_in_unit_from = 1'000'000,
    .tick_in_unit = "{0} M",
    .short_month = "{0}",
    .january = "{0}",
    .exact_values = "Exact values",
    .day = "Day",
    .month = "Month",
    .cost = "Cost",
    .accounts = "Accounts known",
    .some_of = "{0} of {1}",
};

constexpr PlotSentences kChinesePlots{
    .days_caption = "最近 {0} 个完整账单日的费用（{1}）",
    .months_caption = "各账期费用（{0}）",
    .days_name = "{1}至{2}的每日费用（{0}），最高为{4}的 {3}。精确数值见下方表格。",
    .months_name = "{1}至{2}各账期的费用（{0}），最高为{4}的 {3}。精确数值见下方表格。",
    .cost_at = "{0}：{1}",
    .not_known_at = "{0}：不详",
    .part_at = "{0}：{1}，仅含 {2} 个账号",
    .other_services = "其他产品",
    .not_by_service = "未分产品",
    .not_known = "不详",
    .not_known_of_all = "部分账号不详",
    .month_so_far = "{0}（截至目前）",
    .so_far = "截至目前",
    .tick_unit = 10'000,
    .ticks_in_unit_from = 10'000,
    .tick_in_unit = "{0} 万",
    .short_month = "{0}月",
    .january = "{0}",
    .exact_values = "精确数值",
    .day = "账单日",
    .month = "账期",
    .cost = "费用",
    .accounts = "已有数据的账号",
    .some_of = "{0}/{1}",
};

}  // namespace cloud_billing
