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
  constexpr std::string_view kForm = "0000-00-00T00:00:00";
  if (text.size() != kForm.size() || text[4] != '-' || text[7] != '-' || text[10] != between ||
      text[13] != ':' || text[16] != ':') {
    return std::nullopt;
  }
  // Of every row of a bill: what is no digit is asked for once, at the end.
  bool is_number = true;
  const auto number_at = [text, &is_number](std::size_t at) {
    const auto tens = static_cast<unsigned char>(text[at]) - unsigned{'0'};
    const auto ones = static_cast<unsigned char>(text[at + 1]) - unsigned{'0'};
    is_number = is_number & (tens < 10) & (ones < 10);
    return tens * 10 + ones;
  };
  const std::chrono::year year(static_cast<int>(number_at(0) * 100 + number_at(2)));
  const std::chrono::month month(number_at(5));
  const std::chrono::day day(number_at(8));
  const unsigned hour = number_at(11);
  const unsigned minute = number_at(14);
  const unsigned second = number_at(17);
  const BillingDay date = year / month / day;
  if (!is_number || !date.ok() || hour > 23 || minute > 59 || second > 59) return std::nullopt;
  return std::chrono::sys_days(date) + std::chrono::hours(hour) + std::chrono::minutes(minute) +
         std::chrono::seconds(second);
}

std::optional<UtcSeconds> parse_utc(std::string_view text) {
  if (!text.ends_with('Z')) return std::nullopt;
  return parse_clock(text.substr(0, text.size() - 1), 'T');
}

}  // namespace cloud_billing
