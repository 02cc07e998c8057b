#pragma once

// What somebody should look at, the most urgent first. Pure, any thread.

#include <cstddef>
#include <optional>
#include <vector>

#include "status_page/account_condition.h"
#include "status_page/account_summary.h"
#include "status_page/accounts_overview.h"

namespace cloud_billing {

// In the order of urgency. An account has at most one concern about its polls, one about its
// balance and one about its budget.
enum class ConcernKind {
  kReloadRefused,       // a changed configuration was
  kFailing,             // a collector's latest poll failed
  kBalanceUsedUp,       // BalanceState::kUsedUp
  kBalanceLow,          // BalanceState::kLow
  kBalanceShort,        // BalanceState::kShort
  kBudgetUsedUp,        // whatever is expected
  kForecastOverBudget,  // and there is still something left
  kCountedTwice,        // its bill holds that of another account
  kCurrencyMismatch,    // a budget or threshold in a currency in which the account has nothing
  kStale,               // a collector is late, or its values are too old to be shown
  kUnpaidOrders,
  kDaysFailed,  // some days are not known since they could not be read
};

// More accounts than this with a concern of one kind make one concern.
inline constexpr std::size_t kMostApart = 5;

struct Concern {
  ConcernKind kind{};
  Tone tone = Tone::kWarn;  // kWarn or kBad
  // Whose it is, the most urgent first; none: the program's. More than one: a group.
  std::vector<const AccountSummary*> accounts;
  std::optional<AccountCondition> condition;  // of accounts with concerns of this kind
};

// The overview has to outlive them.
[[nodiscard]] std::vector<Concern> list_concerns(const Overview& overview,
                                                 bool last_reload_successful);

}  // namespace cloud_billing
