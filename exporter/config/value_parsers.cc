#include "config/value_parsers.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <system_error>

#include "config/duration.h"
#include "config/synonyms.h"
#include "core/ascii.h"
#include "core/currency.h"
#include "core/spelling.h"

namespace cloud_billing {
namespace {

constexpr std::size_t kMaxNameCharacters = 64;

Result<Amount> parse_amount(std::string_view text) {
  const auto amount = Amount::parse(text);
  if (!amount && amount.error() == AmountError::kNotANumber) return Error{"expected a number"};
  if (!amount) return Error{std::string(describe(amount.error()))};
  return *amount;
}

}  // namespace

Result<std::chrono::seconds> parse_duration_within(std::string_view text, std::chrono::seconds min,
                                                   std::optional<std::chrono::seconds> max) {
  auto duration = parse_duration(text);
  if (!duration) return duration;
  if (*duration < min) return Error{"expected at least " + format_duration(min)};
  if (max && *duration > *max) return Error{"expected at most " + format_duration(*max)};
  return duration;
}

Result<std::chrono::seconds> parse_interval(std::string_view text) {
  return parse_duration_within(text, kMinInterval);
}

Result<int> parse_integer_within(std::string_view text, int min, int max) {
  int value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  const bool whole = end == text.data() + text.size();
  if (error != std::errc() || !whole || value < min || value > max) {
    return Error{"expected a whole number from " + std::to_string(min) + " to " +
                 std::to_string(max)};
  }
  return value;
}

Result<double> parse_decimal(std::string_view text) {
  double value = 0;
  const bool decimal = text.find_first_not_of("0123456789+-.eE") == text.npos;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (!decimal || error != std::errc() || end != text.data() + text.size()) {
    return Error{"expected a number"};
  }
  return value;
}

Result<std::string> parse_non_empty(std::string_view text) {
  if (text.empty()) return Error{"must not be empty"};
  return std::string(text);
}

Result<std::string> parse_account_name(std::string_view text) {
  if (text.empty()) return Error{"must not be empty"};
  if (count_characters(text) > kMaxNameCharacters) {
    return Error{"longer than " + std::to_string(kMaxNameCharacters) + " characters"};
  }
  if (has_control_character(text)) return Error{"must not hold control characters"};
  return std::string(text);
}

Result<std::string> parse_currency(std::string_view text) {
  if (const auto code = read_currency(text)) return std::string(code->text());
  constexpr std::array<std::string_view, 2> kUsual{"CNY", "USD"};
  return Error{"expected an ISO 4217 code such as \"CNY\"" + suggest_name(text, kUsual)};
}

Result<std::string> parse_plain_name(std::string_view text, std::string_view example) {
  const bool plain = std::all_of(text.begin(), text.end(),
                                 [](char c) { return is_letter_or_digit(c) || c == '-'; });
  if (text.empty() || !plain) {
    return Error{"expected a name of letters, digits and '-', such as " + quote_text(example)};
  }
  return std::string(text);
}

Result<std::optional<Amount>> parse_budget(std::string_view text) {
  const auto amount = parse_amount(text);
  if (!amount) return amount.error();
  if (*amount <= Amount()) return Error{"expected more than 0"};
  return std::optional(*amount);
}

Result<std::optional<Amount>> parse_low_balance(std::string_view text) {
  const auto amount = parse_amount(text);
  if (!amount) return amount.error();
  if (*amount < Amount()) return Error{"expected 0 or more"};
  return std::optional(*amount);
}

std::string expect_choice(std::string_view text, std::span<const std::string_view> names) {
  return "expected " + list_choices(names) + suggest_name(text, names);
}

}  // namespace cloud_billing
