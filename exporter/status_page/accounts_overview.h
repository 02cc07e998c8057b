#pragma once

// The accounts that somebody asked for, in the order asked for, and what they cost together. Made
// at each request; pure, the time is in the input.

#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "core/calendar.h"
#include "status_page/account_condition.h"
#include "status_page/account_order.h"
#include "status_page/account_summary.h"
#include "status_page/currency_total.h"
#include "status_page/label_totals.h"

namespace cloud_billing {

// Which accounts to show: those that have all that is set. Nothing set: all.
struct AccountSearch {
  std::string words;    // each must occur, in either case, in a name, a label or a service
  std::string account;  // the name of the only one
  std::optional<AccountCondition> condition{};
  // Totals are given for each of its values. One that no account has is as good as none.
  std::string label{};
  // Only accounts whose label has this value; empty: only those without the label.
  std::optional<std::string> label_value{};
  AccountOrder order{};
};

struct Overview {
  UtcSeconds now{};
  BillingMonth month;                   // latest_month()
  std::size_t accounts = 0;             // all that are polled, whatever was searched for
  bool searched = false;                // `found` are not all
  std::vector<AccountSummary> found{};  // in the order asked for
  std::vector<CurrencyTotal> totals{};  // over those found
  // How many there are of each condition, whichever of them was asked for.
  std::map<AccountCondition, std::size_t> with_condition{};
  std::vector<std::string> label_names{};  // that any account has
  std::string label{};                     // the one asked for; empty: none
  std::vector<LabelTotals> by_label{};     // over those found, by the value of that label
  // When bills were last read, of all accounts; nothing while none was.
  std::optional<UtcSeconds> newest_bill{};
  std::optional<UtcSeconds> oldest_bill{};
};

// The current month of the whole file's providers, in the zone in which it is the latest.
[[nodiscard]] BillingMonth latest_month(const Snapshot& input);

[[nodiscard]] Overview summarise_accounts(const Snapshot& input, const AccountSearch& search);

}  // namespace cloud_billing
