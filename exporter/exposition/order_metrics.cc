#include <array>

#include "exposition/metric_table.h"

namespace cloud_billing {
namespace {

void write_orders(FamilyWriter& family, const Shown& shown) {
  for (const ShownAccount& account : shown.accounts) {
    if (account.orders == nullptr) continue;
    for (const auto& [key, sums] : account.orders->groups()) {
      const std::array labels{Label{"order_status", key.status}, Label{"order_type", key.type},
                              Label{"service_type", key.service_type}};
      family.add(account.labels, labels, static_cast<double>(sums.count));
    }
  }
}

void write_order_amount(FamilyWriter& family, const Shown& shown) {
  for (const ShownAccount& account : shown.accounts) {
    if (account.orders == nullptr) continue;
    for (const auto& [key, sums] : account.orders->groups()) {
      for (const auto& [currency, amount] : sums.payable) {
        const std::array labels{Label{"order_status", key.status}, Label{"order_type", key.type},
                                Label{"service_type", key.service_type},
                                Label{"currency", currency}};
        family.add(account.labels, labels, amount);
      }
    }
  }
}

void write_oldest_unpaid_order(FamilyWriter& family, const Shown& shown) {
  for (const ShownAccount& account : shown.accounts) {
    if (account.orders == nullptr || !account.orders->oldest_unpaid()) continue;
    family.add(account.labels, {}, *account.orders->oldest_unpaid());
  }
}

}  // namespace

std::vector<MetricRow> order_metrics() {
  return {
      {{"cloud_billing_orders",
        "Orders created in the window.",
        {kAccountLabels, "order_status", "order_type", "service_type"}},
       polled("orders"),
       write_orders},
      {{"cloud_billing_order_amount",
        "What is payable for orders created in the window.",
        {kAccountLabels, "order_status", "order_type", "service_type", "currency"}},
       polled("order_amount"),
       write_order_amount},
      {{"cloud_billing_oldest_unpaid_order_timestamp_seconds",
        "When the oldest unpaid order of the window was created.",
        {kAccountLabels}},
       polled("oldest_unpaid_order"),
       write_oldest_unpaid_order},
  };
}

}  // namespace cloud_billing
