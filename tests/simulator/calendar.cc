#include "calendar.h"

#include <time.h>

#include <array>
#include <cstdio>
#include <ctime>

namespace simulator {
namespace {

using std::chrono::days;
using std::chrono::hours;
using std::chrono::sys_days;

constexpr hours kChinaOffset{8};

std::optional<int> read_digits(std::string_view text, std::size_t from, std::size_t count) {
  int value = 0;
  for (std::size_t i = from; i < from + count; ++i) {
    if (i >= text.size() || text[i] < '0' || text[i] > '9') {
      return std::nullopt;
    }
    value = value * 10 + (text[i] - '0');
  }
  return value;
}

std::optional<Moment> parse_with(const std::string& text, const char* format) {
  struct tm parts = {};
  const char* end = strptime(text.c_str(), format, &parts);
  if (end == nullptr || *end != '\0') {
    return std::nullopt;
  }
  const long offset = parts.tm_gmtoff;
  return Moment{std::chrono::seconds{timegm(&parts) - offset}};
}

}  // namespace

int days_in(Month month) {
  return static_cast<int>(static_cast<unsigned>((month / std::chrono::last).day()));
}

Date date_in(hours ahead, Moment moment) { return Date{std::chrono::floor<days>(moment + ahead)}; }

Date date_in_china(Moment moment) { return date_in(kChinaOffset, moment); }

Moment start_in_china(Date date) { return Moment{sys_days{date}} - kChinaOffset; }

Date newest_complete_day(Moment now) {
  return Date{sys_days{date_in_china(now - hours{10})} - days{1}};
}

std::optional<DayRange> days_until(Month month, Date last) {
  const Month last_month = last.year() / last.month();
  if (month > last_month) {
    return std::nullopt;
  }
  return DayRange{
      1, month < last_month ? days_in(month) : static_cast<int>(static_cast<unsigned>(last.day()))};
}

std::optional<Month> parse_month(std::string_view text) {
  const auto year = read_digits(text, 0, 4);
  const auto month = read_digits(text, 5, 2);
  if (text.size() != 7 || text[4] != '-' || !year || !month) {
    return std::nullopt;
  }
  const Month result = std::chrono::year{*year} / std::chrono::month{static_cast<unsigned>(*month)};
  return result.ok() ? std::optional(result) : std::nullopt;
}

std::optional<Date> parse_date(std::string_view text) {
  const auto month = parse_month(text.substr(0, 7));
  const auto day = read_digits(text, 8, 2);
  if (text.size() != 10 || text[7] != '-' || !month || !day) {
    return std::nullopt;
  }
  const Date date = *month / std::chrono::day{static_cast<unsigned>(*day)};
  return date.ok() ? std::optional(date) : std::nullopt;
}

std::optional<Moment> parse_utc(std::string_view text) {
  const auto date = parse_date(text.substr(0, 10));
  const auto hour = read_digits(text, 11, 2);
  const auto minute = read_digits(text, 14, 2);
  const auto second = read_digits(text, 17, 2);
  if (text.size() != 20 || text[10] != 'T' || text[13] != ':' || text[16] != ':' ||
      text[19] != 'Z' || !date || !hour || !minute || !second) {
    return std::nullopt;
  }
  return Moment{sys_days{*date}} + hours{*hour} + std::chrono::minutes{*minute} +
         std::chrono::seconds{*second};
}

std::optional<Moment> parse_http_date(const std::string& text) {
  const auto with_offset = parse_with(text, "%a, %d %b %Y %H:%M:%S %z");
  return with_offset ? with_offset : parse_with(text, "%a, %d %b %Y %H:%M:%S GMT");
}

std::optional<Moment> parse_moment(const std::string& text) {
  return parse_with(text, "%Y-%m-%dT%H:%M:%S%z");
}

std::string write_month(Month month) {
  std::array<char, 32> text{};
  std::snprintf(text.data(), text.size(), "%04d-%02u", static_cast<int>(month.year()),
                static_cast<unsigned>(month.month()));
  return text.data();
}

std::string write_date(Date date) {
  std::array<char, 32> text{};
  std::snprintf(text.data(), text.size(), "%04d-%02u-%02u", static_cast<int>(date.year()),
                static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()));
  return text.data();
}

std::string write_utc(Moment moment) {
  const auto midnight = std::chrono::floor<days>(moment);
  const auto second = static_cast<int>((moment - midnight).count());
  std::array<char, 32> text{};
  std::snprintf(text.data(), text.size(), "T%02d:%02d:%02d", second / 3600, second / 60 % 60,
                second % 60);
  return write_date(Date{midnight}) + text.data();
}

std::string write_http_date(Moment moment) {
  const std::time_t time = std::chrono::system_clock::to_time_t(moment);
  std::tm parts{};
  gmtime_r(&time, &parts);
  std::array<char, 64> text{};
  std::strftime(text.data(), text.size(), "%a, %d %b %Y %H:%M:%S GMT", &parts);
  return text.data();
}

}  // namespace simulator
