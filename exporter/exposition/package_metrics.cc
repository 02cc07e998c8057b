#include <array>

#include "exposition/metric_table.h"

namespace cloud_billing {
namespace {

void write_package_ratio(FamilyWriter& family, const AggregationConfig&,
                         const ShownAccount& account) {
  if (account.packages == nullptr) return;
  for (const auto& [key, sums] : account.packages->sums) {
    const std::array labels{Label{"service_type", key.service_type}, Label{"unit", key.unit}};
    if (const auto ratio = sums.remaining_ratio()) family.add(account.labels, labels, *ratio);
  }
}

void write_package_expiry(FamilyWriter& family, const AggregationConfig&,
                          const ShownAccount& account) {
  if (account.packages == nullptr) return;
  for (const auto& [service, first] : account.packages->first_expiries) {
    const std::array labels{Label{"service_type", service}};
    if (const auto at = first.at()) family.add(account.labels, labels, *at);
  }
}

}  // namespace

std::vector<MetricRow> package_metrics() {
  return {
      {{"cloud_billing_package_remaining_ratio",
        "What is left of the effective resource packages, divided by what was bought.",
        {kAccountLabels, "service_type", "unit"}},
       polled("package_remaining"),
       AccountSeries{Subject::kPackages, write_package_ratio}},
      {{"cloud_billing_package_next_expiry_timestamp_seconds",
        "When the next of the effective resource packages ends.",
        {kAccountLabels, "service_type"}},
       polled("package_next_expiry"),
       AccountSeries{Subject::kPackages, write_package_expiry}},
  };
}

}  // namespace cloud_billing
