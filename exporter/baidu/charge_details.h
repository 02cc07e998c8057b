#pragma once

// What a row of Baidu's bills tells beyond its sums. Pure; the texts are views into the response
// being read.

#include "baidu/charge_fields.h"
#include "billing/charge.h"

namespace cloud_billing::baidu {

[[nodiscard]] ChargeDetails charge_details(const decltype(kChargeReader)::Fields& fields);
[[nodiscard]] ChargeDetails charge_details(const decltype(kShareChargeReader)::Fields& fields);

}  // namespace cloud_billing::baidu
