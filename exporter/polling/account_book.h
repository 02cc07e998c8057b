#pragma once

// All accounts that are polled, in the configuration's order: by their place in it and by name, and
// what a new configuration makes of them. Part of the poller, on its thread.

#include <cstddef>
#include <functional>
#include <list>
#include <memory>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "config/config.h"
#include "polling/account_edit.h"
#include "polling/account_state.h"
#include "polling/mailbox.h"
#include "providers/provider_table.h"
#include "system/clock.h"

namespace cloud_billing {

class AccountBook {
 public:
  // Accounts keep their place in memory as long as they are in it.
  [[nodiscard]] std::list<AccountState>& all() { return accounts_; }

  // By the place in the configuration, or by name; null if there is none.
  [[nodiscard]] AccountState* find(std::size_t index);
  [[nodiscard]] AccountState* find(std::string_view name);

  // Takes up a new configuration. An account of the same identity stays and is given to `edit` with
  // what is new of it; others begin, their first polls due now. Those that are gone are returned.
  using Edit = std::function<void(AccountState& account, AccountEdit edit)>;
  [[nodiscard]] std::list<AccountState> take_up(PostedConfig posted, const ProviderTable& providers,
                                                SteadyTime now, const Edit& edit);

  // How many collectors have not yet ended a poll, as far as is known.
  [[nodiscard]] std::size_t count_never_polled() const;

 private:
  std::list<AccountState> accounts_;
  std::vector<AccountState*> by_index_;
  std::unordered_map<std::string_view, AccountState*> by_name_;  // names of their configuration
};

}  // namespace cloud_billing
