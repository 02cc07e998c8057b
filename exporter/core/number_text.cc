#include "core/number_text.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

#include "core/ascii.h"

namespace cloud_billing {
namespace {

// Digits and exponent of the shortest text that reads back as `value`: 0.d1d2d3... x 10^point.
struct ShortestDigits {
  std::string digits;
  int point = 0;
};

ShortestDigits shortest_digits(double value) {
  std::array<char, 40> buffer{};
  const auto end = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value,
                                 std::chars_format::scientific)
                       .ptr;
  const auto exponent_mark = std::find(buffer.data(), end, 'e');
  ShortestDigits result;
  for (const char* c = buffer.data(); c != exponent_mark; ++c) {
    if (is_digit(*c)) result.digits += *c;
  }
  const char* exponent = exponent_mark + 1;
  if (*exponent == '+') ++exponent;
  std::from_chars(exponent, end, result.point);
  ++result.point;
  return result;
}

}  // namespace

void append_number(std::string& out, double value) {
  if (std::isnan(value)) {
    out += "NaN";
    return;
  }
  if (std::isinf(value)) {
    out += value < 0 ? "-Inf" : "+Inf";
    return;
  }
  if (value == 0) {
    out += '0';
    return;
  }
  if (value < 0) out += '-';
  const double magnitude = std::fabs(value);
  if (magnitude < 1e-6 || magnitude >= 1e21) {
    std::array<char, 40> buffer{};
    const auto end = std::to_chars(buffer.data(), buffer.data() + buffer.size(), magnitude,
                                   std::chars_format::scientific)
                         .ptr;
    out.append(buffer.data(), end);
    return;
  }
  const ShortestDigits shortest = shortest_digits(magnitude);
  const auto count = static_cast<int>(shortest.digits.size());
  if (shortest.point <= 0) {
    out += "0.";
    out.append(static_cast<std::size_t>(-shortest.point), '0');
    out += shortest.digits;
  } else if (shortest.point >= count) {
    out += shortest.digits;
    out.append(static_cast<std::size_t>(shortest.point - count), '0');
  } else {
    const auto point = static_cast<std::size_t>(shortest.point);
    out.append(shortest.digits, 0, point);
    out += '.';
    out.append(shortest.digits, point);
  }
}

}  // namespace cloud_billing
