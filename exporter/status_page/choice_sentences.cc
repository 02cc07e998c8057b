#include "status_page/choice_sentences.h"

namespace cloud_billing {

constexpr ChoiceSentences kEnglishChoices{
    .states = {"polls fail", "low balance", "over budget", "out of date", "ok"},
    .used_up = "balance used up",
    .forecast_over = "going over budget",
    .by_state = "State",
    .all = "all",
    .with_count = "{0} ({1})",
    .order = "Order",
    .orders = {"name", "highest cost", "highest forecast", "lowest balance", "fewest days left"},
    .reversed = "{0}, reversed",
    .totals_by = "Totals by label",
    .no_label = "none",
    .totals_of = "Totals by {0}",
    .without_label = "without {0}",
};

constexpr ChoiceSentences kChineseChoices{
    .states = {"采集失败", "余额不足", "超预算", "数据过时", "正常"},
    .used_up = "余额已用尽",
    .forecast_over = "预计超预算",
    .by_state = "状态",
    .all = "全部",
    .with_count = "{0}（{1}）",
    .order = "排序",
    .orders = {"名称", "费用从高到低", "预计费用从高到低", "余额从低到高", "可用天数从少到多"},
    .reversed = "{0}（反序）",
    .totals_by = "按标签汇总",
    .no_label = "不汇总",
    .totals_of = "按 {0} 汇总",
    .without_label = "无 {0} 标签",
};

}  // namespace cloud_billing
