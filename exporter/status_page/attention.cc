#include "status_page/attention.h"

#include <algorithm>
#include <array>
#include <limits>
#include <utility>

namespace cloud_billing {
namespace {

// What comes first has less.
using Rank = double (*)(const AccountSummary&);

double same_rank(const AccountSummary& /*account*/) { return 0; }

// Those that never succeeded come first, then those that have failed for longest.
double rank_by_success(const AccountSummary& account) {
  double rank = std::numeric_limits<double>::max();
  for (const CollectorSummary& collector : account.collectors) {
    if (collector.status.up != false) continue;
    const auto& success = collector.status.last_success;
    const auto seconds = success ? static_cast<double>(success->time_since_epoch().count()) : 0;
    rank = std::min(rank, seconds);
  }
  return rank;
}

double rank_by_runway(const AccountSummary& account) {
  const auto& runway = account.trend.runway;
  return runway ? runway->seconds : std::numeric_limits<double>::max();
}

double rank_by_use(const AccountSummary& account) { return -account.budget_used.value_or(0); }
double rank_by_forecast(const AccountSummary& account) {
  return -account.budget_forecast.value_or(0);
}

template <BalanceState kState>
bool has_balance_state(const AccountSummary& account) {
  return find_balance_state(account) == kState;
}

template <Tone kTone>
bool has_budget_tone(const AccountSummary& account) {
  return budget_tone(account.budget_used, account.budget_forecast) == kTone;
}

bool is_failing(const AccountSummary& account) { return account.failing(); }
bool is_only_stale(const AccountSummary& account) {
  return !account.failing() && has_condition(account, AccountCondition::kStale);
}
bool holds_another_bill(const AccountSummary& account) { return !account.also_holds.empty(); }
bool has_mismatch(const AccountSummary& account) { return !account.mismatches.empty(); }
bool has_unpaid_orders(const AccountSummary& account) {
  return account.unpaid && account.unpaid->count > 0;
}
bool has_unreadable_days(const AccountSummary& account) {
  return !account.missing_days.empty() && account.view->days_failure &&
         !account.view->days_are_read;
}

struct Cause {
  ConcernKind kind;
  Tone tone;
  bool (*holds)(const AccountSummary&);
  Rank rank;
  std::optional<AccountCondition> condition;
};

constexpr std::array<Cause, 11> kCauses{{
    {ConcernKind::kFailing, Tone::kBad, is_failing, rank_by_success, AccountCondition::kFailing},
    {ConcernKind::kBalanceUsedUp, Tone::kBad, has_balance_state<BalanceState::kUsedUp>,
     rank_by_runway, AccountCondition::kLow},
    {ConcernKind::kBalanceLow, Tone::kBad, has_balance_state<BalanceState::kLow>, rank_by_runway,
     AccountCondition::kLow},
    {ConcernKind::kBalanceShort, Tone::kWarn, has_balance_state<BalanceState::kShort>,
     rank_by_runway, AccountCondition::kLow},
    {ConcernKind::kBudgetUsedUp, Tone::kBad, has_budget_tone<Tone::kBad>, rank_by_use,
     AccountCondition::kOverBudget},
    {ConcernKind::kForecastOverBudget, Tone::kWarn, has_budget_tone<Tone::kWarn>, rank_by_forecast,
     AccountCondition::kOverBudget},
    {ConcernKind::kCountedTwice, Tone::kBad, holds_another_bill, same_rank, std::nullopt},
    {ConcernKind::kCurrencyMismatch, Tone::kBad, has_mismatch, same_rank, std::nullopt},
    {ConcernKind::kStale, Tone::kWarn, is_only_stale, same_rank, AccountCondition::kStale},
    {ConcernKind::kUnpaidOrders, Tone::kWarn, has_unpaid_orders, same_rank, std::nullopt},
    {ConcernKind::kDaysFailed, Tone::kWarn, has_unreadable_days, same_rank, std::nullopt},
}};

// In the order of the overview where nothing tells them apart.
std::vector<const AccountSummary*> list_accounts(const Overview& overview, const Cause& cause) {
  std::vector<const AccountSummary*> accounts;
  for (const AccountSummary& account : overview.found) {
    if (cause.holds(account)) accounts.push_back(&account);
  }
  std::ranges::stable_sort(accounts, {},
                           [&](const AccountSummary* account) { return cause.rank(*account); });
  return accounts;
}

}  // namespace

std::vector<Concern> list_concerns(const Overview& overview, bool last_reload_successful) {
  std::vector<Concern> concerns;
  if (!last_reload_successful) {
    concerns.push_back({ConcernKind::kReloadRefused, Tone::kBad, {}, std::nullopt});
  }
  for (const Cause& cause : kCauses) {
    auto accounts = list_accounts(overview, cause);
    if (accounts.size() > kMostApart) {
      concerns.push_back({cause.kind, cause.tone, std::move(accounts), cause.condition});
      continue;
    }
    for (const AccountSummary* account : accounts) {
      concerns.push_back({cause.kind, cause.tone, {account}, cause.condition});
    }
  }
  return concerns;
}

}  // namespace cloud_billing
