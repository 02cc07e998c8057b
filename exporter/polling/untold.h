#pragma once

// Warns of what a list does not tell of some of its entries: when they end, what they cost. Part of
// the collectors; on the polling thread.

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "core/collector.h"
#include "polling/account_state.h"
#include "system/log.h"

namespace cloud_billing {

struct Untold {
  Collector collector{};
  std::size_t count = 0;     // of the newest results' entries
  std::string_view warning;  // a literal: what was warned of is known by its words
};

// Once, until all entries tell it again.
inline void warn_of_untold(AccountState& account, const Untold& untold) {
  if (untold.count == 0) {
    account.warned_of_untold.erase(untold.warning);
  } else if (account.warned_of_untold.insert(untold.warning).second) {
    log_warn(untold.warning, {{"account", account.account().name},
                              {collector_name(untold.collector), std::uint64_t{untold.count}}});
  }
}

}  // namespace cloud_billing
