#pragma once

// The mark with which some editors and spreadsheet programs begin a text in UTF-8. Pure, any
// thread.

#include <string_view>

namespace cloud_billing {

inline constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

[[nodiscard]] constexpr std::string_view without_byte_order_mark(std::string_view text) {
  return text.substr(text.starts_with(kByteOrderMark) ? kByteOrderMark.size() : 0);
}

}  // namespace cloud_billing
