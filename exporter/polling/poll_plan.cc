#include "polling/poll_plan.h"

namespace cloud_billing {

void PollPlan::form(std::list<AccountState>& accounts) {
  planned_.clear();
  std::size_t order = 0;
  for (AccountState& account : accounts) {
    for (CollectorState& collector : account.collectors) {
      collector.order = order++;
      collector.planned.reset();
    }
    update(account);
  }
}

void PollPlan::update(AccountState& account) {
  for (CollectorState& collector : account.collectors) {
    const std::optional<SteadyTime> next = schedule_.next_poll(collector);
    if (next == collector.planned) continue;
    if (collector.planned) planned_.erase({*collector.planned, collector.order});
    if (next)
      planned_.emplace(std::pair(*next, collector.order), PlannedPoll{&account, &collector});
    collector.planned = next;
  }
}

std::optional<PlannedPoll> PollPlan::take_due(SteadyTime now) {
  if (next() > now || planned_.empty()) return std::nullopt;
  const auto first = planned_.extract(planned_.begin());
  first.mapped().collector->planned.reset();
  return first.mapped();
}

SteadyTime PollPlan::next() const {
  return planned_.empty() ? SteadyTime::max() : planned_.begin()->first.first;
}

}  // namespace cloud_billing
