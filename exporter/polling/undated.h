#pragma once

// Warns of what a list tells without a time that can be read. Part of the collectors; on the
// polling thread.

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "core/collector.h"
#include "polling/account_state.h"
#include "system/log.h"

namespace cloud_billing {

struct Undated {
  Collector collector{};
  std::size_t count = 0;  // of the newest results
  std::string_view warning;
};

// Once, until all times can be read again.
inline void warn_of_undated(AccountState& account, const Undated& undated) {
  if (undated.count == 0) {
    account.warned_of_undated.erase(undated.collector);
  } else if (account.warned_of_undated.insert(undated.collector).second) {
    log_warn(undated.warning, {{"account", account.account().name},
                               {collector_name(undated.collector), std::uint64_t{undated.count}}});
  }
}

}  // namespace cloud_billing
