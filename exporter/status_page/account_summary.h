#pragma once

// The numbers that the status page shows: what each account costs this month and how its polls
// fare, and the sums over accounts, one for each currency and never across them. Made at each
// request from the views that the exposition is rendered from, and with the same idea of what is
// too old to be shown. Pure; the time is in the input.

#include <cstddef>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "accounts/account_view.h"
#include "accounts/currency_mismatch.h"
#include "billing/days_total.h"
#include "billing/known_days.h"
#include "core/calendar.h"
#include "exposition/exposition.h"

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

struct ServiceCost {
  std::string provider;
  std::string service_type;
  std::string name;  // for people; empty if not delivered
  Amount cost;
};

// What was billed in one currency.
struct CurrencyCosts {
  std::string currency;
  std::optional<Amount> current;  // of the current month; nothing while it is not known
  std::optional<Amount> previous;
  std::vector<ServiceCost> services;  // of the current month, the most expensive first
};

struct UnpaidOrders {
  std::size_t count = 0;
  std::map<std::string, Amount, std::less<>> payable;  // by currency
  std::optional<UtcSeconds> oldest;
};

struct CollectorSummary {
  CollectorStatus status;
  bool late = false;       // no success for three intervals
  bool withdrawn = false;  // there was a result, and it is too old to be shown
};

struct AccountSummary {
  std::shared_ptr<const AccountView> view;
  std::shared_ptr<const Balance> balance;  // null: none, or too old
  bool low_balance = false;                // below the threshold, or below zero
  std::vector<CurrencyCosts> costs;        // the account's currency first
  std::optional<double> budget_used;       // 1 is all of it
  std::optional<UtcSeconds> data_through;  // of the current month's bill
  std::shared_ptr<const KnownDays> days;   // null: none, or too old
  std::vector<DaysTotal> days_totals;      // of the months whose days are all known
  std::optional<UnpaidOrders> unpaid;      // nothing while orders are not known
  std::vector<CurrencyMismatch> mismatches;
  std::vector<std::string> also_holds;  // other accounts whose rows its bill holds too
  // Of the months that totals over the accounts found leave out: the account whose bill counts
  // their cost already.
  std::map<BillingMonth, std::string> counted_in;
  bool balance_counted =
      false;  // an account before it has the same balance: it is the same account
  std::vector<CollectorSummary> collectors;

  [[nodiscard]] bool failing() const;  // a collector's latest poll failed
  [[nodiscard]] bool waiting() const;  // a collector has not finished its first poll
};

struct CurrencyTotal {
  std::string currency;
  Sum current;  // parts: the accounts whose current month is known
  Sum previous;
  Sum available;
  Sum budget;                         // of all accounts that have one
  Sum budgeted;                       // what those cost
  std::optional<double> budget_used;  // once all of those are known
  std::vector<ServiceCost> services;
  // What the current month's sum leaves out: an account, and the one whose bill counts it already.
  std::vector<std::pair<std::string, std::string>> left_out;
};

struct Overview {
  UtcSeconds now{};
  BillingMonth month;                 // the current one
  double month_elapsed = 0;           // 0 to 1
  std::size_t accounts = 0;           // all that are polled, whatever was searched for
  bool searched = false;              // `found` are not all
  std::vector<AccountSummary> found;  // by currency, the most expensive first
  std::vector<CurrencyTotal> totals;  // over those found
};

// Which accounts to show. Both empty: all.
struct AccountSearch {
  std::string words;    // each must occur, in either case, in a name, a label or a service
  std::string account;  // the name of the only one
};

[[nodiscard]] Overview summarise_accounts(const Snapshot& input, const AccountSearch& search);

}  // namespace cloud_billing
