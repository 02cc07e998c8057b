#include "json/field_reader.h"

#include <charconv>

#include "core/amount_prefix.h"
#include "core/ascii.h"

namespace cloud_billing {
namespace {

constexpr JsonProblem kNotAnAmount = "not an amount";
constexpr JsonProblem kNotACount = "not a count";

}  // namespace

// The digits of a number or of a numeric text; empty for no value.
JsonProblem FieldReader::read_digits(JsonValue& value, std::string_view& digits,
                                     JsonProblem problem) const {
  JsonType type{};
  if (value.type().get(type) != simdjson::SUCCESS) return problem;
  switch (type) {
    case JsonType::number:
      digits = token_of(value);
      return {};
    case JsonType::string:
      if (value.get_string().get(digits) != simdjson::SUCCESS) return problem;
      if (means_none(digits)) digits = {};
      return {};
    case JsonType::null:
      if (token_of(value) != "null") return problem;
      digits = {};
      return {};
    default:
      return problem;
  }
}

JsonProblem FieldReader::read_amount(JsonValue& value, OptionalAmount& amount) const {
  // Nearly every amount is short and stands as it is between its token's ends.
  std::string_view token = value.raw_json_token();
  const bool quoted = token.starts_with('"');
  if (quoted) token.remove_prefix(1);
  if (const AmountPrefix prefix = AmountPrefix::of(token); prefix.length != 0) {
    token.remove_prefix(prefix.length);
    if (quoted ? token.starts_with('"') : trim_blanks(token).empty()) {
      amount = prefix.amount;
      return {};
    }
  }
  amount.reset();

  std::string_view digits;
  if (const JsonProblem problem = read_digits(value, digits, kNotAnAmount); !problem.empty()) {
    return problem;
  }
  if (digits.empty()) return {};
  const auto parsed = Amount::parse(digits);
  if (!parsed) return describe(parsed.error());
  amount = *parsed;
  return {};
}

JsonProblem FieldReader::read_count(JsonValue& value, std::optional<std::int64_t>& count) const {
  std::string_view digits;
  if (const JsonProblem problem = read_digits(value, digits, kNotACount); !problem.empty()) {
    return problem;
  }
  count.reset();
  if (digits.empty()) return {};
  std::int64_t number = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
  if (error != std::errc{} || end != digits.data() + digits.size()) return kNotACount;
  count = number;
  return {};
}

}  // namespace cloud_billing
