#include "money.h"

#include <algorithm>
#include <stdexcept>

namespace simulator {
namespace {

// The digits of |units|, at least kMoneyScale + 1 of them.
std::string absolute_digits(Money money) {
  unsigned __int128 rest = money.units < 0 ? -static_cast<unsigned __int128>(money.units)
                                           : static_cast<unsigned __int128>(money.units);
  std::string digits;
  while (rest > 0 || digits.size() <= kMoneyScale) {
    digits += static_cast<char>('0' + static_cast<int>(rest % 10));
    rest /= 10;
  }
  std::reverse(digits.begin(), digits.end());
  return digits;
}

}  // namespace

std::string write_padded(Money money, int decimals) {
  std::string digits = absolute_digits(money);
  const std::size_t point = digits.size() - kMoneyScale;
  std::string fraction = digits.substr(point);
  while (fraction.size() > static_cast<std::size_t>(decimals) && fraction.back() == '0') {
    fraction.pop_back();
  }
  std::string text = (money.units < 0 ? "-" : "") + digits.substr(0, point);
  if (fraction.size() < static_cast<std::size_t>(decimals)) {
    fraction.append(static_cast<std::size_t>(decimals) - fraction.size(), '0');
  }
  return fraction.empty() ? text : text + "." + fraction;
}

std::string write_decimal(Money money) { return write_padded(money, 0); }

std::string write_exponent(Money money) {
  if (money.units == 0) {
    return "0E-8";
  }
  std::string digits = absolute_digits(money);
  int exponent = -kMoneyScale;
  while (digits.back() == '0') {
    digits.pop_back();
    ++exponent;
  }
  digits.erase(0, digits.find_first_not_of('0'));
  return (money.units < 0 ? "-" : "") + digits + "E" + (exponent > 0 ? "+" : "") +
         std::to_string(exponent);
}

Money parse_money(const std::string& text) {
  const bool negative = !text.empty() && text.front() == '-';
  Money money;
  int decimals = -1;
  for (std::size_t i = negative ? 1 : 0; i < text.size(); ++i) {
    if (text[i] == '.' && decimals < 0) {
      decimals = 0;
    } else if (text[i] >= '0' && text[i] <= '9' && decimals < kMoneyScale) {
      money.units = money.units * 10 + (text[i] - '0');
      decimals += decimals >= 0 ? 1 : 0;
    } else {
      throw std::invalid_argument("not an amount: " + text);
    }
  }
  for (int i = std::max(decimals, 0); i < kMoneyScale; ++i) {
    money.units *= 10;
  }
  return negative ? Money{-money.units} : money;
}

}  // namespace simulator
