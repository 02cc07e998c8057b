#include "polling/retry.h"

#include <algorithm>

namespace cloud_billing {
namespace {

using std::chrono::milliseconds;

constexpr milliseconds kFirstRequestBackoff{500};
constexpr milliseconds kLongestRequestBackoff{20000};
constexpr milliseconds kFirstPollBackoff{5000};

milliseconds doubled(milliseconds first, int times, milliseconds longest) {
  milliseconds delay = first;
  for (int i = 0; i < times && delay < longest; ++i) delay *= 2;
  return std::min(delay, longest);
}

}  // namespace

std::optional<milliseconds> request_retry_delay(const Failure& failure, int attempts,
                                                const RetryLimits& limits, double random) {
  // A refused time or token is worth one more attempt, signed anew; then it is the key or the
  // clock.
  const int allowed =
      failure.reason == Reason::kAuth ? std::min(1, limits.max_retries) : limits.max_retries;
  if (!failure.retryable || attempts > allowed) return std::nullopt;
  if (failure.retry_after) {
    if (*failure.retry_after > limits.longest_wait) return std::nullopt;
    return milliseconds(*failure.retry_after);
  }
  const milliseconds ceiling = doubled(kFirstRequestBackoff, attempts - 1, kLongestRequestBackoff);
  return milliseconds(
      static_cast<milliseconds::rep>(static_cast<double>(ceiling.count()) * random));
}

milliseconds failed_poll_delay(Reason reason, int failures, std::chrono::seconds interval) {
  if (reason == Reason::kPermission) return interval;
  return doubled(kFirstPollBackoff, failures - 1, interval);
}

}  // namespace cloud_billing
