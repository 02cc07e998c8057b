#pragma once

// Billing time: calendar months and days in a cloud's billing zone, whatever the host's zone. Which
// month or day it is has no answer without a zone, so all that turns one into the other is asked of
// a BillingZone. Pure arithmetic on UTC seconds; the time is always an argument.

#include <chrono>
#include <compare>
#include <optional>
#include <string>
#include <string_view>

namespace cloud_billing {

using UtcSeconds = std::chrono::sys_seconds;

// A billing day. Its text is "2026-11-23".
using BillingDay = std::chrono::year_month_day;

// A billing month, absolute: "2026-11". `current` and `previous` are roles that a month has at a
// given time.
class BillingMonth {
 public:
  explicit constexpr BillingMonth(std::chrono::year_month month) : month_(month) {}
  [[nodiscard]] static BillingMonth of(BillingDay day) {
    return BillingMonth(day.year() / day.month());
  }
  // Reads the form of text() only.
  [[nodiscard]] static std::optional<BillingMonth> parse(std::string_view text);

  [[nodiscard]] BillingMonth previous() const {
    return BillingMonth(month_ - std::chrono::months(1));
  }
  [[nodiscard]] BillingMonth next() const { return BillingMonth(month_ + std::chrono::months(1)); }

  [[nodiscard]] BillingDay first_day() const { return month_ / std::chrono::day(1); }
  [[nodiscard]] BillingDay last_day() const { return BillingDay(month_ / std::chrono::last); }
  [[nodiscard]] std::string text() const;  // "2026-11"

  // NOLINTNEXTLINE(modernize-use-nullptr): clang-tidy 14 sees a null pointer in it
  friend constexpr auto operator<=>(const BillingMonth&, const BillingMonth&) = default;

 private:
  std::chrono::year_month month_;
};

// Where a cloud's months and days begin: whole hours ahead of UTC, all year long.
class BillingZone {
 public:
  explicit constexpr BillingZone(std::chrono::hours ahead_of_utc) : ahead_(ahead_of_utc) {}

  [[nodiscard]] BillingMonth month_at(UtcSeconds time) const;
  [[nodiscard]] BillingDay day_at(UtcSeconds time) const;
  // Hours since 00:00, 0 to 23.
  [[nodiscard]] int hour_at(UtcSeconds time) const;

  // 00:00; of a month, on the 1st. Ends are exclusive.
  [[nodiscard]] UtcSeconds start_of(BillingDay day) const;
  [[nodiscard]] UtcSeconds end_of(BillingDay day) const;
  [[nodiscard]] UtcSeconds start_of(BillingMonth month) const;
  [[nodiscard]] UtcSeconds end_of(BillingMonth month) const;

  // What a clock in the zone shows, as if it were UTC.
  [[nodiscard]] UtcSeconds local_time(UtcSeconds time) const { return time + ahead_; }
  // When a clock in the zone shows this time, which is given as if it were UTC.
  [[nodiscard]] UtcSeconds time_of_local(UtcSeconds local) const { return local - ahead_; }

  [[nodiscard]] std::string text() const;  // "UTC+8"

  friend constexpr bool operator==(const BillingZone&, const BillingZone&) = default;

 private:
  std::chrono::hours ahead_;
};

// China Standard Time, which has no daylight saving.
inline constexpr BillingZone kChinaTime{std::chrono::hours(8)};
inline constexpr BillingZone kUtc{std::chrono::hours(0)};

[[nodiscard]] BillingDay days_before(BillingDay day, int days);
[[nodiscard]] std::string day_text(BillingDay day);
// Reads that form only.
[[nodiscard]] std::optional<BillingDay> parse_day(std::string_view text);

// What a clock shows that is at UTC, "2026-11-23T04:05:06" with `between` as its "T". Nothing if it
// is not of that form or shows no time.
[[nodiscard]] std::optional<UtcSeconds> parse_clock(std::string_view text, char between);

// "2026-11-23T04:05:06Z"
[[nodiscard]] std::string utc_text(UtcSeconds time);
// Reads that form only.
[[nodiscard]] std::optional<UtcSeconds> parse_utc(std::string_view text);

}  // namespace cloud_billing
