#include "core/amount.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>
#include <cstring>
#include <limits>
#include <utility>

#include "core/amount_prefix.h"
#include "core/ascii.h"
#include "core/number_text.h"

namespace cloud_billing {
namespace {

// Exponents beyond this are the same to us: no text has so many digits that it could make up for
// one.
constexpr int kExponentLimit = 100000000;

constexpr auto kPowersOfTen = [] {
  std::array<std::int64_t, Amount::kDecimals + 1> powers{};
  std::int64_t power = 1;
  for (std::int64_t& entry : powers) {
    entry = power;
    power = &entry == &powers.back() ? power : power * 10;
  }
  return powers;
}();

struct DecimalText {
  bool negative = false;
  std::string_view integer;
  std::string_view fraction;
  int exponent = 0;
};

std::string_view take_digits(std::string_view& rest) {
  const auto end = std::find_if_not(rest.begin(), rest.end(), is_digit);
  const auto count = static_cast<std::size_t>(end - rest.begin());
  const std::string_view digits = rest.substr(0, count);
  rest.remove_prefix(count);
  return digits;
}

bool take(std::string_view& rest, char c) {
  if (rest.empty() || rest.front() != c) return false;
  rest.remove_prefix(1);
  return true;
}

std::optional<DecimalText> split_decimal(std::string_view text) {
  DecimalText parts;
  parts.negative = take(text, '-');
  parts.integer = take_digits(text);
  if (parts.integer.empty()) return std::nullopt;
  if (take(text, '.')) {
    parts.fraction = take_digits(text);
    if (parts.fraction.empty()) return std::nullopt;
  }
  if (take(text, 'e') || take(text, 'E')) {
    const bool negative = take(text, '-');
    if (!negative) take(text, '+');
    const std::string_view digits = take_digits(text);
    if (digits.empty()) return std::nullopt;
    for (const char digit : digits) {
      parts.exponent = std::min(parts.exponent * 10 + (digit - '0'), kExponentLimit);
    }
    if (negative) parts.exponent = -parts.exponent;
  }
  if (!text.empty()) return std::nullopt;
  return parts;
}

// The digits behind the last one that is kept, for rounding half to even.
class DroppedDigits {
 public:
  // `place` is below 0, in falling order.
  void add(int digit, long place) {
    if (place == -1) {
      first_ = digit;
    } else {
      has_more_ = has_more_ || digit != 0;
    }
  }
  [[nodiscard]] bool round_away(bool last_kept_is_odd) const {
    return first_ > 5 || (first_ == 5 && (has_more_ || last_kept_is_odd));
  }

