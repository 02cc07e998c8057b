#include "status_page/time_words.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>

namespace cloud_billing {

std::string china_time_text(UtcSeconds time) {
  const std::string text = utc_text(kPageTime.local_time(time));  // "2026-11-25T11:40:05Z"
  return text.substr(0, 10) + " " + text.substr(11, 8);
}

std::string month_words(BillingMonth month, const TimeSentences& say) {
  const BillingDay first = month.first_day();
  return say.month(say.months[static_cast<unsigned>(first.month()) - 1],
                   std::to_string(static_cast<int>(first.year())));
}

std::string day_words(BillingDay day, const TimeSentences& say) {
  return say.day(say.short_months[static_cast<unsigned>(day.month()) - 1],
                 std::to_string(static_cast<unsigned>(day.day())));
}

std::string day_words_in(BillingZone zone, BillingDay day, const TimeSentences& say) {
  const std::string words = day_words(day, say);
  return zone == kPageTime ? words : say.in_zone(words, zone.text());
}

std::string days_words(BillingDay first, BillingDay last, const TimeSentences& say) {
  return first == last ? day_words(first, say)
                       : say.days(day_words(first, say), day_words(last, say));
}

std::string short_time_words(UtcSeconds time, UtcSeconds now, const TimeSentences& say) {
  const std::string time_of_day = china_time_text(time).substr(11, 5);
  const BillingDay day = kPageTime.day_at(time);
  return day == kPageTime.day_at(now) ? time_of_day
                                      : say.day_time(day_words(day, say), time_of_day);
}

std::string duration_words(std::chrono::seconds duration, const TimeSentences& say) {
  const std::int64_t seconds = std::max<std::int64_t>(duration.count(), 0);
  const std::int64_t minutes = seconds / 60;
  const std::int64_t hours = minutes / 60;
  if (seconds < 100) return say.seconds(std::to_string(seconds));
  if (minutes < 100) return say.minutes(std::to_string(minutes));
  if (hours < 48) return say.hours(std::to_string(hours));
  return say.whole_days(static_cast<std::size_t>(hours / 24));
}

}  // namespace cloud_billing
