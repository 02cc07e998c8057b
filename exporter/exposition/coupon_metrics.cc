#include <array>

#include "exposition/metric_table.h"

namespace cloud_billing {
namespace {

void write_coupon_balance(FamilyWriter& family, const AggregationConfig&,
                          const ShownAccount& account) {
  if (account.coupons == nullptr) return;
  for (const auto& [currency, balance] : account.coupons->balances) {
    family.add(account.labels, std::array{Label{"currency", currency}}, balance);
  }
}

void write_coupon_expiry(FamilyWriter& family, const AggregationConfig&,
                         const ShownAccount& account) {
  if (account.coupons == nullptr) return;
  if (const auto at = account.coupons->first_expiry.at()) family.add(account.labels, {}, *at);
}

}  // namespace

std::vector<MetricRow> coupon_metrics() {
  return {
      {{"cloud_billing_coupon_balance",
        "What is left on the coupons that are effective.",
        {kAccountLabels, "currency"}},
       polled("coupon_balance"),
       AccountSeries{Subject::kCoupons, write_coupon_balance}},
      {{"cloud_billing_coupon_next_expiry_timestamp_seconds",
        "When the next of the effective coupons that have something left ends.",
        {kAccountLabels}},
       polled("coupon_next_expiry"),
       AccountSeries{Subject::kCoupons, write_coupon_expiry}},
  };
}

}  // namespace cloud_billing
