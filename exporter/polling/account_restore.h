#pragma once

// From what the poller knows of an account to the record that survives a restart, and back. Used by
// the poller on its thread; pure but for the log.

#include "accounts/account_record.h"
#include "polling/account_state.h"

namespace cloud_billing {

// Times of day come from steady ones: `wall` and `now` are the same moment.
[[nodiscard]] AccountRecord make_record(const AccountState& account, WallTime wall, SteadyTime now);

// Takes up what an earlier process knew, before the first poll: results of the same identity, of
// configured collectors and of months that still count, and each collector's status and schedule.
// Nothing is polled before it was due, but for three reasons to poll at once: groups of another
// aggregation, orders of another window, and a collector that failed or never succeeded, since the
// restart may have brought what it lacks. What the cloud asked to wait for holds. Whatever the
// clock was set to, no wait is longer than an interval.
void restore_account(AccountState& account, AccountRecord record, WallTime wall, SteadyTime now);

}  // namespace cloud_billing
