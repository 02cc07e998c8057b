#pragma once

// Exact totals of a bill, added from the generator's rows by a loop of its own: what a correct
// reader of all pages must arrive at. Pure.

#include <cstddef>
#include <map>
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

  void add(const RowAmounts& amounts);
};

// One breakdown: values of its dimensions, in order, to totals.
using Breakdown = std::map<std::vector<std::string>, MeasureTotals>;

struct TotalsQuery {
  Month month;
  DayRange days;
  std::vector<const Account*> accounts;
  // Of a breakdown: "service_type", "region_id", "billing_mode", "sub_account_id", "tag:<key>".
  std::vector<std::vector<std::string>> breakdowns;
};

// One Breakdown for each asked for, in order.
[[nodiscard]] std::vector<Breakdown> add_up(const TotalsQuery& query);

// The parts of the month summary for one account: (service, product type) to amounts.
using SummaryKey = std::pair<std::size_t, ProductType>;
[[nodiscard]] std::map<SummaryKey, RowAmounts> summarize(const Account& account, Month month,
                                                         DayRange days);

}  // namespace simulator
