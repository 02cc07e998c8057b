#include "billing/service_costs.h"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "billing/cost_snapshot.h"

namespace cloud_billing {

bool ServiceCosts::add(DayCostKey key, Amount billed_cost) {
  return billed_costs[std::move(key)].add(billed_cost);
}

bool ServiceCosts::merge(const ServiceCosts& from) {
  if (account_id.empty()) account_id = from.account_id;
  return std::all_of(from.billed_costs.begin(), from.billed_costs.end(),
                     [this](const auto& cost) { return add(cost.first, cost.second); });
}

void drop_zeros(ServiceCosts& costs) {
  std::erase_if(costs.billed_costs, [](const auto& cost) { return cost.second == Amount(); });
}

std::optional<ServiceCosts> fold_services(const ServiceCosts& costs, std::size_t most) {
  using Cost = std::pair<const DayCostKey, Amount>;
  std::vector<const Cost*> ranked;
  ranked.reserve(costs.billed_costs.size());
  for (const Cost& cost : costs.billed_costs) ranked.push_back(&cost);
  std::stable_sort(ranked.begin(), ranked.end(), [](const Cost* one, const Cost* other) {
    return one->second.magnitude() > other->second.magnitude();
  });
  ServiceCosts folded;
  for (std::size_t rank = 0; rank < ranked.size(); ++rank) {
    DayCostKey key = ranked[rank]->first;
    if (rank >= most) key.service_type = kOther;
    if (!folded.add(std::move(key), ranked[rank]->second)) return std::nullopt;
  }
  return folded;
}

}  // namespace cloud_billing
