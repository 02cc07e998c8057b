#include <utility>

#include "polling/account_state.h"
#include "polling/collector_kind.h"

namespace cloud_billing {
namespace {

class BudgetsCollector final : public CollectorKind {
 public:
  void start(AccountState& account, CollectorState& collector, UtcSeconds now) const override {
    CollectorRun& run = *collector.run;
    run.add_leg(account.provider->ask_budgets(account.account(), now),
                [&account, &run](Conversation<ProviderBudgets>& conversation, UtcSeconds read_at) {
                  if (!run.note_outcome(conversation)) return false;
                  account.results.budgets = read_now(conversation.take_result(), read_at);
                  return true;
                });
  }

  // The budgets, and what is used of them.
  Digest digest(const AccountResults& results, UtcSeconds /*now*/) const override {
    if (!results.budgets) return {};
    Digest digest;
    digest.rows = results.budgets->value->count;
    for (const auto& [key, sums] : results.budgets->value->sums) {
      if (sums.knows_used && !digest.totals[key.currency].add(sums.used)) return {digest.rows, {}};
    }
    return digest;
  }
};

}  // namespace

const CollectorKind& budgets_collector() {
  static const BudgetsCollector collector;
  return collector;
}

}  // namespace cloud_billing
