#include "billing/costs.h"

#include <algorithm>
#include <string_view>
#include <utility>

#include "billing/billing_mode.h"

namespace cloud_billing {
namespace {

constexpr std::string_view kModesAlwaysShown[] = {kPostpaid, kPrepaid};

}  // namespace

std::optional<MonthCosts> summarise_month(const CostSnapshot& snapshot,
                                          const AggregationConfig& aggregation,
                                          const std::string& currency) {
  MonthCosts month;
  month.rows = snapshot.rows();
  month.lacked = snapshot.lacked();
  month.unread_tags = snapshot.unread_tags();
  month.service_names = snapshot.service_names();
  month.sub_account_names = snapshot.sub_account_names();
  month.account_ids = snapshot.account_ids();

  std::set<std::string> currencies;
  bool services_fit = true;
  for (const auto& [key, amounts] : snapshot.totals()) {
    const std::vector<std::string_view> values = split_cost_key(key);
    currencies.emplace(values[0]);
    MeasureAmounts& sum = month.totals[{std::string(values[0]), std::string(values[1])}];
    if (!add_amounts(sum, amounts)) return std::nullopt;
    Amount& service = month.services[{std::string(values[0]), std::string(values[2])}];
    if (values[1] == kPrepaid && !values[2].empty()) month.prepaid_services.emplace(values[2]);
    services_fit = service.add(amounts[index_of(Measure::kBilledCost)]) && services_fit;
  }
  if (!services_fit) month.services.clear();  // for people only: no reason to withhold the month
  if (currencies.empty()) currencies.insert(currency);
  for (const std::string& shown : currencies) {
    for (const std::string_view mode : kModesAlwaysShown) {
      month.totals.try_emplace({shown, std::string(mode)});
    }
  }

  std::optional<GroupLines> groups = snapshot.rank_groups();
  if (!groups) return std::nullopt;
  month.groups = *std::move(groups);
  for (std::size_t tag = 0; tag < aggregation.tag_keys.size(); ++tag) {
    std::optional<GroupLines> tag_groups = snapshot.rank_tag_groups(tag);
    if (!tag_groups) return std::nullopt;
    month.tag_groups.push_back(*std::move(tag_groups));
  }
  return month;
}

static bool all_have_values(const GroupLines& groups, std::size_t values) {
  return std::all_of(groups.lines.begin(), groups.lines.end(),
                     [values](const GroupLine& line) { return line.values().size() == values; });
}

bool has_groups_of(const MonthCosts& month, const AggregationConfig& aggregation) {
  constexpr std::size_t kTagValues = 3;  // currency, tag value, service type
  return month.grouped && all_have_values(month.groups, 1 + aggregation.group_by.size()) &&
         month.tag_groups.size() == aggregation.tag_keys.size() &&
         std::all_of(month.tag_groups.begin(), month.tag_groups.end(),
                     [](const GroupLines& groups) { return all_have_values(groups, kTagValues); });
}

MonthCosts without_groups(MonthCosts month) {
  month.grouped = false;
  month.groups = {};
  month.tag_groups.clear();
  return month;
}

DayCosts summarise_day(const CostSnapshot& snapshot, BillingDay day) {
  DayCosts costs;
  costs.day = day;
  for (const auto& [key, amounts] : snapshot.totals()) {
    const std::vector<std::string_view> values = split_cost_key(key);
    costs.billed_costs.emplace(
        DayCostKey{std::string(values[0]), std::string(values[2]), std::string(values[1])},
        amounts[index_of(Measure::kBilledCost)]);
  }
  return costs;
}

}  // namespace cloud_billing
