#include "polling/prompt_polls.h"

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <vector>

namespace cloud_billing {
namespace {

constexpr std::size_t kMostAtOnce = 200;
constexpr std::chrono::nanoseconds kGap{std::chrono::milliseconds(1)};
constexpr std::chrono::nanoseconds kLongestSpread{std::chrono::minutes(1)};

using Due = std::vector<CollectorState*>;

// The first `at_once` in the same moment, the rest one after the other, at most `longest_gap`
// apart.
void begin_one_by_one(const Due& due, SteadyTime now, std::size_t at_once,
                      std::chrono::nanoseconds longest_gap) {
  const auto count = static_cast<std::int64_t>(due.size());
  const std::chrono::nanoseconds gap = std::min(longest_gap, kLongestSpread / count);
  SteadyTime next = now;
  for (std::size_t i = 0; i < due.size(); ++i) {
    if (i >= at_once) next += gap;
    due[i]->due = next;
  }
}

// So that their next polls come evenly over the interval.
void spread_next_polls(const Due& due) {
  Due spread;
  std::copy_if(due.begin(), due.end(), std::back_inserter(spread),
               [](const auto* collector) { return collector->kind->spreads_over_interval(); });
  for (std::size_t i = 0; i < spread.size(); ++i) {
    spread[i]->phase = static_cast<double>(i + 1) / static_cast<double>(spread.size());
  }
}

}  // namespace

void spread_polls(std::list<AccountState>& accounts, SteadyTime now) {
  Due failed;
  Due others;
  for (AccountState& account : accounts) {
    for (CollectorState& collector : account.collectors) {
      if (collector.run || collector.due > now) continue;
      (collector.failed_for ? failed : others).push_back(&collector);
    }
  }
  if (failed.size() > kMostAtOnce) {
    begin_one_by_one(failed, now, 1, kLongestSpread);
    spread_next_polls(failed);
  }
  if (others.size() > kMostAtOnce) {
    begin_one_by_one(others, now, kMostAtOnce, kGap);
    spread_next_polls(others);
  }
}

OrderedPolls poll_ahead_of_time(AccountBook& accounts, const std::optional<std::string>& account,
                                SteadyTime now) {
  std::size_t polls = 0;
  const auto poll = [&polls, now](AccountState& state) {
    state.refusals.clear();
    for (CollectorState& collector : state.collectors) {
      if (collector.run) continue;
      collector.poll_at_once(now);
      ++polls;
    }
  };
  if (!account) {
    for (AccountState& state : accounts.all()) poll(state);
  } else if (AccountState* const named = accounts.find(*account)) {
    poll(*named);
  } else {
    return {OrderedPolls::Outcome::kNoSuchAccount, 0};
  }
  return {OrderedPolls::Outcome::kScheduled, polls};
}

}  // namespace cloud_billing
