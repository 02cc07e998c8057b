#include <memory>
#include <string>
#include <utility>

#include "polling/account_state.h"
#include "polling/collector_kind.h"
#include "polling/untold.h"

namespace cloud_billing {
namespace {

class OrdersCollector final : public CollectorKind {
 public:
  void start(AccountState& account, CollectorState& collector, UtcSeconds now) const override {
    CollectorRun& run = *collector.run;
    run.add_leg(account.provider->ask_orders(account.account(),
                                             {now, account.config->polling.orders_window}),
                [&account, &run](Conversation<Orders>& conversation, UtcSeconds read_at) {
                  if (!run.note_outcome(conversation)) return false;
                  Orders orders = conversation.take_result();
                  warn_of_untold(
                      account, {Collector::kOrders, orders.undated_unpaid(),
                                "unpaid orders have no creation time that can be read; the oldest "
                                "is one of the others"});
                  warn_of_untold(account,
                                 {Collector::kOrders, orders.unpriced(),
                                  "orders tell no amount; what is payable for all of their status, "
                                  "type and service is not known"});
                  account.results.orders = read_now(std::move(orders), read_at);
                  return true;
                });
  }

  // The orders, and what is payable for them if that is known of all.
  Digest digest(const AccountResults& results, UtcSeconds /*now*/) const override {
    Digest digest;
    if (!results.orders) return digest;
    bool is_known = true;
    for (const auto& [key, sums] : results.orders->value->groups()) {
      digest.rows += sums.count;
      for (const auto& [currency, amount] : sums.payable) {
        is_known = amount && digest.totals[currency].add(*amount) && is_known;
      }
    }
    if (!is_known) digest.totals.clear();
    return digest;
  }

  bool asks_anew(const Config& before, const Config& after) const override {
    return before.polling.orders_window != after.polling.orders_window;
  }

  Resumption resume(const AccountState& account, const AccountRecord& record,
                    const CollectorStatus&) const override {
    return record.orders_window == account.config->polling.orders_window ? Resumption::kAsPlanned
                                                                         : Resumption::kAtOnce;
  }
};

}  // namespace

const CollectorKind& orders_collector() {
  static const OrdersCollector collector;
  return collector;
}

}  // namespace cloud_billing
