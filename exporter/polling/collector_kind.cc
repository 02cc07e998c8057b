#include "polling/collector_kind.h"

#include "polling/account_state.h"

namespace cloud_billing {

void CollectorKind::note_success(AccountState&, CollectorState& collector, UtcSeconds at) const {
  collector.status.last_success = at;
}

const CollectorKind& collector_kind(Collector collector) {
  switch (collector) {
    case Collector::kBalance:
      return balance_collector();
    case Collector::kBills:
      return bills_collector();
    case Collector::kOrders:
      return orders_collector();
    case Collector::kHistory:
      return history_collector();
    case Collector::kAmortization:
      return amortization_collector();
    case Collector::kCoupons:
      return coupons_collector();
    case Collector::kPackages:
      return packages_collector();
    case Collector::kBudgets:
      return budgets_collector();
    case Collector::kRenewals:
      break;
  }
  return renewals_collector();
}

}  // namespace cloud_billing
