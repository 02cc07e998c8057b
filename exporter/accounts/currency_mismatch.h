#pragma once

// A budget or a threshold in a currency in which the account turns out to have nothing: no alert of
// it can ever fire. Pure, any thread.

#include <string>
#include <vector>

#include "billing/account_results.h"
#include "config/config.h"

namespace cloud_billing {

struct CurrencyMismatch {
  std::string key;         // of the configuration: "budget" or "low_balance"
  std::string currencies;  // what there is instead: "USD", "EUR, USD"
};

// A budget is compared with the cost of the months that are known, the threshold with the balance.
// While neither is known, or there is no cost at all, nothing is.
[[nodiscard]] std::vector<CurrencyMismatch> find_currency_mismatches(const AccountConfig& account,
                                                                     const AccountResults& results);

}  // namespace cloud_billing
