#pragma once

// When something that failed is tried again. Pure: randomness is an argument.

#include <chrono>
#include <optional>

#include "core/failure.h"

namespace cloud_billing {

struct RetryLimits {
  int max_retries = 4;                   // further attempts after the first
  std::chrono::seconds longest_wait{0};  // a longer Retry-After is not worth waiting for
};

// How long to wait before sending a failed request again, or nothing: not worth it. Exponential
// backoff with full jitter, or what the server asked for. `attempts` were made so far (at least 1);
// `random` is in [0, 1).
[[nodiscard]] std::optional<std::chrono::milliseconds> request_retry_delay(
    const Failure& failure, int attempts, const RetryLimits& limits, double random);

// How long after the start of a failed poll the next one starts: sooner than the interval, with
// exponential backoff; after a permission failure the full interval. `failures` in a row (at least
// 1).
[[nodiscard]] std::chrono::milliseconds failed_poll_delay(Reason reason, int failures,
                                                          std::chrono::seconds interval);

}  // namespace cloud_billing
