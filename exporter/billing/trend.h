#pragma once

// Trend: what the days and the month of an account that are known say about what comes. Exact
// amounts; averages are rounded once, to 8 decimals, and counted on as they are shown. What does
// not follow from what is known is absent. Pure values, any thread.

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "billing/costs.h"
#include "billing/known_days.h"
#include "core/amount.h"
#include "core/calendar.h"

namespace cloud_billing {

// For how long the balance lasts.
struct Runway {
  std::string currency;
  double seconds = 0;
  friend bool operator==(const Runway&, const Runway&) = default;
};

struct Trend {
  // Means over the known ones of the 7 or 30 days up to the newest complete one; a day without rows
  // counts 0. "prepaid" and "postpaid" are there for every currency.
  std::map<ModeKey, Amount> average_7d;
  std::map<ModeKey, Amount> average_30d;
  std::optional<double> coverage;          // known days of those 30, divided by 30
  std::map<std::string, Amount> forecast;  // of the current month, by currency
  std::optional<Runway> runway;
  // The previous month's cost of as many days as the current one's bill covers wholly, at most all
  // of it. "prepaid" and "postpaid" are there for every currency.
  std::map<ModeKey, Amount> previous_month_to_date;
  std::int64_t days_to_date = 0;  // how many days those are

  friend bool operator==(const Trend&, const Trend&) = default;
};

// What it follows from. Null: not known.
struct TrendBasis {
  std::string_view currency;  // the account's, for days without any cost
  BillingZone zone;           // the account's
  BillingMonth month;         // the current one
  const KnownDays* days = nullptr;
  const MonthCosts* month_costs = nullptr;
  const MonthCosts* previous_costs = nullptr;  // of the month before
  const Balance* balance = nullptr;
};

[[nodiscard]] Trend make_trend(const TrendBasis& basis);

// What the day 7 days before the newest complete one cost; 0 for what only that one has. Nothing if
// it, or what its services cost, is not known. Apart from the trend, as it takes as much room as a
// day.
[[nodiscard]] std::map<DayCostKey, Amount> find_week_earlier_day(const KnownDays& known);

}  // namespace cloud_billing
