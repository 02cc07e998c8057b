#pragma once

// Exact totals of a bill, added from the generator's rows by a loop of its own: what a correct
// reader of all pages must arrive at. Pure.

#include <cstddef>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "bill_generator.h"

namespace simulator {

// The amounts by the names that the exporter's documentation gives them.
struct MeasureTotals {
  Money billed_cost;
  Money list_cost;
  Money discount_amount;
  Money coupon_amount;
  Money paid_amount;
  Money unpaid_amount;
  std::size_t rows = 0;

  MeasureTotals& operator+=(const MeasureTotals& other);
};

// One row as totals see it, whatever cloud it is of.
struct TotalledRow {
  std::string currency;
  MeasureTotals amounts;
  // The value of "service_type", "region_id", "billing_mode", "sub_account_id", "project",
  // "currency" or "tag:<key>".
  std::function<std::string(const std::string& dimension)> dimension;
};

using TotalsVisitor = std::function<void(const TotalledRow& row)>;

// One breakdown: values of its dimensions, in order, to totals.
using Breakdown = std::map<std::vector<std::string>, MeasureTotals>;

struct TotalsQuery {
  Month month;
  DayRange days;
  std::vector<const Account*> accounts;
  std::size_t appended = 0;  // to the month of a Volcengine account
  bool amortized = false;    // of the amortised bill: amounts are the month's shares
  // Only rows in it, except in breakdowns by currency; empty: all.
  std::string currency;
  std::vector<std::vector<std::string>> breakdowns;
};

// One Breakdown for each asked for, in order.
[[nodiscard]] std::vector<Breakdown> add_up(const TotalsQuery& query);

// Every row of a Volcengine account, or of its amortised bill, with the values that an exporter has
// to derive.
void visit_volcengine_rows(const Account& account, const TotalsQuery& query,
                           const TotalsVisitor& visit);

// The newest day whose bill is complete on the account's cloud.
[[nodiscard]] Date newest_complete_day(const Account& account, Moment now);

// The days of the month that its bill covers; nothing when none.
[[nodiscard]] std::optional<DayRange> covered_days(const Account& account, Month month, Moment now);

// The parts of the month summary for one account: (service, product type) to amounts.
using SummaryKey = std::pair<std::size_t, ProductType>;
[[nodiscard]] std::map<SummaryKey, RowAmounts> summarize(const Account& account, Month month,
                                                         DayRange days);

}  // namespace simulator
