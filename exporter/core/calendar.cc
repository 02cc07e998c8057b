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

// The number that the two digits from `begin` on make.
int two_digits_at(std::string_view text, std::size_t begin) {
  return (text[begin] - '0') * 10 + (text[begin + 1] - '0');
}

std::chrono::year_month read_year_month(std::string_view text) {
  return std::chrono::year(two_digits_at(text, 0) * 100 + two_digits_at(text, 2)) /
         std::chrono::month(static_cast<unsigned>(two_digits_at(text, 5)));
}

// Nothing if the calendar has no such day.
std::optional<BillingDay> make_day(std::string_view text) {
  const BillingDay day =
      read_year_month(text) / std::chrono::day(static_cast<unsigned>(two_digits_at(text, 8)));
  return day.ok() ? std::optional(day) : std::nullopt;
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
  return has_form(text, "0000-00-00") ? make_day(text) : std::nullopt;
}

std::string utc_text(UtcSeconds time) {
  const auto days = std::chrono::floor<std::chrono::days>(time);
  const std::chrono::hh_mm_ss<std::chrono::seconds> clock(time - days);
  return day_text(days) + "T" + zero_padded(static_cast<int>(clock.hours().count()), 2) + ":" +
         zero_padded(static_cast<int>(clock.minutes().count()), 2) + ":" +
         zero_padded(static_cast<int>(clock.seconds().count()), 2) + "Z";
}

std::optional<UtcSeconds> parse_clock(std::string_view text, char between) {
  constexpr std::size_t kDate = 10;  // "2026-11-23"
  if (text.size() <= kDate || text[kDate] != between) return std::nullopt;
  if (!has_form(text.substr(kDate + 1), "00:00:00")) return std::nullopt;
  const std::optional<BillingDay> date = parse_day(text.substr(0, kDate));
  const int hour = two_digits_at(text, 11);
  const int minute = two_digits_at(text, 14);
  const int second = two_digits_at(text, 17);
  if (!date || hour > 23 || minute > 59 || second > 59) return std::nullopt;
  return std::chrono::sys_days(*date) + std::chrono::hours(hour) + std::chrono::minutes(minute) +
         std::chrono::seconds(second);
}

std::optional<UtcSeconds> parse_utc(std::string_view text) {
  if (!text.ends_with('Z')) return std::nullopt;
  return parse_clock(text.substr(0, text.size() - 1), 'T');
}

}  // namespace cloud_billing
