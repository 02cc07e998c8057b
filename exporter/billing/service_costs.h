#pragma once

// What services cost over some time, a closed month or a day, as a cloud's own summary by product
// tells it. A value, one thread at a time.

#include <map>

#include "billing/costs.h"
#include "core/amount.h"

namespace cloud_billing {

struct ServiceCosts {
  std::map<DayCostKey, Amount> billed_costs;

  // False on overflow: then the costs must be thrown away.
  [[nodiscard]] bool add(DayCostKey key, Amount billed_cost);
  [[nodiscard]] bool merge(const ServiceCosts& from);

  friend bool operator==(const ServiceCosts&, const ServiceCosts&) = default;
};

}  // namespace cloud_billing
