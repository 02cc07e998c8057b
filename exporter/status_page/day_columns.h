#pragma once

// The days of a series of costs. Used by cost_series.cc only. Pure.

#include <vector>

#include "status_page/cost_series.h"
#include "status_page/summed_account.h"

namespace cloud_billing {

// Sets first_day, days and services of each currency of which a day is known.
void list_days(const std::vector<SummedAccount>& accounts, SeriesByCurrency& series);

}  // namespace cloud_billing
