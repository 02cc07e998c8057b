#pragma once

// The pace of one access key: requests at least 1/rate apart, no bursts. The poller keeps one per
// key. One thread.

#include <algorithm>
#include <chrono>
#include <optional>

#include "system/clock.h"

namespace cloud_billing {

class RateLimiter {
 public:
  // Where several accounts share the key, the lowest of their rates holds. Requests per second,
  // above 0.
  void limit_to(double rate) {
    const auto gap =
        std::chrono::duration_cast<SteadyTime::duration>(std::chrono::duration<double>(1 / rate));
    gap_ = std::max(gap_, gap);
  }

  [[nodiscard]] SteadyTime next_turn() const { return last_ ? *last_ + gap_ : SteadyTime::min(); }
  void note_sent(SteadyTime now) { last_ = now; }

  // Takes over when the key was last used, not its limits: another set of accounts may share it
  // now.
  void continue_from(const RateLimiter& before) { last_ = before.last_; }

 private:
  SteadyTime::duration gap_{};
  std::optional<SteadyTime> last_;
};

}  // namespace cloud_billing
