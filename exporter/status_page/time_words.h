#pragma once

// Times for people to read: in UTC+8, which the page says once, and as ages. Pure; the time is an
// argument.

#include <chrono>
#include <string>

#include "core/calendar.h"

namespace cloud_billing {

// "2026-11-25 11:40:05"
[[nodiscard]] std::string china_time_text(UtcSeconds time);

// "November 2026"
[[nodiscard]] std::string month_words(BillingMonth month);

// The largest unit that fits: "45 s", "12 min", "3 h", "2 days". Never negative.
[[nodiscard]] std::string duration_words(std::chrono::seconds duration);

}  // namespace cloud_billing
