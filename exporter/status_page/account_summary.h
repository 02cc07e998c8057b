#pragma once

// What the status page shows of one account: what it costs, its balance and budget, what is to come
// of them, and how its polls fare. Made at each request from the views that the exposition is
// rendered from, and with the same idea of what is too old to be shown. Pure; the time is in the
// input.

#include <chrono>
#include <cstddef>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "accounts/account_view.h"
#include "accounts/currency_mismatch.h"
#include "billing/days_total.h"
#include "billing/known_days.h"
#include "core/calendar.h"
#include "exposition/exposition.h"
#include "exposition/shown_account.h"
#include "status_page/account_trend.h"

namespace cloud_billing {

struct ServiceCost {
  std::string provider;
  std::string service_type;
  std::string name;  // for people; empty if not delivered
  Amount cost;
};

// The most expensive first.
void sort_services(std::vector<ServiceCost>& services);

// What was billed in one currency.
struct CurrencyCosts {
  std::string currency;
  std::optional<Amount> current;  // of the current month; nothing while it is not known
  std::optional<Amount> previous;
  std::vector<ServiceCost> services;  // of the current month, the most expensive first
  CurrencyTrend trend{};
};

struct UnpaidOrders {
  std::size_t count = 0;
  // By currency; nothing if an order tells no amount, or it is too large to be added up.
  std::map<std::string, std::optional<Amount>, std::less<>> payable;
  std::optional<UtcSeconds> oldest;
};

struct CollectorSummary {
  CollectorStatus status;
  bool late = false;       // no success for three intervals
  bool withdrawn = false;  // there was a result, and it is too old to be shown
};

struct AccountSummary : ShownAccount {
  BillingMonth month{std::chrono::year_month()};  // the current one, in its provider's zone
  bool low_balance = false;                       // below the threshold, or below zero
  // The account's currency first if it has anything, the others by their codes. A currency in which
  // nothing was billed is there only if there is no other.
  std::vector<CurrencyCosts> costs;
  // Shares of the budget, 1 is all of it: what is used, and what will be at the month's end.
  // Nothing if the account's costs are in other currencies than its budget.
  std::optional<double> budget_used;
  std::optional<double> budget_forecast;
  std::optional<UtcSeconds> data_through;  // of the current month's bill
  std::vector<DayRange> missing_days;      // that a trend looks at and are not known
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

  [[nodiscard]] const AccountConfig& config() const { return *view->config; }
  [[nodiscard]] BillingZone zone() const { return config().provider->billing_zone; }
  [[nodiscard]] const CurrencyCosts* find_costs(const std::string& currency) const;
  // In the currency in which it costs something, the account's before others.
  [[nodiscard]] const CurrencyCosts& main_costs() const;
  [[nodiscard]] bool budget_mismatches() const;  // its costs are in other currencies
  [[nodiscard]] bool failing() const;            // a collector's latest poll failed
  [[nodiscard]] bool waiting() const;            // a collector has not finished its first poll
};

// Without what follows from other accounts (double_counting.h).
[[nodiscard]] AccountSummary summarise_account(const Snapshot& input,
                                               const std::shared_ptr<const AccountView>& view);

}  // namespace cloud_billing
