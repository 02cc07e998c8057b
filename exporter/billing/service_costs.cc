#include "billing/service_costs.h"

#include <algorithm>
#include <utility>

namespace cloud_billing {

bool ServiceCosts::add(DayCostKey key, Amount billed_cost) {
  return billed_costs[std::move(key)].add(billed_cost);
}

bool ServiceCosts::merge(const ServiceCosts& from) {
  return std::all_of(from.billed_costs.begin(), from.billed_costs.end(),
                     [this](const auto& cost) { return add(cost.first, cost.second); });
}

}  // namespace cloud_billing
