#include "core/calendar.h"

#include <array>
#include <cstdio>

namespace cloud_billing {
namespace {

std::chrono::sys_days local_days(UtcSeconds time) {
  return std::chrono::floor<std::chrono::days>(time + kBillingUtcOffset);
}

std::string zero_padded(int value, int width) {
  std::array<char, 16> text{};
  const int length = std::snprintf(text.data(), text.size(), "%0*d", width, value);
  return {text.data(), static_cast<std::size_t>(length)};
}

std::string two_digits(unsigned value) { return zero_padded(static_cast<int>(value), 2); }

// The digits in [begin, begin + count); nothing if one of them is not a digit.
std::optional<int> read_digits(std::string_view text, std::size_t begin, std::size_t count) {
  int value = 0;
  for (const char c : text.substr(begin, count)) {
    if (c < '0' || c > '9') return std::nullopt;
    value = value * 10 + (c - '0');
  }
  return value;
}

}  // namespace

BillingMonth BillingMonth::at(UtcSeconds time) {
  const BillingDay day = billing_day_at(time);
  return BillingMonth(day.year() / day.month());
}

UtcSeconds BillingMonth::start() const { return start_of(month_ / std::chrono::day(1)); }

std::string BillingMonth::text() const {
  return zero_padded(static_cast<int>(month_.year()), 4) + "-" +
         two_digits(static_cast<unsigned>(month_.month()));
}

BillingDay billing_day_at(UtcSeconds time) { return local_days(time); }

UtcSeconds start_of(BillingDay day) { return std::chrono::sys_days(day) - kBillingUtcOffset; }

std::string day_text(BillingDay day) {
  return zero_padded(static_cast<int>(day.year()), 4) + "-" +
         two_digits(static_cast<unsigned>(day.month())) + "-" +
         two_digits(static_cast<unsigned>(day.day()));
}

int billing_hour_at(UtcSeconds time) {
  const auto since_midnight = time + kBillingUtcOffset - local_days(time);
  return static_cast<int>(std::chrono::duration_cast<std::chrono::hours>(since_midnight).count());
}

std::string utc_text(UtcSeconds time) {
  const auto days = std::chrono::floor<std::chrono::days>(time);
  const std::chrono::hh_mm_ss<std::chrono::seconds> clock(time - days);
  return day_text(days) + "T" + zero_padded(static_cast<int>(clock.hours().count()), 2) + ":" +
         zero_padded(static_cast<int>(clock.minutes().count()), 2) + ":" +
         zero_padded(static_cast<int>(clock.seconds().count()), 2) + "Z";
}

std::optional<UtcSeconds> parse_utc(std::string_view text) {
  constexpr std::string_view kForm = "0000-00-00T00:00:00Z";
  if (text.size() != kForm.size()) return std::nullopt;
  for (std::size_t i = 0; i < kForm.size(); ++i) {
    if (kForm[i] != '0' && text[i] != kForm[i]) return std::nullopt;
  }
  const auto year = read_digits(text, 0, 4);
  const auto month = read_digits(text, 5, 2);
  const auto day = read_digits(text, 8, 2);
  const auto hour = read_digits(text, 11, 2);
  const auto minute = read_digits(text, 14, 2);
  const auto second = read_digits(text, 17, 2);
  if (!year || !month || !day || !hour || !minute || !second) return std::nullopt;
  const BillingDay date{std::chrono::year(*year), std::chrono::month(static_cast<unsigned>(*month)),
                        std::chrono::day(static_cast<unsigned>(*day))};
  if (!date.ok() || *hour > 23 || *minute > 59 || *second > 59) return std::nullopt;
  return std::chrono::sys_days(date) + std::chrono::hours(*hour) + std::chrono::minutes(*minute) +
         std::chrono::seconds(*second);
}

}  // namespace cloud_billing
