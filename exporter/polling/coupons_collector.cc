#include <utility>

#include "polling/account_state.h"
#include "polling/collector_kind.h"
#include "polling/untold.h"

namespace cloud_billing {
namespace {

class CouponsCollector final : public CollectorKind {
 public:
  void start(AccountState& account, CollectorState& collector, UtcSeconds now) const override {
    CollectorRun& run = *collector.run;
    run.add_leg(account.provider->ask_coupons(account.account(), now),
                [&account, &run](Conversation<Coupons>& conversation, UtcSeconds read_at) {
                  if (!run.note_outcome(conversation)) return false;
                  Coupons coupons = conversation.take_result();
                  warn_of_untold(account,
                                 {Collector::kCoupons, coupons.first_expiry.undated(),
                                  "coupons have no end that can be read; which is the next to "
                                  "end is not known"});
                  account.results.coupons = read_now(std::move(coupons), read_at);
                  return true;
                });
  }

  // The coupons, and what is left on them.
  Digest digest(const AccountResults& results, UtcSeconds /*now*/) const override {
    if (!results.coupons) return {};
    const Coupons& coupons = *results.coupons->value;
    return {coupons.count, {coupons.balances.begin(), coupons.balances.end()}};
  }
};

}  // namespace

const CollectorKind& coupons_collector() {
  static const CouponsCollector collector;
  return collector;
}

}  // namespace cloud_billing
