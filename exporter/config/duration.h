#pragma once

// Durations as the configuration writes them. Pure, any thread.

#include <chrono>
#include <string>
#include <string_view>

#include "core/result.h"

namespace cloud_billing {

// Beyond every use, and far from overflowing if durations are counted in nanoseconds.
inline constexpr std::chrono::seconds kMaxDuration = std::chrono::hours(24 * 36500);

// Reads "90s", "5m", "1h30m", "30d": whole numbers with the units d, h, m, s, each at most once
// and in that order; "0" needs no unit. The error says what is expected, without the text.
[[nodiscard]] Result<std::chrono::seconds> parse_duration(std::string_view text);

// The same notation: "1h30m", "3d", "0s". Not for negative durations.
[[nodiscard]] std::string format_duration(std::chrono::seconds duration);

}  // namespace cloud_billing
