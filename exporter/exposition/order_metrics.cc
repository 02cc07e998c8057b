#include <array>

#include "exposition/metric_writers.h"

namespace cloud_billing {

void write_orders(FamilyWriter& family, const Shown& shown, Measure) {
  for (const ShownAccount& account : shown.accounts) {
    if (account.orders == nullptr) continue;
    for (const auto& [key, sums] : account.orders->groups()) {
      const std::array labels{Label{"order_status", key.status}, Label{"order_type", key.type},
                              Label{"service_type", key.service_type}};
      family.add(account.labels, labels, static_cast<double>(sums.count));
    }
  }
}

void write_order_amount(FamilyWriter& family, const Shown& shown, Measure) {
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

void write_oldest_unpaid_order(FamilyWriter& family, const Shown& shown, Measure) {
  for (const ShownAccount& account : shown.accounts) {
    if (account.orders == nullptr || !account.orders->oldest_unpaid()) continue;
    family.add(account.labels, {}, seconds_of(*account.orders->oldest_unpaid()));
  }
}

}  // namespace cloud_billing
