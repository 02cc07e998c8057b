#pragma once

// What the log says once of accounts that are polled well and whose numbers mislead: bills that are
// counted twice, budgets in a currency without cost. Used by the publisher, under its lock.

#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "config/config.h"
#include "exposition/incremental_exposition.h"

namespace cloud_billing {

class AccountWarnings {
 public:
  // Warn of what is true now and was not when it was looked last: of accounts whose view changed,
  // and of all bills that are counted twice.
  void look_at_accounts(const std::vector<NewView>& changed);
  void look_at_bills(const std::vector<TwiceShown>& counted_twice);

  // Of accounts that are not configured any more nothing is remembered.
  void keep_accounts_of(const Config& config);

 private:
  void look_at(const AccountView& account);

  // What was told, as long as it is true.
  std::map<std::string, std::set<std::string>> mismatches_;      // account -> keys
  std::set<std::pair<std::string, std::string>> counted_twice_;  // account, other account
};

}  // namespace cloud_billing
