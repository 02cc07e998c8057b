#pragma once

// What the log says once of accounts that are polled well and whose numbers mislead: bills that are
// counted twice, budgets in a currency without cost. Used by the publisher, under its lock.

#include <set>
#include <string>

#include "exposition/exposition.h"

namespace cloud_billing {

class AccountWarnings {
 public:
  // Warns of what is true now and was not when it was looked last.
  void look(const Snapshot& known);

 private:
  std::set<std::string> told_;
};

}  // namespace cloud_billing
