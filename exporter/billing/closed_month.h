#pragma once

// ClosedMonth: what services cost in a month that no longer changes, and what that comes to in each
// currency, added up once: whoever shows a year of hundreds of accounts reads a sum for each month.
// Immutable, any thread.

#include <optional>
#include <string>
#include <vector>

#include "billing/service_costs.h"
#include "core/amount.h"

namespace cloud_billing {

struct CurrencySum {
  std::string currency;
  std::optional<Amount> billed_cost;  // exact; nothing if it is too large to be added up

  friend bool operator==(const CurrencySum&, const CurrencySum&) = default;
};

class ClosedMonth {
 public:
  explicit ClosedMonth(ServiceCosts costs);

  [[nodiscard]] const ServiceCosts& costs() const { return costs_; }
  // By currency; one in which nothing was billed is not there.
  [[nodiscard]] const std::vector<CurrencySum>& sums() const { return sums_; }

  friend bool operator==(const ClosedMonth&, const ClosedMonth&) = default;

 private:
  ServiceCosts costs_;
  std::vector<CurrencySum> sums_;
};

}  // namespace cloud_billing
