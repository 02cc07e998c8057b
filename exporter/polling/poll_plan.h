#pragma once

// Which collector is polled next: all that wait for their next poll, in the order in which they are
// due. What is idle costs nothing until its time has come. Part of the poller, on its thread.

#include <cstddef>
#include <list>
#include <map>
#include <optional>
#include <utility>

#include "polling/account_state.h"
#include "polling/schedule.h"
#include "system/clock.h"

namespace cloud_billing {

struct PlannedPoll {
  AccountState* account = nullptr;
  CollectorState* collector = nullptr;
};

class PollPlan {
 public:
  // The schedule must outlive it.
  explicit PollPlan(const Schedule& schedule) : schedule_(schedule) {}

  // Anew, whenever accounts or collectors came, went or moved. Polls that are due in the same
  // moment come in the order of these accounts.
  void form(std::list<AccountState>& accounts);

  // Whenever a poll of this account began or ended, or something else may have changed when it is
  // polled next.
  void update(AccountState& account);

  // The first poll that is due, which is to begin now; nothing if none is.
  [[nodiscard]] std::optional<PlannedPoll> take_due(SteadyTime now);

  // When the first poll is due; SteadyTime::max() if none is planned.
  [[nodiscard]] SteadyTime next() const;

 private:
  const Schedule& schedule_;
  // By when it is due, and by its order among those that are due together.
  std::map<std::pair<SteadyTime, std::size_t>, PlannedPoll> planned_;
};

}  // namespace cloud_billing
