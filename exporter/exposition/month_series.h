#pragma once

// Writes the series of a month that was aggregated: what a bill's months and amortised ones share.
// For *_metrics.cc; pure, any thread.

#include <string_view>

#include "billing/aggregation.h"
#include "billing/costs.h"
#include "core/measure.h"
#include "exposition/family_writer.h"

namespace cloud_billing {

struct MonthSeries {
  std::string_view account;  // its labels, rendered
  std::string_view period;
  Measure measure{};
};

// By currency and billing mode.
void write_totals(FamilyWriter& family, const MonthSeries& series, const MonthCosts& month);
// By currency and group_by.
void write_groups(FamilyWriter& family, const MonthSeries& series,
                  const AggregationConfig& aggregation, const GroupLines& groups);
// By currency, tag key, tag value and service type.
void write_tag_groups(FamilyWriter& family, const MonthSeries& series,
                      const AggregationConfig& aggregation, const MonthCosts& month);

}  // namespace cloud_billing
