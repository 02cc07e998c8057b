#pragma once

// An account as a part of a series of costs. Used by the files of cost series only. Pure.

#include <algorithm>

#include "core/calendar.h"
#include "status_page/account_summary.h"

namespace cloud_billing {

struct SummedAccount {
  const AccountSummary* account = nullptr;
  // Whether its months are left out that another account's bill counts already.
  bool beside_others = false;

  // Months before the previous one as that one. One that has not begun in its zone does not.
  [[nodiscard]] bool counts(BillingMonth month) const {
    if (month > account->month) return false;
    const BillingMonth known = std::max(month, account->month.previous());
    return !beside_others || !account->counted_in.contains(known);
  }
};

}  // namespace cloud_billing
