#include <cstddef>
#include <utility>

#include "polling/account_state.h"
#include "polling/collector_kind.h"
#include "polling/untold.h"

namespace cloud_billing {
namespace {

std::size_t count_undated(const Packages& packages) {
  std::size_t undated = 0;
  for (const auto& [service, first] : packages.first_expiries) undated += first.undated();
  return undated;
}

class PackagesCollector final : public CollectorKind {
 public:
  void start(AccountState& account, CollectorState& collector, UtcSeconds now) const override {
    CollectorRun& run = *collector.run;
    run.add_leg(account.provider->ask_packages(account.account(), now),
                [&account, &run](Conversation<Packages>& conversation, UtcSeconds read_at) {
                  if (!run.note_outcome(conversation)) return false;
                  Packages packages = conversation.take_result();
                  warn_of_untold(account,
                                 {Collector::kPackages, count_undated(packages),
                                  "packages have no end that can be read; which is the next of "
                                  "their services to end is not known"});
                  account.results.packages = read_now(std::move(packages), read_at);
                  return true;
                });
  }

  // They are no money.
  Digest digest(const AccountResults& results, UtcSeconds /*now*/) const override {
    return results.packages ? Digest{results.packages->value->count, {}} : Digest{};
  }
};

}  // namespace

const CollectorKind& packages_collector() {
  static const PackagesCollector collector;
  return collector;
}

}  // namespace cloud_billing
