#include "billing/costs.h"

#include <algorithm>
#include <chrono>
#include <string_view>
#include <utility>

namespace cloud_billing {
namespace {

constexpr std::string_view kModesAlwaysShown[] = {"postpaid", "prepaid"};

}  // namespace

std::optional<MonthCosts> summarise_month(const CostSnapshot& snapshot,
                                          const AggregationConfig& aggregation,
                                          const std::string& currency) {
  MonthCosts month;
  month.rows = snapshot.rows();
  month.lacked = snapshot.lacked();
  month.unread_tags = snapshot.unread_tags();
  month.service_names = snapshot.service_names();
  month.account_ids = snapshot.account_ids();

  std::set<std::string> currencies;
  bool services_fit = true;
  for (const auto& [key, amounts] : snapshot.totals()) {
    const std::vector<std::string_view> values = split_cost_key(key);
    currencies.emplace(values[0]);
    MeasureAmounts& sum = month.totals[{std::string(values[0]), std::string(values[1])}];
    if (!add_amounts(sum, amounts)) return std::nullopt;
    Amount& service = month.services[{std::string(values[0]), std::string(values[2])}];
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

MonthCosts without_groups(MonthCosts month) {
  month.grouped = false;
  month.groups = {};
  month.tag_groups.clear();
  return month;
}

// Left as it is if a sum overflows.
static void merge_services(DayCosts& day) {
  std::map<DayCostKey, Amount> merged;
  for (const auto& [key, billed_cost] : day.billed_costs) {
    if (!merged[{key.currency, {}, key.billing_mode}].add(billed_cost)) return;
  }
  day.billed_costs = std::move(merged);
}

void KnownDays::add(DayCosts day) { by_day_.insert_or_assign(day.day, std::move(day)); }

void KnownDays::add_newest(DayCosts day) {
  const BillingDay newest = day.day;
  const BillingDay first_of_month = newest.year() / newest.month() / std::chrono::day(1);
  const BillingDay first = std::min(first_of_month, days_before(newest, kTrendDays - 1));
  add(std::move(day));
  std::erase_if(by_day_,
                [&](const auto& known) { return known.first < first || known.first > newest; });
  for (auto& [known, costs] : by_day_) {
    if (known != newest) merge_services(costs);
  }
}

const DayCosts* KnownDays::find(BillingDay day) const {
  const auto known = by_day_.find(day);
  return known == by_day_.end() ? nullptr : &known->second;
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
