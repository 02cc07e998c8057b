#pragma once

// Reads times as the clouds' order lists write them. Pure, any thread.

#include <optional>
#include <string_view>

#include "core/calendar.h"

namespace cloud_billing {

// "2026-11-23T04:05:06Z", or with an offset such as "+08:00"; fractions of a second are left out.
// Nothing if it is not such a time.
[[nodiscard]] std::optional<UtcSeconds> read_iso_time(std::string_view text);

}  // namespace cloud_billing
