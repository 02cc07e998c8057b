#pragma once

// The budgets that an account has with its cloud, as the cloud itself compares them with what was
// spent. A value; it is immutable once it belongs to the account's view.

#include <cstddef>
#include <map>
#include <string>

#include "core/amount.h"

namespace cloud_billing {

// Budgets of one name and currency are added.
struct ProviderBudgetKey {
  std::string budget;  // its name
  std::string currency;
  // NOLINTNEXTLINE(modernize-use-nullptr): clang-tidy 14 sees a null pointer in it
  friend auto operator<=>(const ProviderBudgetKey&, const ProviderBudgetKey&) = default;
};

struct ProviderBudgetSums {
  Amount budget;
  Amount used;
  // Every budget of the key tells it.
  bool knows_budget = true;
  bool knows_used = true;
};

struct ProviderBudgets {
  std::size_t count = 0;
  std::map<ProviderBudgetKey, ProviderBudgetSums> sums;
};

}  // namespace cloud_billing
