#pragma once

// What is known of an account at one moment: immutable values that the poller makes, the publisher
// holds and the exposition reads. Shared between threads by pointer to const.

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "billing/account_results.h"
#include "config/config.h"
#include "core/calendar.h"
#include "core/collector.h"
#include "core/failure.h"

namespace cloud_billing {

// Why a poll failed, in the words of the log.
struct PollFailure {
  Reason reason = Reason::kTransport;
  std::string message;  // empty if the state file of before did not keep it
  UtcSeconds at{};
};

struct CollectorStatus {
  Collector collector = Collector::kBalance;
  std::optional<bool> up;  // nothing before the first poll ended
  std::optional<UtcSeconds> last_success;
  double duration_seconds = 0;                // of the latest poll
  std::optional<PollFailure> last_failure{};  // of the latest poll that failed, over or not
  std::optional<UtcSeconds> next_poll{};      // nothing while one runs
};

struct AccountView {
  std::shared_ptr<const AccountConfig> config;
  std::vector<CollectorStatus> collectors;
  AccountResults results;
  bool days_are_read = false;               // earlier days are being read now
  std::optional<PollFailure> days_failure;  // why not all of them were, if that was tried
};

}  // namespace cloud_billing
