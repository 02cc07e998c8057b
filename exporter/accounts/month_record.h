#pragma once

// A month's costs in the record of an account. Part of account_record.cc. Pure, any thread.

#include "accounts/record_json.h"
#include "billing/costs.h"

namespace cloud_billing {

[[nodiscard]] Json write(const MonthCosts& month);
// Throws as record_json.h says.
[[nodiscard]] MonthCosts read_costs(const Json& in);

}  // namespace cloud_billing
