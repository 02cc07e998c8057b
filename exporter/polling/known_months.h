#pragma once

// What collectors that read the current and the previous month keep of them: bills, and amortised
// ones. For *_collector.cc; the poller's thread only.

#include <algorithm>
#include <chrono>
#include <map>
#include <memory>

#include "billing/account_results.h"
#include "billing/costs.h"
#include "billing/effective_costs.h"
#include "config/config.h"
#include "core/calendar.h"
#include "core/measure.h"
#include "polling/account_state.h"
#include "polling/collector_kind.h"
#include "polling/month_pace.h"

namespace cloud_billing {

template <typename Costs>
using KnownMonths = std::map<BillingMonth, Read<Costs>>;

inline const MonthCosts& aggregated(const MonthCosts& month) { return month; }
inline const MonthCosts& aggregated(const EffectiveCosts& month) { return month.shares; }

// Whether a poll that starts now reads the previous month beside the current one. After a failed
// poll both are read: the collector is up if the latest attempt at each succeeded.
template <typename Costs>
bool reads_previous_month(const KnownMonths<Costs>& months, const CollectorState& collector,
                          std::chrono::seconds max_age, UtcSeconds now, BillingZone zone) {
  const auto known = months.find(zone.month_at(now).previous());
  if (known == months.end() || !aggregated(*known->second.value).grouped) return true;
  if (collector.failures_in_a_row > 0) return true;
  return is_previous_month_due(known->second.at, {collector.interval, max_age}, now, zone);
}

// Values two months old are dropped, and those that a clock set wrong has read ahead of time.
template <typename Costs>
void drop_other_months(KnownMonths<Costs>& months, UtcSeconds now, BillingZone zone) {
  const BillingMonth current = zone.month_at(now);
  std::erase_if(months, [current](const auto& entry) {
    return entry.first < current.previous() || entry.first > current;
  });
}

template <typename Costs>
void drop_groups(KnownMonths<Costs>& months) {
  for (auto& [month, read] : months) {
    read.value = std::make_shared<const Costs>(Costs{without_groups(aggregated(*read.value))});
  }
}

template <typename Costs>
bool are_grouped(const KnownMonths<Costs>& months, const AggregationConfig& aggregation) {
  return std::all_of(months.begin(), months.end(), [&](const auto& month) {
    return has_groups_of(aggregated(*month.second.value), aggregation);
  });
}

// The rows of both months, and what the newer one has cost so far: a good poll has read the current
// one, and none is kept that comes later.
template <typename Costs>
CollectorKind::Digest digest_of(const KnownMonths<Costs>& months) {
  CollectorKind::Digest digest;
  for (const auto& [month, read] : months) {
    const MonthCosts& costs = aggregated(*read.value);
    digest.rows += costs.rows;
    if (month != months.rbegin()->first) continue;
    for (const auto& [key, amounts] : costs.totals) {
      Amount& sum = digest.totals[key.currency];
      if (!sum.add(amounts[index_of(Measure::kBilledCost)])) return {digest.rows, {}};
    }
  }
  return digest;
}

}  // namespace cloud_billing
