#pragma once

// Currencies by their ISO 4217 codes, read as clouds and people write them. Pure values, any
// thread.

#include <array>
#include <optional>
#include <string_view>

namespace cloud_billing {

// Three capital letters.
class CurrencyCode {
 public:
  constexpr explicit CurrencyCode(const std::array<char, 3>& letters) : letters_(letters) {}

  // Lives as long as this object.
  [[nodiscard]] constexpr std::string_view text() const {
    return {letters_.data(), letters_.size()};
  }
  friend bool operator==(const CurrencyCode&, const CurrencyCode&) = default;

 private:
  std::array<char, 3> letters_;
};

// "CNY", "cny", " CNY", "RMB", "￥", "¥", "元" and "人民币" are CNY, "US$" and "美元" are USD; any
// other three letters are a code. A sign that several currencies share ("$") is none, nor is any
// other text.
[[nodiscard]] std::optional<CurrencyCode> read_currency(std::string_view text);

// What is wrong with a field that holds none.
inline constexpr std::string_view kNotACurrency = "not a currency code";

}  // namespace cloud_billing