 private:
  int first_ = 0;
  bool has_more_ = false;
};

constexpr auto kTwoDigits = [] {
  std::array<std::array<char, 2>, 100> texts{};
  for (std::size_t i = 0; i < texts.size(); ++i) {
    texts[i] = {static_cast<char>('0' + i / 10), static_cast<char>('0' + i % 10)};
  }
  return texts;
}();

// Writes so many digits of a number, zeros before it included; where they end. An even count.
template <std::size_t kCount>
char* write_digits(char* to, std::uint64_t number) {
  for (std::size_t left = kCount; left != 0; left -= 2, number /= 100) {
    std::memcpy(to + left - 2, kTwoDigits[number % 100].data(), 2);
  }
  return to + kCount;
}

}  // namespace

std::string_view describe(AmountError error) {
  switch (error) {
    case AmountError::kNotANumber:
      return "not a decimal number";
    case AmountError::kOverflow:
      return "too large";
  }
  return "not readable";
}

AmountPrefix AmountPrefix::of(std::string_view text) {
  constexpr std::ptrdiff_t kMostDigits = 18;  // they fit 64 bits, and one multiplication fits 128
  constexpr std::ptrdiff_t kMostBytes = kMostDigits + 3;  // sign, point, and one digit too many
  const char* at = text.data();
  const char* const end = at + std::min<std::ptrdiff_t>(kMostBytes, std::ssize(text));
  std::uint64_t number = 0;
  const auto take_number = [&at, end, &number] {
    const char* const begin = at;
    for (; at != end && is_digit(*at); ++at) {
      number = number * 10 + static_cast<std::uint64_t>(*at - '0');
    }
    return at - begin;
  };
  const bool negative = at != end && *at == '-';
  if (negative) ++at;
  const std::ptrdiff_t integers = take_number();
  std::ptrdiff_t decimals = 0;
  if (at != end && *at == '.') {
    ++at;
    decimals = take_number();
    if (decimals == 0) return {};
  }
  if (integers == 0 || integers + decimals > kMostDigits) return {};
  const Amount::Units units = static_cast<Amount::Units>(number) *
                              kPowersOfTen[static_cast<std::size_t>(Amount::kDecimals - decimals)];
  return {Amount(negative ? -units : units), static_cast<std::size_t>(at - text.data())};
}

Result<Amount, AmountError> Amount::parse(std::string_view text) {
  // Nearly every amount on a bill is short.
  const AmountPrefix prefix = AmountPrefix::of(text);
  if (prefix.length != 0 && prefix.length == text.size()) return prefix.amount;

  const std::optional<DecimalText> parts = split_decimal(text);
  if (!parts) return AmountError::kNotANumber;

  // The place of the next digit, as a power of ten of one unit (10^-18).
  auto place = static_cast<long>(parts->integer.size()) - 1 + parts->exponent + kDecimals;
  Units units = 0;
  DroppedDigits dropped;
  for (const std::string_view digits : {parts->integer, parts->fraction}) {
    for (const char digit : digits) {
      const int value = digit - '0';
      if (place < 0) {
        dropped.add(value, place--);
        continue;
      }
      // Built negative, because the negative range is the larger one.
      if (__builtin_mul_overflow(units, 10, &units) ||
          __builtin_sub_overflow(units, value, &units)) {
        return AmountError::kOverflow;
      }
      --place;
    }
  }
  for (; place >= 0 && units != 0; --place) {
    if (__builtin_mul_overflow(units, 10, &units)) return AmountError::kOverflow;
  }
  if (dropped.round_away(units % 2 != 0) && __builtin_sub_overflow(units, 1, &units)) {
    return AmountError::kOverflow;
  }
  // The lowest value has no positive twin, so it is left out: magnitude() cannot overflow.
  if (units == std::numeric_limits<Units>::min()) return AmountError::kOverflow;
  return Amount(parts->negative ? units : -units);
}

std::optional<Amount> Amount::times(std::int64_t factor) const {
  Units units = 0;
  if (__builtin_mul_overflow(units_, factor, &units)) return std::nullopt;
  if (units == std::numeric_limits<Units>::min()) return std::nullopt;
  return Amount(units);
}

Amount Amount::divided_by(std::int64_t divisor) const {
  constexpr int kRoundedDecimals = 8;
  constexpr Units kStep = kPowersOfTen[kDecimals - kRoundedDecimals];
  const Units of_one_step = kStep * divisor;  // below 10^10 * 2^63, which fits
  const Units magnitude = units_ < 0 ? -units_ : units_;
  Units steps = magnitude / of_one_step;
  const Units left = magnitude % of_one_step;
  const Units lacking = of_one_step - left;
  if (left > lacking || (left == lacking && steps % 2 != 0)) ++steps;
  // Only the very largest amount cannot be rounded up.
  const Units rounded =
      steps > std::numeric_limits<Units>::max() / kStep ? magnitude : steps * kStep;
  return Amount(units_ < 0 ? -rounded : rounded);
}

std::string Amount::to_decimal() const {
  std::array<char, kMostBytes> text{};
  return {text.data(), write_decimal(text.data(), 0)};
}

char* Amount::write_decimal(char* to, int fewest_decimals) const {
  // A division of 128 bits takes as long as twenty of 64. 10^18 is 2^18 times 5^18.
  constexpr auto kOne = static_cast<std::uint64_t>(kPowersOfTen[kDecimals]);
  constexpr std::uint64_t kOddOfOne = kOne >> kDecimals;
  constexpr int kFewBits = 64 + kDecimals;
  char* const most = to + kMostBytes;
  if (units_ < 0) *to++ = '-';
  const auto magnitude = static_cast<unsigned __int128>(units_ < 0 ? -units_ : units_);
  std::uint64_t fraction = 0;
  if (magnitude >> kFewBits == 0) {
    const std::uint64_t whole = static_cast<std::uint64_t>(magnitude >> kDecimals) / kOddOfOne;
    fraction = static_cast<std::uint64_t>(magnitude - static_cast<unsigned __int128>(whole) * kOne);
    to = std::to_chars(to, most, whole).ptr;
  } else {
    // Its last digit apart, as 64 bits do not hold them all.
    const auto whole = magnitude / kOne;
    fraction = static_cast<std::uint64_t>(magnitude - whole * kOne);
    to = std::to_chars(to, most, static_cast<std::uint64_t>(whole / 10)).ptr;
    *to++ = static_cast<char>('0' + static_cast<int>(whole % 10));
  }
  *to++ = '.';
  const char* const fewest = to + fewest_decimals;
  // Most amounts have a few decimals.
  constexpr std::size_t kFew = 8;
  constexpr auto kRest = static_cast<std::uint64_t>(kPowersOfTen[kDecimals - kFew]);
  const std::uint64_t few = fraction / kRest;
  const std::uint64_t rest = fraction % kRest;
  to = write_digits<kFew>(to, few);
  if (rest != 0 || to < fewest) to = write_digits<kDecimals - kFew>(to, rest);
  while (to != fewest && *(to - 1) == '0') --to;
  return fewest_decimals == 0 && *(to - 1) == '.' ? to - 1 : to;
}

double nearest_double(Amount amount) {
  const std::string decimal = amount.to_decimal();
  double value = 0;
  std::from_chars(decimal.data(), decimal.data() + decimal.size(), value);
  return value;
}

void append_amount(std::string& out, Amount amount) { append_number(out, nearest_double(amount)); }

}  // namespace cloud_billing
