#include "polling/prompt_polls.h"

#include <chrono>
#include <cstddef>
#include <vector>

namespace cloud_billing {
namespace {

constexpr std::size_t kMostAtOnce = 200;
constexpr std::chrono::milliseconds kSpread{60000};

}  // namespace

void spread_failed_polls(std::list<AccountState>& accounts, SteadyTime now) {
  std::vector<CollectorState*> due;
  for (AccountState& account : accounts) {
    for (CollectorState& collector : account.collectors) {
      if (!collector.run && collector.failed_for && collector.due <= now) due.push_back(&collector);
    }
  }
  if (due.size() <= kMostAtOnce) return;
  for (std::size_t i = 0; i < due.size(); ++i) due[i]->due = now + kSpread * i / due.size();
}

OrderedPolls poll_ahead_of_time(std::list<AccountState>& accounts,
                                const std::optional<std::string>& account, SteadyTime now) {
  bool known = !account;
  std::size_t polls = 0;
  for (AccountState& state : accounts) {
    if (account && state.account().name != *account) continue;
    known = true;
    state.refusals.clear();
    for (CollectorState& collector : state.collectors) {
      if (collector.run) continue;
      collector.poll_at_once(now);
      ++polls;
    }
  }
  if (!known) return {OrderedPolls::Outcome::kNoSuchAccount, 0};
  return {OrderedPolls::Outcome::kScheduled, polls};
}

}  // namespace cloud_billing
