#include "exposition/month_series.h"

#include <array>
#include <cstddef>
#include <vector>

namespace cloud_billing {

void write_totals(FamilyWriter& family, const MonthSeries& series, const MonthCosts& month) {
  for (const auto& [key, amounts] : month.totals) {
    const std::array labels{Label{"period", series.period}, Label{"currency", key.currency},
                            Label{"billing_mode", key.billing_mode}};
    family.add(series.account, labels, amounts[index_of(series.measure)]);
  }
}

void write_groups(FamilyWriter& family, const MonthSeries& series,
                  const AggregationConfig& aggregation, const GroupLines& groups) {
  std::vector<Label> labels{{"period", series.period}, {"currency", {}}};
  for (const GroupDimension& dimension : aggregation.group_by) {
    labels.push_back({dimension.label, {}});
  }
  for (const GroupLine& line : groups.lines) {
    const std::vector<std::string_view> values = line.values();
    for (std::size_t i = 0; i < values.size(); ++i) labels[i + 1].value = values[i];
    family.add(series.account, labels, line.amounts[index_of(series.measure)]);
  }
}

void write_tag_groups(FamilyWriter& family, const MonthSeries& series,
                      const AggregationConfig& aggregation, const MonthCosts& month) {
  for (std::size_t tag = 0; tag < month.tag_groups.size(); ++tag) {
    for (const GroupLine& line : month.tag_groups[tag].lines) {
      const std::vector<std::string_view> values = line.values();
      const std::array labels{Label{"period", series.period}, Label{"currency", values[0]},
                              Label{"tag_key", aggregation.tag_keys[tag]},
                              Label{"tag_value", values[1]}, Label{"service_type", values[2]}};
      family.add(series.account, labels, line.amounts[index_of(series.measure)]);
    }
  }
}

}  // namespace cloud_billing
