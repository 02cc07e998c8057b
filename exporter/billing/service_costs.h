#pragma once

// What services cost over some time, a closed month or a day, as a cloud's own summary by product
// tells it. A value, one thread at a time.

#include <cstddef>
#include <map>
#include <optional>
#include <string>

#include "billing/costs.h"
#include "core/amount.h"

namespace cloud_billing {

struct ServiceCosts {
  std::map<DayCostKey, Amount> billed_costs;
  std::string account_id{};  // the cloud's own id of the account; empty if it was not told

  // False on overflow: then the costs must be thrown away.
  [[nodiscard]] bool add(DayCostKey key, Amount billed_cost);
  [[nodiscard]] bool merge(const ServiceCosts& from);

  friend bool operator==(const ServiceCosts&, const ServiceCosts&) = default;
};

// Leaves out what cost nothing.
void drop_zeros(ServiceCosts& costs);

// The largest `most` of them, ties by their key; the rest adds up to the service_type "__other__",
// one for each currency and billing mode. Nothing if a sum overflows.
[[nodiscard]] std::optional<ServiceCosts> fold_services(const ServiceCosts& costs,
                                                        std::size_t most);

}  // namespace cloud_billing
