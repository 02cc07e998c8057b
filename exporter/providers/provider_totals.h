#pragma once

// The provider's own totals of a month beside our sums. Pure values, one thread at a time.

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "billing/costs.h"
#include "core/amount.h"

namespace cloud_billing {

struct CurrencySums {
  std::map<std::string, Amount, std::less<>> amounts;  // by currency

  // False on overflow.
  [[nodiscard]] bool add(std::string_view currency, Amount amount);
  [[nodiscard]] bool merge(const CurrencySums& from);
};

// Each currency of ours or theirs. Nothing if a sum overflows: it is for information only.
[[nodiscard]] std::vector<ProviderTotal> reconcile(const MonthCosts& ours,
                                                   const CurrencySums& theirs);

}  // namespace cloud_billing
