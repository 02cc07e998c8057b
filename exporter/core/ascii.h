#pragma once

// Letters, digits and blanks of ASCII, in any locale; other bytes stay as they are. Pure, any
// thread.

#include <string>
#include <string_view>

namespace cloud_billing {

[[nodiscard]] constexpr char to_lower_case(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

[[nodiscard]] inline std::string to_lower_case(std::string_view text) {
  std::string lower(text);
  for (char& c : lower) c = to_lower_case(c);
  return lower;
}

// Without the blanks, tabs and line breaks at both ends.
[[nodiscard]] constexpr std::string_view trim_blanks(std::string_view text) {
  constexpr std::string_view kBlanks = " \t\r\n";
  const std::size_t begin = text.find_first_not_of(kBlanks);
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(kBlanks) - begin + 1);
}

[[nodiscard]] constexpr bool is_digit(char c) { return c >= '0' && c <= '9'; }

[[nodiscard]] constexpr bool is_letter(char c) {
  return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

[[nodiscard]] constexpr bool is_letter_or_digit(char c) { return is_letter(c) || is_digit(c); }

// A C0 control character or DEL; line break and tab are two of them.
[[nodiscard]] constexpr bool is_control(char c) {
  return static_cast<unsigned char>(c) < 0x20 || c == '\x7f';
}

}  // namespace cloud_billing
