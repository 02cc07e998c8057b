#include "json/json_reader.h"

#include <charconv>
#include <utility>

#include "core/utf8.h"

namespace cloud_billing {
namespace {

constexpr JsonProblem kNotText = "not a text";
constexpr JsonProblem kIllFormedText = "a text that cannot be read";
constexpr JsonProblem kNotAnAmount = "not an amount";
constexpr JsonProblem kNotACount = "not a count";

bool means_no_value(std::string_view text) { return text.empty() || text == "/"; }

constexpr std::string_view kWhiteSpace = " \n\r\t";

bool is_blank(std::string_view text) {
  return text.find_first_not_of(kWhiteSpace) == std::string_view::npos;
}

// The token as written, without the white space behind it.
std::string_view token_of(JsonValue& value) {
  const std::string_view token = value.raw_json_token();
  return token.substr(0, token.find_last_not_of(kWhiteSpace) + 1);
}

// The digits of a number or of a numeric text; empty for no value.
JsonProblem read_digits(JsonValue& value, std::string_view& digits, JsonProblem problem) {
  JsonType type{};
  if (value.type().get(type) != simdjson::SUCCESS) return problem;
  switch (type) {
    case JsonType::number:
      digits = token_of(value);
      return {};
    case JsonType::string:
      if (value.get_string().get(digits) != simdjson::SUCCESS) return problem;
      if (means_no_value(digits)) digits = {};
      return {};
    case JsonType::null:
      if (token_of(value) != "null") return problem;
      digits = {};
      return {};
    default:
      return problem;
  }
}

}  // namespace

Result<JsonDocument, JsonProblem> open_json(std::string& body) {
  thread_local simdjson::ondemand::parser parser;
  constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
  if (body.starts_with(kByteOrderMark)) body.erase(0, kByteOrderMark.size());
  JsonDocument document;
  const auto open = [&] {
    body.reserve(body.size() + simdjson::SIMDJSON_PADDING);
    return parser.iterate(simdjson::padded_string_view(body.data(), body.size(), body.capacity()))
        .get(document);
  };
  auto error = open();
  if (error == simdjson::UTF8_ERROR) {
    body = replace_ill_formed_utf8(std::move(body));
    error = open();
  }
  if (error != simdjson::SUCCESS) return JsonProblem("not JSON");
  JsonObject root;
  if (document.get_object().get(root) != simdjson::SUCCESS) return JsonProblem("not a JSON object");
  document.rewind();
  return document;
}

JsonProblem read_text(JsonValue& value, std::string_view& text) {
  JsonType type{};
  if (value.type().get(type) != simdjson::SUCCESS) return kNotText;
  switch (type) {
    case JsonType::string:
      if (value.get_string().get(text) != simdjson::SUCCESS) return kIllFormedText;
      // NUL separates the parts of a group's key.
      return text.find('\0') == std::string_view::npos ? JsonProblem{} : kIllFormedText;
    case JsonType::null:
      text = {};
      return token_of(value) == "null" ? JsonProblem{} : kNotText;
    case JsonType::number:
    case JsonType::boolean:
      text = token_of(value);
      return {};
    default:
      return kNotText;
  }
}

JsonProblem read_amount(JsonValue& value, OptionalAmount& amount) {
  // Nearly every amount is short and stands as it is between its token's ends.
  std::string_view token = value.raw_json_token();
  const bool quoted = token.starts_with('"');
  if (quoted) token.remove_prefix(1);
  if (Amount::parse_short(token, amount.emplace()) &&
      (quoted ? token.starts_with('"') : is_blank(token))) {
    return {};
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

JsonProblem read_count(JsonValue& value, std::optional<std::int64_t>& count) {
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
