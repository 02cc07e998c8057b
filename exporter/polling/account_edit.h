#pragma once

// What a new configuration makes of an account whose identity stays the same: its data and its
// schedule are kept as far as they fit, and what failed is polled at once, since whoever reloads
// may have mended it. Used by the poller, on its thread.

#include <cstddef>
#include <memory>

#include "config/config.h"
#include "polling/account_state.h"
#include "system/clock.h"

namespace cloud_billing {

struct AccountEdit {
  std::size_t index = 0;  // in the new configuration
  std::shared_ptr<const Config> config;
  AccountSecrets secrets;
};

[[nodiscard]] bool is_same(const AccountSecrets& a, const AccountSecrets& b);

// Whether a poll of this collector that runs must not go on: what it would bring is not wanted any
// more, or half of it would come with other credentials.
[[nodiscard]] bool outdates_poll(const AccountEdit& edit, const AccountState& account,
                                 Collector collector);

// Polls that the edit outdates were ended before. Those that still run go on to their end.
void apply_edit(AccountState& account, AccountEdit edit, SteadyTime now);

}  // namespace cloud_billing
