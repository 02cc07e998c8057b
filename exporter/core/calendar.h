#pragma once

// Billing time: calendar months and days in China Standard Time (UTC+8, no daylight saving),
// whatever the host's zone. Pure arithmetic on UTC seconds; the time is always an argument.

#include <chrono>
#include <compare>
#include <optional>
#include <string>
#include <string_view>

namespace cloud_billing {

using UtcSeconds = std::chrono::sys_seconds;

inline constexpr std::chrono::hours kBillingUtcOffset{8};

// A billing day. Its text is "2026-11-23".
using BillingDay = std::chrono::year_month_day;

// A billing month, absolute: "2026-11". `current` and `previous` are roles that a month has at a
// given time.
class BillingMonth {
 public:
  explicit constexpr BillingMonth(std::chrono::year_month month) : month_(month) {}
  [[nodiscard]] static BillingMonth at(UtcSeconds time);
  // Reads the form of text() only.
  [[nodiscard]] static std::optional<BillingMonth> parse(std::string_view text);

  [[nodiscard]] BillingMonth previous() const {
    return BillingMonth(month_ - std::chrono::months(1));
  }
  [[nodiscard]] BillingMonth next() const { return BillingMonth(month_ + std::chrono::months(1)); }

  [[nodiscard]] UtcSeconds start() const;                          // 00:00 UTC+8 on the 1st
  [[nodiscard]] UtcSeconds end() const { return next().start(); }  // exclusive
  [[nodiscard]] std::string text() const;                          // "2026-11"

  // NOLINTNEXTLINE(modernize-use-nullptr): clang-tidy 14 sees a null pointer in it
  friend constexpr auto operator<=>(const BillingMonth&, const BillingMonth&) = default;

 private:
  std::chrono::year_month month_;
};

[[nodiscard]] BillingDay billing_day_at(UtcSeconds time);
[[nodiscard]] UtcSeconds start_of(BillingDay day);
[[nodiscard]] BillingDay days_before(BillingDay day, int days);
[[nodiscard]] std::string day_text(BillingDay day);
// Reads that form only.
[[nodiscard]] std::optional<BillingDay> parse_day(std::string_view text);

// Hours since 00:00 UTC+8, 0 to 23.
[[nodiscard]] int billing_hour_at(UtcSeconds time);

// "2026-11-23T04:05:06Z"
[[nodiscard]] std::string utc_text(UtcSeconds time);
// Reads that form only.
[[nodiscard]] std::optional<UtcSeconds> parse_utc(std::string_view text);

}  // namespace cloud_billing
