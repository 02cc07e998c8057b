#include "polling/schedule.h"

#include <algorithm>
#include <chrono>

namespace cloud_billing {
namespace {

class Recurring final : public Schedule {
 public:
  std::optional<SteadyTime> next_poll(const CollectorState& collector) const override {
    return collector.run ? std::nullopt : std::optional(collector.due);
  }
  bool is_over(const std::list<AccountState>&) const override { return false; }
};

class OneTime final : public Schedule {
 public:
  std::optional<SteadyTime> next_poll(const CollectorState& collector) const override {
    if (collector.run || collector.status.up) return std::nullopt;
    return collector.due;
  }
  bool is_over(const std::list<AccountState>& accounts) const override {
    return std::all_of(accounts.begin(), accounts.end(), [](const AccountState& account) {
      return std::all_of(account.collectors.begin(), account.collectors.end(),
                         [](const auto& collector) { return collector.status.up.has_value(); });
    });
  }
  RetryLimits limit(RetryLimits limits) const override {
    constexpr std::chrono::seconds kLongestWait{60};
    limits.longest_wait = std::min(limits.longest_wait, kLongestWait);
    return limits;
  }
};

}  // namespace

const Schedule& recurring_schedule() {
  static const Recurring schedule;
  return schedule;
}

const Schedule& one_time_schedule() {
  static const OneTime schedule;
  return schedule;
}

}  // namespace cloud_billing
