#pragma once

// The sum of a month's days beside the month's own total: for people to compare, as a day may come
// from another of a cloud's books. Pure values, any thread.

#include <string>
#include <vector>

#include "billing/account_results.h"
#include "core/amount.h"
#include "core/calendar.h"

namespace cloud_billing {

struct DaysTotal {
  BillingMonth month;
  std::string currency;
  Amount days;        // the sum of the billed costs of its days
  Amount bill;        // what its bill comes to
  Amount difference;  // days minus bill
};

// Of each month and currency whose bill covers just the days that are known: all of the month, or
// up to the newest one. By month and currency. The zone is the account's.
[[nodiscard]] std::vector<DaysTotal> compare_days(const AccountResults& results, BillingZone zone);

}  // namespace cloud_billing
