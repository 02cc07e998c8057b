#include <array>

#include "exposition/metric_table.h"

namespace cloud_billing {
namespace {

void write_orders(FamilyWriter& family, std::string_view account, const Orders& orders) {
  for (const auto& [key, sums] : orders.groups()) {
    const std::array labels{Label{"order_status", key.status}, Label{"order_type", key.type},
                            Label{"service_type", key.service_type}};
    family.add(account, labels, static_cast<double>(sums.count));
  }
}

void write_order_amount(FamilyWriter& family, std::string_view account, const Orders& orders) {
  for (const auto& [key, sums] : orders.groups()) {
    for (const auto& [currency, amount] : sums.payable) {
      if (!amount) continue;
      const std::array labels{Label{"order_status", key.status}, Label{"order_type", key.type},
                              Label{"service_type", key.service_type}, Label{"currency", currency}};
      family.add(account, labels, *amount);
    }
  }
}

void write_oldest_unpaid_order(FamilyWriter& family, std::string_view account,
                               const Orders& orders) {
  if (orders.oldest_unpaid()) family.add(account, {}, *orders.oldest_unpaid());
}

// Nothing while the orders are not known.
AccountSeries of_orders(void (*write)(FamilyWriter&, std::string_view, const Orders&)) {
  return {Subject::kOrders,
          [write](FamilyWriter& family, const AggregationConfig&, const ShownAccount& account) {
            if (account.orders != nullptr) write(family, account.labels, *account.orders);
          }};
}

}  // namespace

std::vector<MetricRow> order_metrics() {
  return {
      {{"cloud_billing_orders",
        "Orders created in the window.",
        {kAccountLabels, "order_status", "order_type", "service_type"}},
       polled("orders"),
       of_orders(write_orders)},
      {{"cloud_billing_order_amount",
        "What is payable for orders created in the window.",
        {kAccountLabels, "order_status", "order_type", "service_type", "currency"}},
       polled("order_amount"),
       of_orders(write_order_amount)},
      {{"cloud_billing_oldest_unpaid_order_timestamp_seconds",
        "When the oldest unpaid order of the window was created.",
        {kAccountLabels}},
       polled("oldest_unpaid_order"),
       of_orders(write_oldest_unpaid_order)},
  };
}

}  // namespace cloud_billing
