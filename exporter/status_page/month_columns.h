#pragma once

// The months of a series of costs. Used by cost_series.cc only. Pure.

#include <vector>

#include "core/calendar.h"
#include "status_page/cost_series.h"
#include "status_page/summed_account.h"

namespace cloud_billing {

// Sets first_month and months of each currency, if a closed month of any account is known. A
// currency's months end with the last that has begun for any of its accounts.
void list_months(const std::vector<SummedAccount>& accounts, BillingMonth current,
                 SeriesByCurrency& series);

}  // namespace cloud_billing
