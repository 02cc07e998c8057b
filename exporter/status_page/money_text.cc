#include "status_page/money_text.h"

#include <algorithm>
#include <charconv>
#include <string_view>

namespace cloud_billing {
namespace {

constexpr std::size_t kDecimals = 2;

// Of a decimal number without sign.
std::string separate_thousands(std::string_view digits) {
  const std::size_t point = std::min(digits.find('.'), digits.size());
  std::string out;
  for (std::size_t i = 0; i < point; ++i) {
    if (i > 0 && (point - i) % 3 == 0) out += ',';
    out += digits[i];
  }
  out += digits.substr(point);
  if (point == digits.size()) out += '.';
  const std::size_t decimals = digits.size() - std::min(point + 1, digits.size());
  if (decimals < kDecimals) out.append(kDecimals - decimals, '0');
  return out;
}

// Digits of the amount's magnitude, with its sign.
std::string with_sign_of(Amount amount, std::string_view digits) {
  return std::string(amount < Amount() ? 1 : 0, '-').append(digits);
}

Amount half_a_cent() { return Amount::parse("0.005").value(); }

}  // namespace

std::string exact_money_text(Amount amount) {
  return with_sign_of(amount, separate_thousands(amount.magnitude().to_decimal()));
}

std::string money_text(Amount amount) {
  Amount rounded = amount.magnitude();
  if (rounded < half_a_cent() || !rounded.add(half_a_cent())) return exact_money_text(amount);
  const std::string digits = separate_thousands(rounded.to_decimal());
  return with_sign_of(amount, digits.substr(0, digits.find('.') + 1 + kDecimals));
}

std::optional<double> share_of(Amount part, Amount whole) {
  if (whole <= Amount()) return std::nullopt;
  return nearest_double(part) / nearest_double(whole);
}

}  // namespace cloud_billing
