#pragma once

// What accounts cost by the values of one of the labels that the configuration gives them. Pure,
// any thread.

#include <cstddef>
#include <string>
#include <vector>

#include "status_page/currency_total.h"

namespace cloud_billing {

// Names of the labels that any of the accounts has, in order.
[[nodiscard]] std::vector<std::string> list_label_names(const Snapshot& input);

// Empty if the account does not have the label.
[[nodiscard]] std::string label_value_of(const AccountConfig& account, const std::string& label);

struct LabelTotals {
  std::string value;  // empty: of the accounts without the label
  std::size_t accounts = 0;
  std::vector<CurrencyTotal> totals;  // by currency
};

// By value, accounts without the label last.
[[nodiscard]] std::vector<LabelTotals> add_up_by_label(const std::vector<AccountSummary>& accounts,
                                                       const std::string& label);

}  // namespace cloud_billing
