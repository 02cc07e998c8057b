#pragma once

// How an account fares: what the colours, the list of what needs attention and the filter
// `?state=` say alike, with the limits of the alerts. Pure, any thread.

#include <array>
#include <optional>
#include <string_view>

#include "status_page/account_summary.h"

namespace cloud_billing {

// kNone: not known, or nothing to judge it by.
enum class Tone { kNone, kGood, kWarn, kBad };

// Bad once it is used up, else by what the month is expected to come to.
[[nodiscard]] Tone budget_tone(std::optional<double> used, std::optional<double> forecast);

// By how long a balance lasts.
[[nodiscard]] Tone runway_tone(double seconds);

enum class BalanceState {
  kUnknown,  // or it has no threshold and no known end
  kUsedUp,   // a debt, or nothing left of what is being spent
  kLow,      // below the threshold, or lasts for less than 3 days
  kShort,    // lasts for less than 7 days
  kEnough,
};

[[nodiscard]] BalanceState find_balance_state(const AccountSummary& account);
[[nodiscard]] Tone balance_tone(BalanceState state);

// Some hold together. kOk: none of the others, and every collector has been polled.
enum class AccountCondition { kFailing, kLow, kOverBudget, kStale, kOk };

inline constexpr std::array kAllConditions{AccountCondition::kFailing, AccountCondition::kLow,
                                           AccountCondition::kOverBudget, AccountCondition::kStale,
                                           AccountCondition::kOk};

// As in the query of an address.
[[nodiscard]] std::string_view condition_name(AccountCondition condition);
[[nodiscard]] std::optional<AccountCondition> condition_from_name(std::string_view name);

[[nodiscard]] bool has_condition(const AccountSummary& account, AccountCondition condition);

}  // namespace cloud_billing
