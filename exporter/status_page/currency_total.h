#pragma once

// What accounts cost together, one sum for each currency and never across them. A bill that two
// accounts read counts once. Pure, any thread.

#include <chrono>
#include <cstddef>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "core/amount.h"
#include "core/calendar.h"
#include "status_page/account_summary.h"

namespace cloud_billing {

// An exact sum, and of how many amounts.
struct Sum {
  void add(Amount amount) {
    fits = total.add(amount) && fits;
    ++parts;
  }
  [[nodiscard]] std::optional<Amount> known() const {
    return parts > 0 && fits ? std::optional(total) : std::nullopt;
  }

  Amount total;
  std::size_t parts = 0;
  bool fits = true;
};

// Accounts that belong in a sum and are not in it, since their part is not known.
struct MissingAccounts {
  void add(const std::string& account) {
    if (count++ == 0) first = account;
  }

  std::size_t count = 0;
  std::string first;  // its name
};

// A sum over accounts.
struct AccountSum : Sum {
  using Sum::add;
  void add(const std::optional<Amount>& amount, const std::string& account) {
    amount ? add(*amount) : missing.add(account);
  }

  MissingAccounts missing;
};

struct AccountRunway {
  std::string account;
  double seconds = 0;
};

struct CurrencyTotal {
  std::string currency;
  // The current one. Of accounts whose zones differ, the latest: until it begins for the others,
  // what they have of the month before is a part of `previous`, and they have no other part.
  BillingMonth month{std::chrono::year_month()};
  std::size_t accounts = 0;  // whose costs of the current month belong into it
  AccountSum current;        // parts: the accounts whose current month is known
  AccountSum previous;
  AccountSum available;
  // When the balances were read.
  std::optional<UtcSeconds> oldest_balance;
  std::optional<UtcSeconds> newest_balance;
  Sum budget;                             // of all accounts that have one
  Sum budgeted;                           // what those cost
  std::optional<double> budget_used;      // once all of those are known
  Sum budgeted_forecast;                  // what those are expected to cost
  std::optional<double> budget_forecast;  // once all of those are known
  AccountSum forecast;
  // Of the accounts for which the change since the previous month is known.
  std::optional<Change> month_change;
  MissingAccounts not_compared;
  std::optional<BillingDay> newest_day;  // of any account
  AccountSum day;                        // what it cost the accounts that know it
  std::vector<ServiceChange> changes;    // of those, the largest growth first; empty: not known
  std::optional<AccountRunway> runway;   // the shortest one
  std::vector<ServiceCost> services;
  // What the current month's sums leave out: an account, and the one whose bill counts it already.
  std::vector<std::pair<std::string, std::string>> left_out;

  // No account has bills in this currency: there are balances in it and nothing else.
  [[nodiscard]] bool has_balances_only() const { return accounts == 0 && left_out.empty(); }
};

// By currency; an account whose bills are not polled has a balance only.
[[nodiscard]] std::vector<CurrencyTotal> add_up_accounts(
    const std::vector<const AccountSummary*>& accounts);

}  // namespace cloud_billing
