#include "providers/iso_time.h"

#include <algorithm>
#include <string>

namespace cloud_billing {
namespace {

// "Z", "+08:00", "+0800" or "+08": hours and minutes as on the first day of UTC.
std::optional<std::chrono::seconds> read_offset(std::string_view text) {
  if (text == "Z") return std::chrono::seconds(0);
  const bool is_west = text.starts_with('-');
  if (!is_west && !text.starts_with('+')) return std::nullopt;
  std::string hours_and_minutes(text.substr(1));
  if (hours_and_minutes.size() == 2) hours_and_minutes += "00";
  if (hours_and_minutes.size() == 4) hours_and_minutes.insert(2, 1, ':');
  const auto clock = parse_utc("1970-01-01T" + hours_and_minutes + ":00Z");
  if (!clock) return std::nullopt;
  return is_west ? -clock->time_since_epoch() : clock->time_since_epoch();
}

// Clouds write a year long before them, or the last that four digits can hold, for a time that was
// never set.
bool is_unset(UtcSeconds time) {
  constexpr std::chrono::sys_days kFirst = std::chrono::year{2000} / 1 / 1;
  constexpr std::chrono::sys_days kLast = std::chrono::year{9999} / 1 / 1;
  return time < kFirst || time >= kLast;
}

}  // namespace

std::optional<UtcSeconds> read_iso_time(std::string_view text) {
  constexpr std::size_t kSeconds = 19;  // "2026-11-23T04:05:06"
  if (text.size() <= kSeconds) return std::nullopt;
  const auto time = parse_clock(text.substr(0, kSeconds), 'T');
  std::string_view rest = text.substr(kSeconds);
  if (rest.starts_with('.')) {
    const std::size_t end = std::min(rest.find_first_not_of("0123456789", 1), rest.size());
    if (end == 1) return std::nullopt;
    rest.remove_prefix(end);
  }
  const auto offset = read_offset(rest);
  if (!time || !offset) return std::nullopt;
  const UtcSeconds utc = *time - *offset;
  return is_unset(utc) ? std::nullopt : std::optional(utc);
}

}  // namespace cloud_billing
