#pragma once

// What a month really costs: its share of all purchases, those of other months too (FOCUS's
// EffectiveCost), as a cloud's amortised bill tells it. Values, any thread.

#include <optional>

#include "billing/aggregation.h"
#include "billing/cost_snapshot.h"
#include "billing/costs.h"

namespace cloud_billing {

struct EffectiveCosts {
  // Aggregated as a bill is, but the amounts are shares: kBilledCost is the effective cost,
  // kListCost the share of what it would be without discounts. The other measures are not told.
  MonthCosts shares;
};

// Whether it is known what the month costs. Where amortisation is not switched on, the cloud tells
// no rows and no error: without rows the cost is 0 only if the month's bill, null if it is not
// known, has none either.
[[nodiscard]] bool is_told(const EffectiveCosts& month, const MonthCosts* bill);

// Whether the amortised bill lacks rows that must be there if it is switched on: days are covered,
// and the month's bill, null if it is not known, has rows. `begin` is the month's.
[[nodiscard]] bool seems_switched_off(const EffectiveCosts& month, UtcSeconds begin,
                                      const MonthCosts* bill);

// The groups with ids instead of display names in region_id; names without an id stay. Nothing on
// overflow.
[[nodiscard]] std::optional<GroupLines> with_region_ids(const GroupLines& groups,
                                                        const AggregationConfig& aggregation,
                                                        const RegionIds& ids);

}  // namespace cloud_billing
