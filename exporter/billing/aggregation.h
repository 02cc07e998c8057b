#pragma once

// How bills are added up: what rows are grouped by, which tags get a breakdown of their own, and
// how many groups are shown. Checked values, from the configuration or made by hand. Pure, any
// thread.

#include <cstddef>
#include <string>
#include <vector>

#include "core/measure.h"

namespace cloud_billing {

// What bills are broken down by, and the label that shows it.
struct GroupDimension {
  enum class Kind { kServiceType, kRegionId, kBillingMode, kSubAccountId, kProject, kTag };
  Kind kind = Kind::kServiceType;
  std::string tag_key;  // kTag only
  std::string label;    // the label's name: "service_type", "tag_env"
  friend bool operator==(const GroupDimension&, const GroupDimension&) = default;
};

struct AggregationConfig {
  std::vector<GroupDimension> group_by{
      {GroupDimension::Kind::kServiceType, {}, "service_type"},
      {GroupDimension::Kind::kRegionId, {}, "region_id"},
      {GroupDimension::Kind::kBillingMode, {}, "billing_mode"},
  };                                  // empty: one group per currency
  std::vector<std::string> tag_keys;  // one further breakdown each
  std::vector<Measure> measures{Measure::kBilledCost, Measure::kListCost};
  std::size_t max_series = 500;  // groups shown of a month and breakdown; 1 to 100000
  friend bool operator==(const AggregationConfig&, const AggregationConfig&) = default;
};

}  // namespace cloud_billing
