#include "providers/iso_time.h"

#include <charconv>
#include <chrono>

namespace cloud_billing {
namespace {

// Takes a fixed number of digits from the front; -1 where there are none.
int take_digits(std::string_view& text, std::size_t width) {
  int number = 0;
  if (text.size() < width || text.front() < '0' || text.front() > '9') return -1;
  const auto [end, error] = std::from_chars(text.data(), text.data() + width, number);
  if (error != std::errc{} || end != text.data() + width) return -1;
  text.remove_prefix(width);
  return number;
}

bool take(std::string_view& text, char wanted) {
  if (!text.starts_with(wanted)) return false;
  text.remove_prefix(1);
  return true;
}

// "Z" or "+08:00".
std::optional<std::chrono::minutes> read_offset(std::string_view text) {
  if (text == "Z") return std::chrono::minutes(0);
  const bool is_west = text.starts_with('-');
  if (!is_west && !text.starts_with('+')) return std::nullopt;
  text.remove_prefix(1);
  const int hours = take_digits(text, 2);
  const bool has_colon = take(text, ':');
  const int minutes = take_digits(text, 2);
  if (hours < 0 || hours > 23 || !has_colon || minutes < 0 || minutes > 59 || !text.empty()) {
    return std::nullopt;
  }
  const std::chrono::minutes offset = std::chrono::hours(hours) + std::chrono::minutes(minutes);
  return is_west ? -offset : offset;
}

}  // namespace

std::optional<UtcSeconds> read_iso_time(std::string_view text) {
  const int year = take_digits(text, 4);
  bool fits = take(text, '-');
  const int month = take_digits(text, 2);
  fits = take(text, '-') && fits;
  const int day = take_digits(text, 2);
  fits = take(text, 'T') && fits;
  const int hour = take_digits(text, 2);
  fits = take(text, ':') && fits;
  const int minute = take_digits(text, 2);
  fits = take(text, ':') && fits;
  const int second = take_digits(text, 2);
  if (take(text, '.')) {
    if (take_digits(text, 1) < 0) return std::nullopt;
    while (take_digits(text, 1) >= 0) {
    }
  }
  const auto offset = read_offset(text);
  if (!fits || !offset || year < 0 || month < 0 || day < 0) return std::nullopt;
  if (hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 || second > 60) {
    return std::nullopt;
  }
  const std::chrono::year_month_day date(std::chrono::year(year),
                                         std::chrono::month(static_cast<unsigned>(month)),
                                         std::chrono::day(static_cast<unsigned>(day)));
  if (!date.ok()) return std::nullopt;
  return std::chrono::sys_days(date) + std::chrono::hours(hour) + std::chrono::minutes(minute) +
         std::chrono::seconds(second) - *offset;
}

}  // namespace cloud_billing
