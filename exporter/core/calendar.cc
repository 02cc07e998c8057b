#include "core/calendar.h"

#include <algorithm>
#include <array>
#include <cstdio>
#include <cstdlib>

#include "core/ascii.h"

namespace cloud_billing {
namespace {

std::string zero_padded(int value, int width) {
  std::array<char, 16> text{};
  const int length = std::snprintf(text.data(), text.size(), "%0*d", width, value);
  return {text.data(), static_cast<std::size_t>(length)};
}

std::string two_digits(unsigned value) { return zero_padded(static_cast<int>(value), 2); }

// Whether digits stand at the zeros of the form, and at its other places what the form has there.
bool has_form(std::string_view text, std::string_view form) {
  return std::equal(text.begin(), text.end(), form.begin(), form.end(), [](char c, char expected) {
    return expected == '0' ? is_digit(c) : c == expected;
  });
}

// The number of digits in [begin, begin + count).
int read_digits(std::string_view text, std::size_t begin, std::size_t count) {
  int value = 0;
  for (const char c : text.substr(begin, count)) value = value * 10 + (c - '0');
  return value;
}

std::chrono::year_month read_year_month(std::string_view text) {
  return std::chrono::year(read_digits(text, 0, 4)) /
         std::chrono::month(static_cast<unsigned>(read_digits(text, 5, 2)));
}

}  // namespace

std::optional<BillingMonth> BillingMonth::parse(std::string_view text) {
  if (!has_form(text, "0000-00")) return std::nullopt;
  const std::chrono::year_month month = read_year_month(text);
  return month.ok() ? std::optional(BillingMonth(month)) : std::nullopt;
}

std::string BillingMonth::text() const {
  return zero_padded(static_cast<int>(month_.year()), 4) + "-" +
         two_digits(static_cast<unsigned>(month_.month()));
}

BillingMonth BillingZone::month_at(UtcSeconds time) const { return BillingMonth::of(day_at(time)); }

BillingDay BillingZone::day_at(UtcSeconds time) const {
  return std::chrono::floor<std::chrono::days>(local_time(time));
}

int BillingZone::hour_at(UtcSeconds time) const {
  const auto since_midnight = time - start_of(day_at(time));
  return static_cast<int>(std::chrono::duration_cast<std::chrono::hours>(since_midnight).count());
}

UtcSeconds BillingZone::start_of(BillingDay day) const {
  return time_of_local(std::chrono::sys_days(day));
}

UtcSeconds BillingZone::end_of(BillingDay day) const {
  return start_of(day) + std::chrono::days(1);
}

UtcSeconds BillingZone::start_of(BillingMonth month) const { return start_of(month.first_day()); }

UtcSeconds BillingZone::end_of(BillingMonth month) const { return start_of(month.next()); }

std::string BillingZone::text() const {
  return (ahead_.count() < 0 ? "UTC-" : "UTC+") + std::to_string(std::abs(ahead_.count()));
}

BillingDay days_before(BillingDay day, int days) {
  return std::chrono::sys_days(day) - std::chrono::days(days);
}

std::string day_text(BillingDay day) {
  return zero_padded(static_cast<int>(day.year()), 4) + "-" +
         two_digits(static_cast<unsigned>(day.month())) + "-" +
         two_digits(static_cast<unsigned>(day.day()));
}

std::optional<BillingDay> parse_day(std::string_view text) {
  if (!has_form(text, "0000-00-00")) return std::nullopt;
  const BillingDay day =
      read_year_month(text) / std::chrono::day(static_cast<unsigned>(read_digits(text, 8, 2)));
  return day.ok() ? std::optional(day) : std::nullopt;
}

std::string utc_text(UtcSeconds time) {
  const auto days = std::chrono::floor<std::chrono::days>(time);
  const std::chrono::hh_mm_ss<std::chrono::seconds> clock(time - days);
  return day_text(days) + "T" + zero_padded(static_cast<int>(clock.hours().count()), 2) + ":" +
         zero_padded(static_cast<int>(clock.minutes().count()), 2) + ":" +
         zero_padded(static_cast<int>(clock.seconds().count()), 2) + "Z";
}

std::optional<UtcSeconds> parse_utc(std::string_view text) {
  if (!has_form(text, "0000-00-00T00:00:00Z")) return std::nullopt;
  const std::optional<BillingDay> date = parse_day(text.substr(0, 10));
  const int hour = read_digits(text, 11, 2);
  const int minute = read_digits(text, 14, 2);
  const int second = read_digits(text, 17, 2);
  if (!date || hour > 23 || minute > 59 || second > 59) return std::nullopt;
  return std::chrono::sys_days(*date) + std::chrono::hours(hour) + std::chrono::minutes(minute) +
         std::chrono::seconds(second);
}

}  // namespace cloud_billing
