#include "focus/unit_price.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <string>

#include "core/ascii.h"

namespace cloud_billing {
namespace {

// A decimal as a whole number of its last digit's units.
struct ScaledNumber {
  std::int64_t number = 0;
  std::int64_t scale = 1;
};

std::optional<ScaledNumber> read_scaled(std::string_view text) {
  constexpr std::size_t kMostDigits = 18;
  ScaledNumber read;
  bool has_point = false;
  std::size_t digits = 0;
  for (const char c : text) {
    if (c == '.' && !has_point) {
      has_point = true;
      continue;
    }
    if (!is_digit(c) || ++digits > kMostDigits) return std::nullopt;
    read.number = read.number * 10 + (c - '0');
    if (has_point) read.scale *= 10;
  }
  return read;
}

// "0.01" of 12.3, "0.0001" of 1.2345.
Amount last_digit_of(Amount cost) {
  static const auto kDigits = [] {
    std::array<Amount, Amount::kDecimals + 1> digits;  // by the number of decimals
    for (std::size_t i = 0; i < digits.size(); ++i) {
      digits[i] = *Amount::parse("1e-" + std::to_string(std::max<std::size_t>(i, 2)));
    }
    return digits;
  }();
  std::array<char, Amount::kMostBytes> text{};
  const auto* const end = cost.write_decimal(text.data(), 0);
  const auto size = static_cast<std::size_t>(end - text.data());
  const std::size_t point = std::string_view(text.data(), size).find('.');
  return kDigits[point == std::string_view::npos ? 0 : size - point - 1];
}

}  // namespace

std::optional<PricedQuantity> PricedQuantity::of(std::string_view price, Amount quantity) {
  const auto scaled = read_scaled(price);
  const auto amount = Amount::parse(price);
  if (!amount || !scaled) return std::nullopt;
  const auto product = quantity.times(scaled->number);
  if (!product) return std::nullopt;
  return PricedQuantity(*amount, product->divided_by(scaled->scale));
}

OptionalAmount PricedQuantity::price_of(Amount cost) const {
  Amount difference = product_;
  if (!difference.subtract(cost)) return std::nullopt;
  if (difference == Amount()) return price_;
  if (cost == Amount() || difference.magnitude() > last_digit_of(cost)) return std::nullopt;
  return price_;
}

}  // namespace cloud_billing
