#pragma once

// What a row of Volcengine's bills tells beyond its sums. Pure; the texts are views into the
// response being read.

#include "billing/charge.h"
#include "core/calendar.h"
#include "volcengine/charge_fields.h"

namespace cloud_billing::volcengine {

using ChargeFields = decltype(kChargeReader)::Fields;
using TaxedChargeFields = decltype(kTaxedChargeReader)::Fields;
using ShareChargeFields = decltype(kShareChargeReader)::Fields;
using TaxedShareChargeFields = decltype(kTaxedShareChargeReader)::Fields;

// All but the end, which the row has already. Its times are told in that zone.
[[nodiscard]] ChargeDetails charge_details(const ChargeFields& fields, BillingZone zone);
[[nodiscard]] ChargeDetails charge_details(const TaxedChargeFields& fields, BillingZone zone);
[[nodiscard]] ChargeDetails charge_details(const ShareChargeFields& fields, BillingZone zone);
[[nodiscard]] ChargeDetails charge_details(const TaxedShareChargeFields& fields, BillingZone zone);

}  // namespace cloud_billing::volcengine
