#pragma once

// CostSeries: what is drawn of costs over time, for one account or as the sum over those found: the
// last 30 complete days by service, and the months up to the current one. One for each currency,
// exact, and with how many accounts each number is of: what is not known is never 0. Pure.

#include <chrono>
#include <cstddef>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "billing/known_days.h"
#include "core/amount.h"
#include "core/calendar.h"
#include "status_page/account_summary.h"
#include "status_page/accounts_overview.h"

namespace cloud_billing {

// A day or a month.
struct CostColumn {
  std::optional<Amount> cost;  // of the accounts it is known of; nothing: of none, or too large
  // What it consists of: the services of the series, then all others, then what is not told by
  // service. Empty if `cost` is not known, and for months.
  std::vector<Amount> parts;
  std::size_t known = 0;     // accounts whose cost is in it
  std::size_t accounts = 0;  // accounts whose cost belongs in it
};

struct CostSeries {
  BillingDay first_day{};
  // kTrendDays, fewer if another currency's are much newer; empty: no day is known.
  std::vector<CostColumn> days;
  std::vector<ServiceCost> services;  // the largest of these days, most expensive first, 5 at most
  BillingMonth first_month = BillingMonth(std::chrono::year_month());
  std::vector<CostColumn> months;  // up to the current one; empty: no closed month is known
};

using SeriesByCurrency = std::map<std::string, CostSeries, std::less<>>;

[[nodiscard]] SeriesByCurrency list_costs_over_time(const AccountSummary& account);
// Over the accounts found, without what their totals leave out. The days of a currency end with the
// newest one that is known of any account.
[[nodiscard]] SeriesByCurrency list_costs_over_time(const Overview& overview);

}  // namespace cloud_billing
