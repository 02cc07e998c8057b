#include "polling/double_counting.h"

#include <algorithm>

#include "system/log.h"

namespace cloud_billing {
namespace {

void warn_if_counted_twice(AccountState& reader, const AccountState& owner) {
  if (owner.results.account_id.empty()) return;
  const bool reads_it = std::any_of(
      reader.results.months.begin(), reader.results.months.end(), [&owner](const auto& month) {
        return month.second.value->account_ids.contains(owner.results.account_id);
      });
  if (!reads_it) return;
  if (!reader.warned_of_ids.insert(owner.results.account_id).second) return;
  log_warn("the same bill is read by two accounts, so its cost is counted twice",
           {{"account", reader.account().name},
            {"other_account", owner.account().name},
            {"account_id", owner.results.account_id}});
}

}  // namespace

void warn_of_double_counting(AccountState& changed, std::list<AccountState>& accounts) {
  for (AccountState& other : accounts) {
    if (&other == &changed || other.provider != changed.provider) continue;
    warn_if_counted_twice(changed, other);
    warn_if_counted_twice(other, changed);
  }
}

}  // namespace cloud_billing
