#include "status_page/account_trend.h"

#include <algorithm>
#include <tuple>
#include <utility>

#include "billing/billing_mode.h"
#include "billing/trend.h"
#include "status_page/money_text.h"

namespace cloud_billing {
namespace {

// Of both billing modes; nothing on overflow.
template <typename Costs>
std::optional<Amount> sum_of_currency(const Costs& costs, std::string_view currency) {
  Amount sum;
  for (const auto& [key, amount] : costs) {
    if (key.currency == currency && !sum.add(amount)) return std::nullopt;
  }
  return sum;
}

std::optional<Change> find_month_change(const ShownAccount& account, const std::string& currency,
                                        std::optional<Amount> current) {
  const Trend& trend = account.trend;
  if (!current || trend.days_to_date == 0 || trend.previous_month_to_date.empty()) {
    return std::nullopt;
  }
  const auto before = sum_of_currency(trend.previous_month_to_date, currency);
  return before ? change_between(*before, *current) : std::nullopt;
}

using DayAmounts = std::map<DayCostKey, Amount>;

// `before`: of the day a week earlier, which holds all services of the newest one.
std::vector<ServiceChange> list_changes(const ShownAccount& account, const DayAmounts& before,
                                        const std::string& currency) {
  std::vector<ServiceChange> changes;
  changes.reserve(before.size());
  for (const auto& [key, cost_before] : before) {
    if (key.currency != currency || key.billing_mode != kPostpaid) continue;
    const auto after = account.day->billed_costs.find(key);
    const Amount cost = after == account.day->billed_costs.end() ? Amount() : after->second;
    Amount growth = cost;
    if (!growth.subtract(cost_before)) continue;
    changes.push_back({std::string(account.view->config->provider->name), key.service_type,
                       find_service_name(account, key.service_type), cost_before, cost, growth});
  }
  sort_changes(changes);
  return changes;
}

}  // namespace

std::optional<Change> change_between(Amount before, Amount after) {
  Change change{before, after, after, std::nullopt};
  if (!change.difference.subtract(before)) return std::nullopt;
  change.share = share_of(change.difference, before);
  return change;
}

void sort_changes(std::vector<ServiceChange>& changes) {
  std::ranges::sort(changes, [](const ServiceChange& a, const ServiceChange& b) {
    if (a.growth != b.growth) return a.growth > b.growth;
    return std::tie(a.provider, a.service_type) < std::tie(b.provider, b.service_type);
  });
}

std::string find_service_name(const ShownAccount& account, std::string_view service_type) {
  for (const ShownMonth& month : account.months) {
    const auto name = month.costs->service_names.find(service_type);
    if (name != month.costs->service_names.end()) return name->second;
  }
  return {};
}

std::map<std::string, CurrencyTrend> find_trends(
    const ShownAccount& account, const std::map<std::string, std::optional<Amount>>& current) {
  DayAmounts week_earlier;
  if (account.days != nullptr) week_earlier = find_week_earlier_day(*account.days);
  std::map<std::string, CurrencyTrend> trends;
  for (const auto& [currency, cost] : current) {
    CurrencyTrend& trend = trends[currency];
    const auto forecast = account.trend.forecast.find(currency);
    if (forecast != account.trend.forecast.end()) trend.forecast = forecast->second;
    trend.month_change = find_month_change(account, currency, cost);
    if (account.day == nullptr) continue;
    trend.newest_day = sum_of_currency(account.day->billed_costs, currency);
    if (!week_earlier.empty()) trend.changes = list_changes(account, week_earlier, currency);
  }
  return trends;
}

}  // namespace cloud_billing
