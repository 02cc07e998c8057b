#pragma once

// Money of generated bills: exact, in units of 1e-12 yuan, 128 bits wide. The simulator's own
// arithmetic, so that the exporter's can be checked against it. Pure.

#include <cstdint>
#include <string>

namespace simulator {

inline constexpr int kMoneyScale = 12;
inline constexpr std::int64_t kUnitsPerYuan = 1'000'000'000'000;

struct Money {
  __int128 units = 0;

  Money& operator+=(Money other) {
    units += other.units;
    return *this;
  }
  friend Money operator+(Money a, Money b) { return {a.units + b.units}; }
  friend Money operator-(Money a, Money b) { return {a.units - b.units}; }
  friend Money operator*(Money a, std::int64_t factor) { return {a.units * factor}; }
  friend bool operator==(Money a, Money b) { return a.units == b.units; }
};

// The fewest digits that are exact: "0", "119.68", "-3.2".
[[nodiscard]] std::string write_decimal(Money money);

// Exactly `decimals` digits after the point, or more where fewer would not be exact.
[[nodiscard]] std::string write_padded(Money money, int decimals);

// As Java's BigDecimal may write it: "11968E-2", "1E-12", and "0E-8" for zero.
[[nodiscard]] std::string write_exponent(Money money);

// "119.68" and the like, without exponent. For tests and fixed amounts; throws
// std::invalid_argument on anything else.
[[nodiscard]] Money parse_money(const std::string& text);

}  // namespace simulator
