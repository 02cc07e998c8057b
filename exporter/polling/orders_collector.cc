#include <memory>

#include "polling/account_state.h"
#include "polling/collector_kind.h"

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
                  account.results.orders = read_now(conversation.take_result(), read_at);
                  return true;
                });
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
