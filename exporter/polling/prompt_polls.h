#pragma once

// Polls that come before their interval is over. Used by the poller, on its thread.

#include <list>
#include <optional>
#include <string>

#include "polling/account_state.h"
#include "polling/mailbox.h"
#include "system/clock.h"

namespace cloud_billing {

// Where very many collectors that failed are due at once, lets them begin over a minute.
void spread_failed_polls(std::list<AccountState>& accounts, SteadyTime now);

// Makes a poll of each collector due, of all accounts or of the one of that name. Polls that run go
// on and are not counted. What the key was refused is asked again.
[[nodiscard]] OrderedPolls poll_ahead_of_time(std::list<AccountState>& accounts,
                                              const std::optional<std::string>& account,
                                              SteadyTime now);

}  // namespace cloud_billing
