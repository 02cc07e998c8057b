#pragma once

// An account as a part of a series of costs. Used by the files of cost series only. Pure.

#include <algorithm>

#include "core/calendar.h"
#include "status_page/account_summary.h"

namespace cloud_billing {

struct SummedAccount {
  const AccountSummary* account = nullptr;
  BillingMonth previous;  // the month before the current one
  // Whether its months are left out that another account's bill counts already.
  bool beside_others = false;

  // Months before the previous one as that one.
  [[nodiscard]] bool counts(BillingMonth month) const {
    return !beside_others || !account->counted_in.contains(std::max(month, previous));
  }
};

}  // namespace cloud_billing
