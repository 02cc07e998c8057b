#pragma once

// Times for people to read: in UTC+8, which the page says once, whatever the clouds' billing zones,
// and as ages. Pure; the time is an argument.

#include <chrono>
#include <string>

#include "core/calendar.h"
#include "status_page/time_sentences.h"

namespace cloud_billing {

inline constexpr BillingZone kPageTime = kChinaTime;

// "2026-11-25 11:40:05"
[[nodiscard]] std::string china_time_text(UtcSeconds time);

// "November 2026", "2026年11月"
[[nodiscard]] std::string month_words(BillingMonth month, const TimeSentences& say);

// "25 Nov", "11月25日"
[[nodiscard]] std::string day_words(BillingDay day, const TimeSentences& say);

// The same, with the zone that the day is of if that is not the page's: "25 Nov (UTC+0)".
[[nodiscard]] std::string day_words_in(BillingZone zone, BillingDay day, const TimeSentences& say);

// "1 Nov to 3 Nov"; one day if both are the same.
[[nodiscard]] std::string days_words(BillingDay first, BillingDay last, const TimeSentences& say);

// The time of day, with the day if it is not today's: "11:40", "25 Nov 11:40".
[[nodiscard]] std::string short_time_words(UtcSeconds time, UtcSeconds now,
                                           const TimeSentences& say);

// The largest unit that fits: "45 s", "12 min", "3 h", "2 days". Never negative.
[[nodiscard]] std::string duration_words(std::chrono::seconds duration, const TimeSentences& say);

}  // namespace cloud_billing
