#include <memory>
#include <utility>

#include "polling/account_state.h"
#include "polling/collector_kind.h"

namespace cloud_billing {
namespace {

class BalanceCollector final : public CollectorKind {
 public:
  void start(AccountState& account, CollectorState& collector, UtcSeconds now) const override {
    const auto& balance = account.results.balance;
    const bool had_credit_limit = balance && balance->value->credit_limit;
    CollectorRun& run = *collector.run;
    run.add_leg(
        account.provider->ask_balance(account.account(), {now, account.results.account_id,
                                                          had_credit_limit, account.refusals}),
        [&account, &run](Conversation<Balance>& conversation, UtcSeconds read_at) {
          if (!run.note_outcome(conversation)) return false;
          Balance result = conversation.take_result();
          account.remember_id(result.account_id);
          account.results.balance = read_now(std::move(result), read_at);
          return true;
        });
  }
};

}  // namespace

const CollectorKind& balance_collector() {
  static const BalanceCollector collector;
  return collector;
}

}  // namespace cloud_billing
