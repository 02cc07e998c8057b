#include "billing/effective_costs.h"

#include <algorithm>
#include <cstddef>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace cloud_billing {

bool is_told(const EffectiveCosts& month, const MonthCosts* bill) {
  return month.shares.rows > 0 || (bill != nullptr && bill->rows == 0);
}

bool seems_switched_off(const EffectiveCosts& month, UtcSeconds begin, const MonthCosts* bill) {
  return month.shares.rows == 0 && month.shares.data_through > begin && bill != nullptr &&
         bill->rows > 0;
}

std::optional<GroupLines> with_region_ids(const GroupLines& groups,
                                          const AggregationConfig& aggregation,
                                          const RegionIds& ids) {
  const auto& group_by = aggregation.group_by;
  const auto region =
      std::ranges::find(group_by, GroupDimension::Kind::kRegionId, &GroupDimension::kind);
  if (region == group_by.end() || ids.empty()) return groups;
  const auto place = static_cast<std::size_t>(region - group_by.begin()) + 1;  // after the currency
  std::map<CostKey, MeasureAmounts> sums;
  for (const GroupLine& line : groups.lines) {
    std::vector<std::string> values;
    for (const std::string_view value : line.values()) values.emplace_back(value);
    const auto id = ids.find(values[place]);
    if (id != ids.end()) values[place] = id->second;
    if (!add_amounts(sums[join_cost_key(values)], line.amounts)) return std::nullopt;
  }
  GroupLines renamed;
  renamed.folded_groups = groups.folded_groups;
  for (const auto& [key, amounts] : sums) renamed.lines.push_back({key, amounts});
  return renamed;
}

}  // namespace cloud_billing
