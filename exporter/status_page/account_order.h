#pragma once

// The orders in which accounts can be shown, by the words of `?sort=`. Pure, any thread.

#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "status_page/account_summary.h"

namespace cloud_billing {

enum class SortKey { kName, kCost, kForecast, kBalance, kRunway };

inline constexpr std::array kAllSortKeys{SortKey::kName, SortKey::kCost, SortKey::kForecast,
                                         SortKey::kBalance, SortKey::kRunway};

struct AccountOrder {
  SortKey key = SortKey::kCost;
  bool descending = true;
  friend bool operator==(const AccountOrder&, const AccountOrder&) = default;
};

// "-cost": the most expensive first, which is also what any other word means.
[[nodiscard]] AccountOrder read_account_order(std::string_view text);
[[nodiscard]] std::string to_text(AccountOrder order);

// Amounts by their currency first, in the currency of the account's main costs or of its balance.
// What is not known comes last either way; what is equal, by name.
void order_accounts(std::vector<AccountSummary>& accounts, AccountOrder order);

}  // namespace cloud_billing
