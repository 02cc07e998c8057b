#pragma once

// The follow-ups of good polls (account_state.h): one question after the other, as many as there
// are, while the dispatcher sends them. Part of the poller, on its thread.

#include <cstddef>
#include <optional>

#include "polling/account_state.h"
#include "polling/collector_run.h"
#include "polling/dispatcher.h"
#include "system/clock.h"

namespace cloud_billing {

class FollowUps {
 public:
  // Both must outlive it.
  FollowUps(Dispatcher& dispatcher, const Clock& clock) : dispatcher_(dispatcher), clock_(clock) {}

  // After a good poll; one that goes on since an earlier poll is left to it.
  void begin(AccountState& account, CollectorState& collector);
  // The question has ended, and has brought something to show or not: asks the next one. True if it
  // is time to show what came.
  [[nodiscard]] bool go_on(AccountState& account, CollectorState& collector, bool brought);
  // Gives it up: it begins again after the next good poll.
  void abandon(CollectorState& collector);
  // Likewise, and tells why.
  void fail(const AccountState& account, CollectorState& collector, const Failure& failure);

  // How many have not ended.
  [[nodiscard]] std::size_t going_on() const { return going_on_; }

 private:
  bool ask_next(AccountState& account, CollectorState& collector);
  void end(const AccountState& account, FollowUp& follow_up,
           const std::optional<CollectorRun::Shortfall>& shortfall);

  Dispatcher& dispatcher_;
  const Clock& clock_;
  std::size_t going_on_ = 0;
};

}  // namespace cloud_billing
