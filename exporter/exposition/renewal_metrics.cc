#include <array>
#include <cstddef>
#include <map>
#include <string_view>
#include <utility>

#include "exposition/metric_table.h"

namespace cloud_billing {
namespace {

std::string_view truth_of(bool value) { return value ? "true" : "false"; }

void write_expiring(FamilyWriter& family, const AggregationConfig&, const ShownAccount& account) {
  if (account.renewals == nullptr) return;
  for (const auto& [key, group] : account.renewals->resources) {
    if (!group.is_known()) continue;
    for (std::size_t i = 0; i < kExpiryWindows.size(); ++i) {
      if (group.within[i] == 0) continue;
      const std::array labels{
          Label{"service_type", key.service_type}, Label{"region_id", key.region_id},
          Label{"auto_renew", truth_of(key.auto_renew)}, Label{"within", kExpiryWindows[i].name}};
      family.add(account.labels, labels, static_cast<double>(group.within[i]));
    }
  }
}

void write_next_expiry(FamilyWriter& family, const AggregationConfig&,
                       const ShownAccount& account) {
  if (account.renewals == nullptr) return;
  std::map<std::pair<std::string_view, bool>, FirstExpiry> firsts;  // of all regions
  for (const auto& [key, group] : account.renewals->resources) {
    firsts[{key.service_type, key.auto_renew}].merge(group.first_expiry);
  }
  for (const auto& [key, first] : firsts) {
    const std::array labels{Label{"service_type", key.first},
                            Label{"auto_renew", truth_of(key.second)}};
    if (const auto at = first.at()) family.add(account.labels, labels, *at);
  }
}

}  // namespace

std::vector<MetricRow> renewal_metrics() {
  return {
      {{"cloud_billing_expiring_resources",
        "Resources paid for in advance that end within the window.",
        {kAccountLabels, "service_type", "region_id", "auto_renew", "within"}},
       polled("expiring_resources"),
       AccountSeries{Subject::kRenewals, write_expiring}},
      {{"cloud_billing_next_expiry_timestamp_seconds",
        "When the next of the resources paid for in advance ends.",
        {kAccountLabels, "service_type", "auto_renew"}},
       polled("next_expiry"),
       AccountSeries{Subject::kRenewals, write_next_expiry}},
  };
}

}  // namespace cloud_billing
