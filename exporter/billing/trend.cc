#include "billing/trend.h"

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <set>
#include <utility>

#include "billing/billing_mode.h"

namespace cloud_billing {
namespace {

constexpr int kShortWindow = 7;
constexpr double kSecondsOfDay = 86400;

using ModeCosts = std::map<ModeKey, Amount>;

DaysSum sum_newest(const KnownDays& days, int window) {
  const BillingDay newest = days.newest().day;
  return days.sum(days_before(newest, window - 1), newest);
}

// With both modes of every currency, at least the account's.
ModeCosts with_both_modes(ModeCosts costs, std::string_view account_currency) {
  std::set<std::string> currencies;
  for (const auto& [key, amount] : costs) currencies.insert(key.currency);
  if (currencies.empty()) currencies.emplace(account_currency);
  for (const std::string& currency : currencies) {
    costs.try_emplace({currency, std::string(kPrepaid)});
    costs.try_emplace({currency, std::string(kPostpaid)});
  }
  return costs;
}

// The newest day is known, so there is something to divide by.
ModeCosts average(const DaysSum& window, std::string_view account_currency) {
  if (!window.fits) return {};
  ModeCosts averages;
  for (const auto& [key, sum] : window.sums) {
    averages.emplace(key, sum.divided_by(window.known));
  }
  return with_both_modes(std::move(averages), account_currency);
}

// What was used in the month up to the end of the newest complete day, by currency; nothing if that
// is not known. The month's own sum counts if it covers just these days, as it may cover a part of
// later ones.
std::optional<std::map<std::string, Amount>> find_used(const TrendBasis& basis) {
  const BillingDay first_of_month = basis.month.first_day();
  std::map<std::string, Amount> used;
  const BillingDay newest = basis.days->newest().day;
  if (newest < first_of_month) return used;
  if (basis.month_costs->data_through == basis.zone.end_of(newest)) {
    for (const auto& [key, amounts] : basis.month_costs->totals) {
      if (key.billing_mode == kPostpaid) {
        used.emplace(key.currency, amounts[index_of(Measure::kBilledCost)]);
      }
    }
    return used;
  }
  const DaysSum days = basis.days->sum(first_of_month, newest);
  const auto apart = std::chrono::sys_days(newest) - std::chrono::sys_days(first_of_month);
  if (!days.fits || days.known != apart.count() + 1) return std::nullopt;
  for (const auto& [key, sum] : days.sums) {
    if (key.billing_mode == kPostpaid) used.emplace(key.currency, sum);
  }
  return used;
}

// False on overflow.
bool add_expected(Amount& forecast, Amount daily, std::int64_t days) {
  const std::optional<Amount> expected = daily.times(days);
  return expected && forecast.add(*expected);
}

// What is not postpaid counts as the month has it, whichever day it is of: nobody uses up a
// purchase by the day.
std::map<std::string, Amount> forecast(const TrendBasis& basis, const ModeCosts& averages) {
  auto forecast = find_used(basis);
  if (!forecast) return {};
  for (const auto& [key, amounts] : basis.month_costs->totals) {
    Amount& sum = (*forecast)[key.currency];
    if (key.billing_mode == kPostpaid) continue;
    if (!sum.add(amounts[index_of(Measure::kBilledCost)])) return {};
  }
  const UtcSeconds known_end =
      std::max(basis.zone.end_of(basis.days->newest().day), basis.zone.start_of(basis.month));
  const auto rest =
      std::chrono::floor<std::chrono::days>(basis.zone.end_of(basis.month) - known_end);
  for (const auto& [key, average] : averages) {
    if (key.billing_mode != kPostpaid) continue;
    if (!add_expected((*forecast)[key.currency], average, rest.count())) return {};
  }
  return *std::move(forecast);
}

std::optional<Runway> find_runway(const Balance& balance, const ModeCosts& averages) {
  if (!balance.available) return std::nullopt;
  if (*balance.available <= Amount()) return Runway{balance.currency, 0};
  const auto average = averages.find({balance.currency, std::string(kPostpaid)});
  if (average == averages.end() || average->second <= Amount()) return std::nullopt;
  return Runway{balance.currency, nearest_double(*balance.available) /
                                      nearest_double(average->second) * kSecondsOfDay};
}

// The end of what is known of the current month.
UtcSeconds covered_through(const TrendBasis& basis) {
  if (basis.month_costs->data_through) return *basis.month_costs->data_through;
  return basis.zone.end_of(basis.days->newest().day);
}

std::int64_t whole_days(UtcSeconds begin, UtcSeconds end) {
  return std::chrono::floor<std::chrono::days>(end - begin).count();
}

std::int64_t count_days(BillingMonth month) {
  return static_cast<unsigned>(month.last_day().day());
}

// Of the previous month, as many as the current one's bill covers wholly.
std::int64_t count_days_to_date(const TrendBasis& basis) {
  return std::clamp<std::int64_t>(
      whole_days(basis.zone.start_of(basis.month), covered_through(basis)), 0,
      count_days(basis.month.previous()));
}

ModeCosts find_previous_to_date(const TrendBasis& basis, std::int64_t covered) {
  const BillingMonth previous = basis.month.previous();
  ModeCosts costs;
  if (covered == count_days(previous)) {
    if (basis.previous_costs == nullptr) return {};
    for (const auto& [key, amounts] : basis.previous_costs->totals) {
      costs.emplace(key, amounts[index_of(Measure::kBilledCost)]);
    }
  } else if (covered > 0) {
    const BillingDay first = previous.first_day();
    const BillingDay last = std::chrono::sys_days(first) + std::chrono::days(covered - 1);
    const DaysSum days = basis.days->sum(first, last);
    if (!days.fits || days.known != covered) return {};
    costs = days.sums;
  }
  // Its currencies are there from the first day on.
  if (basis.previous_costs != nullptr) {
    for (const auto& [key, amounts] : basis.previous_costs->totals) {
      costs.try_emplace({key.currency, std::string(kPostpaid)});
    }
  }
  return with_both_modes(std::move(costs), basis.currency);
}

}  // namespace

Trend make_trend(const TrendBasis& basis) {
  Trend trend;
  if (basis.days != nullptr) {
    const DaysSum last_30 = sum_newest(*basis.days, kTrendDays);
    trend.average_7d = average(sum_newest(*basis.days, kShortWindow), basis.currency);
    trend.average_30d = average(last_30, basis.currency);
    trend.coverage = static_cast<double>(last_30.known) / kTrendDays;
    if (basis.month_costs != nullptr && !trend.average_7d.empty()) {
      trend.forecast = forecast(basis, trend.average_7d);
    }
    if (basis.month_costs != nullptr) {
      trend.days_to_date = count_days_to_date(basis);
      trend.previous_month_to_date = find_previous_to_date(basis, trend.days_to_date);
    }
  }
  if (basis.balance != nullptr) trend.runway = find_runway(*basis.balance, trend.average_7d);
  return trend;
}

std::map<DayCostKey, Amount> find_week_earlier_day(const KnownDays& known) {
  const DayCosts& newest = known.newest();
  std::optional<DayCosts> day = known.find(days_before(newest.day, kShortWindow));
  if (!day || !tells_services(*day) || !tells_services(newest)) return {};
  for (const auto& [key, amount] : newest.billed_costs) day->billed_costs.try_emplace(key);
  return std::move(day->billed_costs);
}

}  // namespace cloud_billing
