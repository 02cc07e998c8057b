#pragma once

// Polls that come before their interval is over. Used by the poller, on its thread.

#include <list>
#include <optional>
#include <string>

#include "polling/account_book.h"
#include "polling/account_state.h"
#include "polling/mailbox.h"
#include "system/clock.h"

namespace cloud_billing {

// Where very many polls are due at once, lets them begin one after the other, in order, within a
// minute: those that failed evenly over it, the others 1 ms apart, about as fast as what may be in
// flight allows if a cloud answers within 0.2 s. After that, where the kind says so, their next
// polls come evenly over the interval.
void spread_polls(std::list<AccountState>& accounts, SteadyTime now);

// Makes a poll of each collector due, of all accounts or of the one of that name. Polls that run go
// on and are not counted. What the key was refused is asked again.
[[nodiscard]] OrderedPolls poll_ahead_of_time(AccountBook& accounts,
                                              const std::optional<std::string>& account,
                                              SteadyTime now);

}  // namespace cloud_billing
