#pragma once

// Baidu AI Cloud: which billing operations to call for an account, and what their responses mean.
// Facts: cloud.baidu.com/doc/Finance (resource month bill, month summary, cash balance, credit
// quota, order list).

#include "providers/provider.h"

namespace cloud_billing::baidu {

inline constexpr BillingZone kBillingZone = kChinaTime;

// Yesterday from 10:00 UTC+8 on, before that the day before.
[[nodiscard]] BillingDay newest_complete_day(UtcSeconds now);

// Until when a month's bill covers, when read at `now`: from 10:00 UTC+8 on the end of yesterday,
// before that of the day before; never outside the month.
[[nodiscard]] UtcSeconds data_through(BillingMonth month, UtcSeconds now);

[[nodiscard]] const Provider& provider();

}  // namespace cloud_billing::baidu
