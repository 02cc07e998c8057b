#include "core/amount.h"
#include "core/amount_prefix.h"
#include "core/number_text.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <random>
#include <string>
#include <string_view>
#include <vector>

namespace cloud_billing {
namespace {

// The largest amount: 2^127 - 1 units of 10^-18.
constexpr std::string_view kLargest = "170141183460469231731.687303715884105727";

std::string decimal_of(std::string_view text) {
  const auto amount = Amount::parse(text);
  return amount ? amount->to_decimal() : std::string(describe(amount.error()));
}

std::string printed(std::string_view text) {
  std::string out;
  append_amount(out, Amount::parse(text).value());
  return out;
}

std::string printed_number(double value) {
  std::string out;
  append_number(out, value);
  return out;
}

// ---- long arithmetic on decimal texts, independent of the code under test ----

// A sign and the digits of a count of 10^-18 units, most significant first.
struct LongDecimal {
  bool negative = false;
  std::string digits;
};

std::string without_leading_zeros(std::string digits) {
  digits.erase(0, digits.find_first_not_of('0'));
  return digits;
}

// `text` is -?digits[.digits] with at most 18 decimals.
LongDecimal read_long(std::string_view text) {
  LongDecimal number;
  number.negative = text.starts_with('-');
  if (number.negative) text.remove_prefix(1);
  const std::size_t point = std::min(text.find('.'), text.size());
  std::string fraction(point < text.size() ? text.substr(point + 1) : "");
  fraction.resize(18, '0');
  number.digits = without_leading_zeros(std::string(text.substr(0, point)) + fraction);
  return number;
}

bool is_smaller(const std::string& a, const std::string& b) {
  return a.size() != b.size() ? a.size() < b.size() : a < b;
}

std::string add_digits(const std::string& a, const std::string& b, int sign_of_b) {
  std::string sum;
  int carry = 0;
  for (std::size_t i = 0; i < std::max(a.size(), b.size()) || carry != 0; ++i) {
    const int digit_a = i < a.size() ? a[a.size() - 1 - i] - '0' : 0;
    const int digit_b = i < b.size() ? b[b.size() - 1 - i] - '0' : 0;
    const int place = digit_a + sign_of_b * digit_b + carry;
    carry = place < 0 ? -1 : place / 10;
    sum += static_cast<char>('0' + (place + 10) % 10);
  }
  std::reverse(sum.begin(), sum.end());
  return without_leading_zeros(sum);
}

LongDecimal add_long(const LongDecimal& a, const LongDecimal& b) {
  if (a.negative == b.negative) return {a.negative, add_digits(a.digits, b.digits, 1)};
  const bool a_smaller = is_smaller(a.digits, b.digits);
  const LongDecimal& larger = a_smaller ? b : a;
  const LongDecimal& smaller = a_smaller ? a : b;
  return {larger.negative, add_digits(larger.digits, smaller.digits, -1)};
}

std::string write_long(const LongDecimal& number) {
  if (number.digits.empty()) return "0";
  std::string digits = number.digits;
  if (digits.size() <= 18) digits.insert(0, 19 - digits.size(), '0');
  std::string text = digits.substr(0, digits.size() - 18);
  std::string fraction = digits.substr(digits.size() - 18);
  fraction.erase(fraction.find_last_not_of('0') + 1);
  if (!fraction.empty()) text += "." + fraction;
  return (number.negative ? "-" : "") + text;
}

std::string random_digits(std::mt19937_64& random, std::size_t most) {
  std::string digits;
  for (auto count = random() % (most + 1); count > 0; --count) {
    digits += static_cast<char>('0' + random() % 10);
  }
  return digits;
}

std::string random_decimal(std::mt19937_64& random, std::size_t integer_digits) {
  std::string text = random() % 3 == 0 ? "-" : "";
  const std::string integer = random_digits(random, integer_digits);
  text += integer.empty() ? "0" : integer;
  const std::string fraction = random_digits(random, 18);
  if (!fraction.empty()) text += "." + fraction;
  return text;
}

// ---- reading ----

struct ReadCase {
  const char* text;
  const char* expected;
};

TEST(Amount, IsReadExactly) {
  constexpr ReadCase kCases[] = {
      {"0", "0"},
      {"7", "7"},
      {"119.68", "119.68"},
      {"850.0000", "850"},
      {"999999999999.0000", "999999999999"},
      {"-12.50", "-12.5"},
      {"-0", "0"},
      {"-0.000", "0"},
      {"1E-4", "0.0001"},
      {"0E-8", "0"},
      {"0e99999999999", "0"},
      {"1.5e3", "1500"},
      {"1.5E+3", "1500"},
      {"12345e-5", "0.12345"},
      {"-2.50e-1", "-0.25"},
      {"1e0", "1"},
      {"0012.5", "12.5"},
      {"0.000000000000000001", "0.000000000000000001"},
      {"-0.000000000000000001", "-0.000000000000000001"},
      {"0.0000000000000000010", "0.000000000000000001"},
      {"10e-19", "0.000000000000000001"},
      {"123456789.123456789123456789", "123456789.123456789123456789"},
      {"1e20", "100000000000000000000"},
      {"0.00000000000000000000001e23", "1"},
      {"170141183460469231731.687303715884105727", "170141183460469231731.687303715884105727"},
      {"-170141183460469231731.687303715884105727", "-170141183460469231731.687303715884105727"},
  };
  for (const ReadCase& c : kCases) EXPECT_EQ(decimal_of(c.text), c.expected) << c.text;
}

TEST(Amount, IsTakenFromTheFrontOfATextWhereItIsShort) {
  struct Case {
    std::string_view text;
    std::string_view decimal;  // empty: nothing is taken
    std::string_view rest;
  };
  constexpr Case kCases[] = {{"119.68\"", "119.68", "\""},
                             {"-3.50,", "-3.5", ","},
                             {"0", "0", ""},
                             {"7E2", "7", "E2"},
                             {"1.5.2", "1.5", ".2"},
                             {"123456789012.345678", "123456789012.345678", ""},
                             {"999999999999999999", "999999999999999999", ""},
                             // A nineteenth digit is one too many.
                             {"1234567890123456789", "", "1234567890123456789"},
                             {"1.123456789012345678", "", "1.123456789012345678"},
                             {"", "", ""},
                             {"-", "", "-"},
                             {".5", "", ".5"},
                             {"5.", "", "5."},
                             {"/", "", "/"}};
  for (const Case& c : kCases) {
    const AmountPrefix prefix = AmountPrefix::of(c.text);
    EXPECT_EQ(prefix.length != 0 ? prefix.amount.to_decimal() : "", c.decimal) << c.text;
    EXPECT_EQ(c.text.substr(prefix.length), c.rest) << c.text;
  }
}

TEST(Amount, IsRoundedHalfToEvenBeyondThe18thDecimal) {
  constexpr ReadCase kCases[] = {
      // As doubles are printed.
      {"0.0007000000000000001", "0.0007"},
      {"0.30000000000000004", "0.30000000000000004"},
      {"0.10000000000000000555", "0.100000000000000006"},
      {"1.4000000000000001e-5", "0.000014"},
      // Less than half, half and more than half of the last decimal.
      {"0.0000000000000000014", "0.000000000000000001"},
      {"0.0000000000000000015", "0.000000000000000002"},
      {"0.0000000000000000025", "0.000000000000000002"},
      {"0.0000000000000000035", "0.000000000000000004"},
      {"0.00000000000000000250000000001", "0.000000000000000003"},
      {"0.0000000000000000025000000000", "0.000000000000000002"},
      {"0.0000000000000000026", "0.000000000000000003"},
      {"-0.0000000000000000015", "-0.000000000000000002"},
      {"-0.0000000000000000025", "-0.000000000000000002"},
      {"-0.00000000000000000251", "-0.000000000000000003"},
      // Nothing is left, or a unit of nothing.
      {"0.0000000000000000001", "0"},
      {"-0.0000000000000000001", "0"},
      {"0.0000000000000000005", "0"},
      {"0.00000000000000000050001", "0.000000000000000001"},
      {"1e-19", "0"},
      {"5e-19", "0"},
      {"6e-19", "0.000000000000000001"},
      {"15e-19", "0.000000000000000002"},
      {"9e-20", "0"},
      {"99e-20", "0.000000000000000001"},
      {"1e-99999999999", "0"},
      // Nines carry to the front.
      {"1.0000000000000000005", "1"},
      {"9.9999999999999999995", "10"},
      {"-99.9999999999999999999", "-100"},
      {"0.9999999999999999994", "0.999999999999999999"},
      {"170141183460469231731.6873037158841057274", "170141183460469231731.687303715884105727"},
  };
  for (const ReadCase& c : kCases) EXPECT_EQ(decimal_of(c.text), c.expected) << c.text;
}

// The text's value is that of its first decimals and a rest, which an integer comparison rounds.
TEST(Amount, IsRoundedAsIntegersAre) {
  std::mt19937_64 random(18);
  for (int round = 0; round < 20000; ++round) {
    const auto kept = static_cast<std::int64_t>(random() % 1000000);
    const auto rest = static_cast<std::int64_t>(random() % 4 == 0 ? 500 : random() % 1000);
    std::int64_t expected = kept;
    if (rest > 500 || (rest == 500 && kept % 2 == 1)) ++expected;
    std::array<char, 32> digits{};
    std::snprintf(digits.data(), digits.size(), "%lld%03llde-21", static_cast<long long>(kept),
                  static_cast<long long>(rest));
    const std::string sign = random() % 2 == 0 ? "-" : "";
    ASSERT_EQ(decimal_of(sign + digits.data()),
              decimal_of((expected == 0 ? "" : sign) + std::to_string(expected) + "e-18"))
        << digits.data();
  }
}

TEST(Amount, BeyondTheRangeIsRefused) {
  for (const char* const text :
       {"170141183460469231731.687303715884105728", "170141183460469231731.6873037158841057275",
        "-170141183460469231731.68730371588410572751", "-170141183460469231731.687303715884105728",
        "170141183460469231732", "1e21", "-1e21", "1e99999999999",
        "99999999999999999999999999999999999999999"}) {
    EXPECT_EQ(decimal_of(text), "too large") << text;
  }
}

TEST(Amount, ThatIsNoNumberIsRefused) {
  for (const char* const text :
       {"", "-", "+1", "--1", ".5", "5.", "1e", "1e+", "1e1.5", "1,5", "1 ", " 1", "0x10", "NaN",
        "Infinity", "1.2.3", "12a", "/", "一"}) {
    EXPECT_EQ(decimal_of(text), "not a decimal number") << text;
  }
}

TEST(Amount, WithMoreDigitsThanAnyExponentIsStillExact) {
  // 0.000...01 with a hundred thousand zeros, times the power of ten that makes it one.
  const std::string zeros(100000, '0');
  EXPECT_EQ(decimal_of("0." + zeros + "1e100001"), "1");
  EXPECT_EQ(decimal_of("1" + zeros + "e-100000"), "1");
  EXPECT_EQ(decimal_of(zeros + "7"), "7");
  EXPECT_EQ(decimal_of("7." + zeros), "7");
}

// ---- adding ----

TEST(Amount, BeyondTheRangeIsRefusedAndLeavesTheSumUnchanged) {
  const Amount smallest_unit = Amount::parse("0.000000000000000001").value();
  Amount sum = Amount::parse(kLargest).value();
  EXPECT_FALSE(sum.add(smallest_unit));
  EXPECT_EQ(sum.to_decimal(), kLargest);
  EXPECT_TRUE(sum.subtract(smallest_unit));
  EXPECT_TRUE(sum.add(smallest_unit));

  Amount negative = Amount::parse("-" + std::string(kLargest)).value();
  EXPECT_FALSE(negative.subtract(smallest_unit));
  EXPECT_EQ(negative.to_decimal(), "-" + std::string(kLargest));
  EXPECT_EQ(negative.magnitude(), sum);
  EXPECT_TRUE(negative.add(sum));
  EXPECT_EQ(negative, Amount{});
}

TEST(Amount, OfTenFenAddedTenTimesIsExactlyOneYuan) {
  Amount sum;
  for (int i = 0; i < 10; ++i) ASSERT_TRUE(sum.add(Amount::parse("0.1").value()));
  EXPECT_EQ(sum, Amount::parse("1").value());
}

// With so many decimals at least, in memory of just the promised size.
std::string with_decimals(std::string_view text, int fewest) {
  std::vector<char> memory(Amount::kMostBytes);
  const char* const end = Amount::parse(text).value().write_decimal(memory.data(), fewest);
  return {static_cast<const char*>(memory.data()), end};
}

TEST(Amount, IsWrittenWithAtLeastAsManyDecimalsAsAreWanted) {
  EXPECT_EQ(with_decimals("7", 0), "7");
  EXPECT_EQ(with_decimals("7", 2), "7.00");
  EXPECT_EQ(with_decimals("7.5", 2), "7.50");
  EXPECT_EQ(with_decimals("-7.125", 2), "-7.125");
  EXPECT_EQ(with_decimals("7", 8), "7.00000000");
  EXPECT_EQ(with_decimals("7", 9), "7.000000000");
  EXPECT_EQ(with_decimals("7.000000001", 0), "7.000000001");
  EXPECT_EQ(with_decimals("1", 18), "1.000000000000000000");
  EXPECT_EQ(with_decimals("-1e20", 2), "-100000000000000000000.00");
  EXPECT_EQ(with_decimals("4722366.482869645213696", 2), "4722366.482869645213696");  // 2^82 units
  EXPECT_EQ(with_decimals("4722366.482869645213695999", 2), "4722366.482869645213695999");
  EXPECT_EQ(with_decimals("-" + std::string(kLargest), 18), "-" + std::string(kLargest));
}

TEST(Amount, OrdersByValue) {
  EXPECT_LT(Amount::parse("-1").value(), Amount{});
  EXPECT_LT(Amount::parse("9.99").value(), Amount::parse("10").value());
  EXPECT_EQ(Amount::parse("1.50").value(), Amount::parse("15e-1").value());
}

TEST(Amount, SumsAsLongArithmeticOnTextsDoes) {
  std::mt19937_64 random(20261123);
  for (int round = 0; round < 300; ++round) {
    Amount sum;
    LongDecimal expected;
    for (int i = 0; i < 40; ++i) {
      const std::string text = random_decimal(random, 18);
      const Amount amount = Amount::parse(text).value();
      ASSERT_EQ(amount.to_decimal(), write_long(read_long(text)));
      LongDecimal term = read_long(text);
      if (i % 3 == 2) {
        ASSERT_TRUE(sum.subtract(amount));
        term.negative = !term.negative;
      } else {
        ASSERT_TRUE(sum.add(amount));
      }
      expected = add_long(expected, term);
    }
    ASSERT_EQ(sum.to_decimal(), write_long(expected));
  }
}

// ---- printing ----

TEST(Amount, IsPrintedInTheShortestDigitsWithoutExponent) {
  EXPECT_EQ(printed("0"), "0");
  EXPECT_EQ(printed("-0"), "0");
  EXPECT_EQ(printed("119.68"), "119.68");
  EXPECT_EQ(printed("100000"), "100000");
  EXPECT_EQ(printed("-100000.50"), "-100000.5");
  EXPECT_EQ(printed("1e20"), "100000000000000000000");
  EXPECT_EQ(printed("0.000001"), "0.000001");
  EXPECT_EQ(printed("0.0000012"), "0.0000012");
  EXPECT_EQ(printed("0.000000999"), "9.99e-07");
  EXPECT_EQ(printed("-0.000000000000000001"), "-1e-18");
  // The nearest double to 0.1 + 0.2 as decimals is that of 0.3.
  EXPECT_EQ(printed("0.3"), "0.3");
  // 2^53 + 1 is no double: the nearest even one is printed.
  EXPECT_EQ(printed("9007199254740993"), "9007199254740992");
}

TEST(Number, IsPrintedWithoutExponentFromAMillionthToTenToThe21) {
  EXPECT_EQ(printed_number(1e21), "1e+21");
  EXPECT_EQ(printed_number(999999999999999868928.0), "999999999999999900000");
  EXPECT_EQ(printed_number(1e-6), "0.000001");
  EXPECT_EQ(printed_number(1795276800), "1795276800");
  EXPECT_EQ(printed_number(0.25), "0.25");
  EXPECT_EQ(printed_number(-0.0), "0");
  EXPECT_EQ(printed_number(std::nan("")), "NaN");
  EXPECT_EQ(printed_number(HUGE_VAL), "+Inf");
  EXPECT_EQ(printed_number(-HUGE_VAL), "-Inf");
}

TEST(Amount, PrintedReadsBackAsTheNearestDoubleAndNoShorterTextDoes) {
  std::mt19937_64 random(4711);
  for (int round = 0; round < 20000; ++round) {
    const std::string decimal = random_decimal(random, 19);
    const double nearest = std::strtod(decimal.c_str(), nullptr);
    const std::string text = printed(decimal);
    ASSERT_EQ(std::strtod(text.c_str(), nullptr), nearest) << decimal;
    if (std::abs(nearest) >= 1e-6) {
      ASSERT_EQ(text.find('e'), std::string::npos) << decimal;
    }

    std::string digits;
    for (const char c : text.substr(0, text.find('e'))) {
      if (c >= '0' && c <= '9') digits += c;
    }
    digits = without_leading_zeros(digits);
    digits.erase(digits.find_last_not_of('0') + 1);
    if (digits.size() < 2) continue;
    char shorter[64];
    std::snprintf(shorter, sizeof shorter, "%.*e", static_cast<int>(digits.size()) - 2, nearest);
    ASSERT_NE(std::strtod(shorter, nullptr), nearest) << text << " could be " << shorter;
  }
}

TEST(Amount, DividedIsRoundedOnceHalfToEven) {
  const auto divided = [](std::string_view text, std::int64_t by) {
    return Amount::parse(text).value().divided_by(by).to_decimal();
  };
  EXPECT_EQ(divided("10", 3), "3.33333333");
  EXPECT_EQ(divided("20", 3), "6.66666667");
  EXPECT_EQ(divided("-20", 3), "-6.66666667");
  EXPECT_EQ(divided("0.00000001", 2), "0");
  EXPECT_EQ(divided("0.00000003", 2), "0.00000002");
  EXPECT_EQ(divided("-0.00000003", 2), "-0.00000002");
  EXPECT_EQ(divided("0.000000010000000001", 2), "0.00000001");
  EXPECT_EQ(divided("0.000000005", 1), "0");
  EXPECT_EQ(divided("0.000000015", 1), "0.00000002");
  EXPECT_EQ(divided("170141183460469231731", 30), "5671372782015641057.7");
  EXPECT_EQ(divided("119.68", std::numeric_limits<std::int64_t>::max()), "0");
}

TEST(Amount, TimesAWholeNumberIsExactOrNothing) {
  EXPECT_EQ(Amount::parse("0.33333333").value().times(10)->to_decimal(), "3.3333333");
  EXPECT_EQ(Amount::parse("-2.5").value().times(31)->to_decimal(), "-77.5");
  EXPECT_EQ(Amount::parse("2.5").value().times(0)->to_decimal(), "0");
  EXPECT_FALSE(Amount::parse("100000000000000000000").value().times(2));
  EXPECT_FALSE(Amount::parse("-100000000000000000000").value().times(2));
}

}  // namespace
}  // namespace cloud_billing
