#include "status_page/account_condition.h"

#include <algorithm>

#include "billing/billing_mode.h"

namespace cloud_billing {
namespace {

// As CloudBillingRunwayBelow3Days and CloudBillingRunwayBelow7Days have them.
constexpr double kSecondsOfDay = 86400;
constexpr double kLowRunway = 3 * kSecondsOfDay;
constexpr double kShortRunway = 7 * kSecondsOfDay;

bool is_spent(const AccountSummary& account) {
  const auto average =
      account.trend.average_7d.find({account.balance->currency, std::string(kPostpaid)});
  return average != account.trend.average_7d.end() && average->second > Amount();
}

bool has_threshold(const AccountSummary& account) {
  return account.config().low_balance && account.balance->currency == account.config().currency;
}

bool is_stale(const AccountSummary& account) {
  return std::ranges::any_of(account.collectors, [](const CollectorSummary& collector) {
    return collector.late || collector.withdrawn;
  });
}

}  // namespace

Tone budget_tone(std::optional<double> used, std::optional<double> forecast) {
  if (!used) return Tone::kNone;
  if (*used >= 1) return Tone::kBad;
  if (!forecast) return Tone::kNone;
  return *forecast > 1 ? Tone::kWarn : Tone::kGood;
}

Tone runway_tone(double seconds) {
  if (seconds < kLowRunway) return Tone::kBad;
  return seconds < kShortRunway ? Tone::kWarn : Tone::kGood;
}

BalanceState find_balance_state(const AccountSummary& account) {
  if (account.balance == nullptr || !account.balance->available) return BalanceState::kUnknown;
  const Amount available = *account.balance->available;
  if (available < Amount()) return BalanceState::kUsedUp;
  if (available == Amount() && is_spent(account)) return BalanceState::kUsedUp;
  if (account.low_balance) return BalanceState::kLow;
  // Nobody spends from an account that has nothing.
  const auto runway = available > Amount() ? account.trend.runway : std::nullopt;
  if (runway && runway->seconds < kLowRunway) return BalanceState::kLow;
  if (runway && runway->seconds < kShortRunway) return BalanceState::kShort;
  return runway || has_threshold(account) ? BalanceState::kEnough : BalanceState::kUnknown;
}

Tone balance_tone(BalanceState state) {
  switch (state) {
    case BalanceState::kUnknown:
      return Tone::kNone;
    case BalanceState::kUsedUp:
    case BalanceState::kLow:
      return Tone::kBad;
    case BalanceState::kShort:
      return Tone::kWarn;
    case BalanceState::kEnough:
      break;
  }
  return Tone::kGood;
}

std::string_view condition_name(AccountCondition condition) {
  switch (condition) {
    case AccountCondition::kFailing:
      return "failing";
    case AccountCondition::kLow:
      return "low";
    case AccountCondition::kOverBudget:
      return "over_budget";
    case AccountCondition::kStale:
      return "stale";
    case AccountCondition::kOk:
      break;
  }
  return "ok";
}

std::optional<AccountCondition> condition_from_name(std::string_view name) {
  for (const AccountCondition condition : kAllConditions) {
    if (condition_name(condition) == name) return condition;
  }
  return std::nullopt;
}

bool has_condition(const AccountSummary& account, AccountCondition condition) {
  switch (condition) {
    case AccountCondition::kFailing:
      return account.failing();
    case AccountCondition::kLow: {
      const Tone tone = balance_tone(find_balance_state(account));
      return tone == Tone::kBad || tone == Tone::kWarn;
    }
    case AccountCondition::kOverBudget:
      return account.budget_used.value_or(0) >= 1 || account.budget_forecast.value_or(0) > 1;
    case AccountCondition::kStale:
      return is_stale(account);
    case AccountCondition::kOk:
      break;
  }
  return !account.waiting() && std::ranges::none_of(kAllConditions, [&](AccountCondition other) {
    return other != AccountCondition::kOk && has_condition(account, other);
  });
}

}  // namespace cloud_billing
