#include "core/retry_after.h"

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <limits>
#include <string_view>

#include "core/ascii.h"
#include "core/http_date.h"

namespace cloud_billing {
namespace {

using std::chrono::seconds;

// "60" of "60", "60, 60" and "60;": a date is no such number.
std::optional<seconds> read_seconds(std::string_view text) {
  constexpr std::string_view kMayFollow = ",;. \t";
  std::int32_t count = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), count);
  if (error == std::errc::invalid_argument || !is_digit(text.front())) return std::nullopt;
  if (end != text.data() + text.size() && kMayFollow.find(*end) == kMayFollow.npos) {
    return std::nullopt;
  }
  if (error == std::errc::result_out_of_range) count = std::numeric_limits<std::int32_t>::max();
  return seconds(count);
}

// The first of a list of dates, which have a comma of their own.
std::optional<UtcSeconds> read_first_date(std::string_view text) {
  constexpr std::string_view kEnd = "GMT";
  const std::size_t end = text.find(kEnd);
  return read_http_date(end == text.npos ? text : text.substr(0, end + kEnd.size()));
}

}  // namespace

std::optional<seconds> read_retry_after(const HttpResponse& response, UtcSeconds now) {
  const std::string_view text = trim_blanks(response.header("retry-after").value_or(""));
  if (text.empty()) return std::nullopt;
  if (const auto count = read_seconds(text)) return count;
  const auto until = read_first_date(text);
  if (!until) return std::nullopt;
  const UtcSeconds there = read_http_date(response.header("date").value_or("")).value_or(now);
  return std::max(seconds(0), seconds(*until - there));
}

}  // namespace cloud_billing
