#pragma once

// What the log says when a poll has ended: one line. Used by the poller, on its thread.

#include <cstddef>
#include <optional>

#include "core/failure.h"
#include "polling/account_state.h"

namespace cloud_billing {

// A poll that has ended, after its collector has taken note of it.
struct EndedPoll {
  const AccountState& account;
  const CollectorState& collector;
  std::optional<Failure> failure;
  std::optional<CollectorRun::Shortfall> shortfall{};
  bool was_failing = false;  // the poll before
  bool is_first_success = false;
  UtcSeconds now{};
};

void log_poll(const EndedPoll& poll);

// What was read beside the polls, and what is missing.
struct EndedFollowUp {
  const AccountState& account;
  std::size_t read = 0;  // days
  std::optional<CollectorRun::Shortfall> shortfall{};
  UtcSeconds now{};
};

void log_follow_up(const EndedFollowUp& follow_up);

}  // namespace cloud_billing
