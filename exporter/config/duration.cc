#include "config/duration.h"

#include <array>
#include <charconv>
#include <cstddef>
#include <cstdint>

namespace cloud_billing {
namespace {

struct Unit {
  char letter;
  std::int64_t seconds;
};

constexpr std::array kUnits{Unit{'d', 86400}, Unit{'h', 3600}, Unit{'m', 60}, Unit{'s', 1}};

}  // namespace

Result<std::chrono::seconds> parse_duration(std::string_view text) {
  const Error expected{"expected a duration such as 90s, 5m, 1h30m or 30d"};
  if (text == "0") return std::chrono::seconds(0);
  if (text.empty()) return expected;

  std::int64_t total = 0;
  std::size_t next_unit = 0;  // units only get smaller
  while (!text.empty()) {
    std::uint64_t count = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), count);
    if (error == std::errc::invalid_argument) return expected;
    text.remove_prefix(static_cast<std::size_t>(end - text.data()));
    while (next_unit < kUnits.size() && !text.starts_with(kUnits[next_unit].letter)) ++next_unit;
    if (next_unit == kUnits.size()) return expected;
    text.remove_prefix(1);
    const std::int64_t unit = kUnits[next_unit++].seconds;
    const std::int64_t room = (kMaxDuration.count() - total) / unit;
    if (error != std::errc() || count > static_cast<std::uint64_t>(room)) {
      return Error{"expected a duration of at most " + format_duration(kMaxDuration)};
    }
    total += static_cast<std::int64_t>(count) * unit;
  }
  return std::chrono::seconds(total);
}

std::string format_duration(std::chrono::seconds duration) {
  if (duration.count() == 0) return "0s";
  std::string text;
  std::int64_t rest = duration.count();
  for (const Unit& unit : kUnits) {
    if (rest >= unit.seconds) text += std::to_string(rest / unit.seconds) + unit.letter;
    rest %= unit.seconds;
  }
  return text;
}

}  // namespace cloud_billing
