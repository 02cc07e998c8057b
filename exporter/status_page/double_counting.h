#pragma once

// Which accounts' numbers the sums of the page leave out because another account's bill or balance
// is the same. Used by account_summary.cc only. Pure.

#include <vector>

#include "status_page/account_summary.h"

namespace cloud_billing {

// Notes it in the accounts that were found, in any order. What a bill holds is told of all
// accounts; left out are those whose other account was found too.
void note_double_counting(const Snapshot& input, std::vector<AccountSummary>& found);

}  // namespace cloud_billing
