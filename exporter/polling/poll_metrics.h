#pragma once

// What the poller reports of its work, for counters and histograms. Called on the poller's thread;
// must not throw for bad input and must not wait.

#include <chrono>
#include <cstddef>
#include <optional>

#include "config/config.h"
#include "core/collector.h"
#include "core/failure.h"
#include "providers/operation.h"

namespace cloud_billing {

class PollMetrics {
 public:
  virtual ~PollMetrics() = default;

  // From now on `account` is an index in this configuration.
  virtual void apply_config(const Config& config) = 0;

  // `account` is the index in the configuration. `reason` is there for a failure.
  virtual void record_poll(std::size_t account, Collector collector,
                           std::optional<Reason> reason) = 0;
  // A request was sent; what comes of it may never be known.
  virtual void record_request(std::size_t account, const Operation& operation) = 0;
  // A request that was started has ended, with a response or without.
  virtual void record_duration(const Operation& operation, std::chrono::nanoseconds duration) = 0;
  virtual void record_request_failure(std::size_t account, const Operation& operation,
                                      Reason reason) = 0;
};

}  // namespace cloud_billing
