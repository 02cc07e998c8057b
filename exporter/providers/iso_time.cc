#include "providers/iso_time.h"

#include <algorithm>
#include <string>

namespace cloud_billing {
namespace {

// "Z", or "+08:00": hours and minutes as on the first day of UTC.
std::optional<std::chrono::seconds> read_offset(std::string_view text) {
  if (text == "Z") return std::chrono::seconds(0);
  const bool is_west = text.starts_with('-');
  if (!is_west && !text.starts_with('+')) return std::nullopt;
  const auto clock = parse_utc("1970-01-01T" + std::string(text.substr(1)) + ":00Z");
  if (!clock) return std::nullopt;
  return is_west ? -clock->time_since_epoch() : clock->time_since_epoch();
}

}  // namespace

std::optional<UtcSeconds> read_iso_time(std::string_view text) {
  constexpr std::size_t kSeconds = 19;  // "2026-11-23T04:05:06"
  if (text.size() <= kSeconds) return std::nullopt;
  const auto time = parse_utc(std::string(text.substr(0, kSeconds)) + "Z");
  std::string_view rest = text.substr(kSeconds);
  if (rest.starts_with('.')) {
    const std::size_t end = std::min(rest.find_first_not_of("0123456789", 1), rest.size());
    if (end == 1) return std::nullopt;
    rest.remove_prefix(end);
  }
  const auto offset = read_offset(rest);
  if (!time || !offset) return std::nullopt;
  return *time - *offset;
}

}  // namespace cloud_billing
