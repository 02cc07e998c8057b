#pragma once

// Amount: an exact decimal amount of money, a 128-bit count of 10^-18 units. It is added and
// compared exactly and becomes a double once, when printed. Range about +-1.7e20 currency units;
// beyond it is an error, never a wrap. Pure values, any thread.

#include <compare>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <string_view>

#include "core/result.h"

namespace cloud_billing {

enum class AmountError {
  kNotANumber,  // the text is not a decimal number
  kOverflow,    // beyond the range
};

[[nodiscard]] std::string_view describe(AmountError error);

class Amount {
 public:
  static constexpr int kDecimals = 18;

  constexpr Amount() = default;  // zero

  // Reads a decimal number: -?digits[.digits][(e|E)[+-]digits], as JSON writes it; leading zeros
  // are allowed. Exact up to the 18th decimal; what is beyond is rounded half to even, as any
  // double that a cloud prints may have more.
  [[nodiscard]] static Result<Amount, AmountError> parse(std::string_view text);

  // Adds; false on overflow, and then *this is unchanged.
  [[nodiscard]] bool add(Amount other) {
    Units sum = 0;
    if (__builtin_add_overflow(units_, other.units_, &sum)) return false;
    if (sum == std::numeric_limits<Units>::min()) return false;
    units_ = sum;
    return true;
  }
  [[nodiscard]] bool subtract(Amount other) { return add(Amount(-other.units_)); }

  // Times a whole number; nothing on overflow.
  [[nodiscard]] std::optional<Amount> times(std::int64_t factor) const;
  // Divided by a number of at least 1 and rounded once, to 8 decimals, half to even.
  [[nodiscard]] Amount divided_by(std::int64_t divisor) const;

  [[nodiscard]] Amount magnitude() const { return units_ < 0 ? Amount(-units_) : *this; }

  // The exact decimal text, without exponent or trailing zeros: "-12.5", "0", "119.68".
  [[nodiscard]] std::string to_decimal() const;
  // Writes it there, with so many decimals at least (0 to 18); where it ends. There must be room
  // for kMostBytes: what is behind the end may be written to.
  char* write_decimal(char* to, int fewest_decimals) const;
  static constexpr std::size_t kMostBytes = 42;

  // NOLINTNEXTLINE(modernize-use-nullptr): clang-tidy 14 sees a null pointer in it
  friend constexpr auto operator<=>(Amount, Amount) = default;

 private:
  friend struct AmountPrefix;
  using Units = __int128;  // clang-tidy and -Wpedantic agree to this one extension
  explicit constexpr Amount(Units units) : units_(units) {}
  Units units_ = 0;
};

// What a field may hold: an amount, or no value.
using OptionalAmount = std::optional<Amount>;

// The nearest double, for what is printed or drawn; never to be added.
[[nodiscard]] double nearest_double(Amount amount);
// Appends it as append_number() does.
void append_amount(std::string& out, Amount amount);

}  // namespace cloud_billing
