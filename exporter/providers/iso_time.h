#pragma once

// Reads times as the clouds' order lists write them. Pure, any thread.

#include <optional>
#include <string_view>

#include "core/calendar.h"

namespace cloud_billing {

// "2026-11-23T04:05:06Z", or with an offset such as "+08:00" or "+0800"; fractions of a second are
// left out. Nothing if it is not such a time, or one that stands for none: before the year 2000
// ("0001-01-01T00:00:00Z", "1970-01-01T00:00:00Z") or in 9999.
[[nodiscard]] std::optional<UtcSeconds> read_iso_time(std::string_view text);

}  // namespace cloud_billing
