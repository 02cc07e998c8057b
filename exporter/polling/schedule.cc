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
  bool is_over(std::size_t /*never_polled*/) const override { return false; }
};

class OneTime final : public Schedule {
 public:
  std::optional<SteadyTime> next_poll(const CollectorState& collector) const override {
    if (collector.run || collector.status.up) return std::nullopt;
    return collector.due;
  }
  bool is_over(std::size_t never_polled) const override { return never_polled == 0; }
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
