#pragma once

// Days and months of China Standard Time, in which Baidu bills, and the time texts of its API.
// Pure: now is an argument.

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace simulator {

using Month = std::chrono::year_month;
using Date = std::chrono::year_month_day;
using Moment = std::chrono::sys_seconds;

// Days of one month, both inclusive, from 1.
struct DayRange {
  int first = 1;
  int last = 1;

  [[nodiscard]] int count() const { return last - first + 1; }
};

[[nodiscard]] int days_in(Month month);
// The date where clocks are so far ahead of UTC.
[[nodiscard]] Date date_in(std::chrono::hours ahead, Moment moment);
[[nodiscard]] Date date_in_china(Moment moment);
[[nodiscard]] Moment start_in_china(Date date);

// The newest day whose bill is complete: yesterday from 10:00 on, before that the day before.
[[nodiscard]] Date newest_complete_day(Moment now);

// The days of `month` up to `last`; nothing when none.
[[nodiscard]] std::optional<DayRange> days_until(Month month, Date last);

[[nodiscard]] std::optional<Month> parse_month(std::string_view text);         // "2026-11"
[[nodiscard]] std::optional<Date> parse_date(std::string_view text);           // "2026-11-15"
[[nodiscard]] std::optional<Moment> parse_utc(std::string_view text);          // "...T02:30:00Z"
[[nodiscard]] std::optional<Moment> parse_http_date(const std::string& text);  // "Mon, 27 Apr ..."
// RFC 3339 with Z or an offset: "2026-11-15T12:00:00+08:00".
[[nodiscard]] std::optional<Moment> parse_moment(const std::string& text);

[[nodiscard]] std::string write_month(Month month);
[[nodiscard]] std::string write_date(Date date);
[[nodiscard]] std::string write_utc(Moment moment);        // "2026-11-15T04:00:00"
[[nodiscard]] std::string write_http_date(Moment moment);  // "Sun, 15 Nov 2026 04:00:00 GMT"

}  // namespace simulator
