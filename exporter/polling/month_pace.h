#pragma once

// How often the previous month is read again. The current month is read in every poll of the bills;
// a month that has ended still changes for a week, and then hardly. Pure, any thread.

#include <chrono>
#include <optional>

#include "config/config.h"
#include "core/calendar.h"

namespace cloud_billing {

// Whether a poll that starts now reads the previous month too: always until the 8th, then
// at the polls nearest to once a day, or to half of max_age if that is sooner, so that it does
// not become too old. `read_at` is when it was last read; never: it is due.
[[nodiscard]] bool is_previous_month_due(const std::optional<UtcSeconds>& read_at,
                                         const CollectorPolling& polling, UtcSeconds now,
                                         BillingZone zone);

}  // namespace cloud_billing
