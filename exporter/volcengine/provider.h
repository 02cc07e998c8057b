#pragma once

// Volcengine and BytePlus: which billing operations to call for an account, and what their
// responses mean. Facts: www.volcengine.com/docs/6269.

#include "providers/provider.h"

namespace cloud_billing::volcengine {

// Two days ago: the rows of yesterday and of the day before still come in.
[[nodiscard]] BillingDay newest_complete_day(UtcSeconds now, BillingZone zone);

[[nodiscard]] const Provider& provider();
[[nodiscard]] const Provider& byteplus();

}  // namespace cloud_billing::volcengine
