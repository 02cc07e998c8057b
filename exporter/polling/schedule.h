#pragma once

// When collectors are polled: on and on, or each once. Given to the poller when it is made. No
// state, any thread.

#include <cstddef>
#include <optional>

#include "polling/account_state.h"
#include "polling/retry.h"
#include "system/clock.h"

namespace cloud_billing {

class Schedule {
 public:
  virtual ~Schedule() = default;
  // When the next poll of the collector starts; nothing while one runs, or if none comes any more.
  [[nodiscard]] virtual std::optional<SteadyTime> next_poll(
      const CollectorState& collector) const = 0;
  // True once there is nothing more to poll: that many collectors have not yet ended a poll.
  [[nodiscard]] virtual bool is_over(std::size_t never_polled) const = 0;
  // How long a failed request may wait.
  [[nodiscard]] virtual RetryLimits limit(RetryLimits limits) const { return limits; }
};

// Each collector again and again, as its interval and its failures say.
[[nodiscard]] const Schedule& recurring_schedule();
// Each collector once; whoever asks for that waits for it, so no request waits longer than a
// minute.
[[nodiscard]] const Schedule& one_time_schedule();

}  // namespace cloud_billing
