#include "polling/account_edit.h"

#include <algorithm>
#include <list>
#include <utility>

namespace cloud_billing {
namespace {

// Collectors keep their place in memory: requests under way refer to them.
void keep_collectors(AccountState& account, SteadyTime now) {
  std::list<CollectorState> before;
  before.swap(account.collectors);
  for (const Collector wanted : account.account().collectors) {
    const auto known = std::find_if(before.begin(), before.end(), [wanted](const auto& collector) {
      return collector.status.collector == wanted;
    });
    if (known == before.end()) {
      account.add_collector(wanted, now);
    } else {
      account.collectors.splice(account.collectors.end(), before, known);
    }
  }
  for (const CollectorState& gone : before) account.results.drop(gone.status.collector);
}

}  // namespace

bool is_same(const AccountSecrets& a, const AccountSecrets& b) {
  if (a.ok() != b.ok()) return false;
  return a.ok() ? *a == *b : a.error() == b.error();
}

bool outdates_poll(const AccountEdit& edit, const AccountState& account, Collector collector) {
  const AccountConfig& after = edit.config->accounts[edit.index];
  const CollectorKind& kind = collector_kind(collector);
  return !polls(after, collector) || !is_same(edit.secrets, account.secrets) ||
         kind.asks_anew(*account.config, *edit.config) ||
         kind.asks_otherwise(account.results, account.account(), after);
}

void apply_edit(AccountState& account, AccountEdit edit, SteadyTime now) {
  const std::shared_ptr<const Config> before =
      std::exchange(account.config, std::move(edit.config));
  const AccountConfig& account_before = before->accounts[std::exchange(account.index, edit.index)];
  if (!is_same(edit.secrets, account.secrets)) account.apply_secrets(std::move(edit.secrets));
  account.refusals.clear();  // a permission may have been granted meanwhile
  keep_collectors(account, now);
  for (CollectorState& collector : account.collectors) {
    const Collector which = collector.status.collector;
    const std::chrono::seconds interval = interval_of(*account.config, account.account(), which);
    if (std::exchange(collector.interval, interval) != interval) collector.schedule(now);
    if (collector.lacks_success() || collector.kind->asks_anew(*before, *account.config) ||
        collector.kind->asks_otherwise(account.results, account_before, account.account())) {
      collector.poll_at_once(now);
    }
    collector.kind->adapt(account.results, *before, *account.config);
  }
}

}  // namespace cloud_billing
