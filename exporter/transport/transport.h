#pragma once

// The poller's seam to the network. One thread, the poller's, calls everything but
// wake().

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/failure.h"
#include "core/http.h"
#include "core/result.h"
#include "providers/operation.h"
#include "system/clock.h"

namespace cloud_billing {

using RequestId = std::uint64_t;

// What came of one request: an HTTP response of any status, or why there is none (transport,
// timeout, or decode if the response was larger than 8 MiB).
struct Completion {
  RequestId id = 0;
  Result<HttpResponse, Failure> response;
  // From starting it, name look-up and connecting included, to the end of the response or failure.
  // Nothing for a request that could not even be started, such as for want of memory.
  std::optional<std::chrono::nanoseconds> duration{};
};

class Transport {
 public:
  virtual ~Transport() = default;

  // False while too much is received and not handed out yet, or may soon be; start() must not be
  // called then.
  [[nodiscard]] virtual bool can_start() = 0;

  // Sends at once, at the latest with the next wait(). The id is the caller's and comes back in
  // exactly one Completion, unless abandon() is called before. `timeout` bounds the whole exchange,
  // from name look-up to the last byte.
  virtual void start(RequestId id, const SignedRequest& request,
                     std::chrono::milliseconds timeout) = 0;

  // Forgets a request: its Completion never comes.
  virtual void abandon(RequestId id) = 0;

  // Waits until something completed, until the time has come, or until wake(); returns some of what
  // completed, possibly nothing. May return at any time; returns at once if something has
  // already completed.
  [[nodiscard]] virtual std::vector<Completion> wait(SteadyTime until) = 0;

  // The body of a response that was read, for another one: its memory is used again.
  virtual void give_back(std::string&& /*body*/) {}

  // Makes a wait() in progress, or else the next one, return early. Any thread.
  virtual void wake() = 0;
};

}  // namespace cloud_billing
