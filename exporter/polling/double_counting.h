#pragma once

// Notices that an account id read in one entry's rows is the account of another entry: the same
// cost would be counted twice in every sum. Used by the poller, on its thread.

#include <list>

#include "polling/account_state.h"

namespace cloud_billing {

// Warns in the log, once for each pair of entry and account id, of what `changed` has to do with.
void warn_of_double_counting(AccountState& changed, std::list<AccountState>& accounts);

}  // namespace cloud_billing
