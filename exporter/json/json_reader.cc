#include "json/json_reader.h"

#include <new>
#include <utility>

#include "core/byte_order_mark.h"
#include "core/utf8.h"

namespace cloud_billing {
namespace {

constexpr JsonProblem kNotText = "not a text";
constexpr JsonProblem kIllFormedText = "a text that cannot be read";

// What stands between the quotes of a text without escapes, as nearly all are: as it is written.
std::optional<std::string_view> plain_text_of(JsonValue& value) {
  std::string_view token = value.raw_json_token();
  if (!token.starts_with('"')) return std::nullopt;
  if (!token.ends_with('"')) token = token_of(value);
  const std::string_view text = token.substr(1, token.size() - 2);
  if (text.find('\\') != std::string_view::npos) return std::nullopt;
  return text;
}

// simdjson reads on without the place where it unescapes texts if it gets no memory for that.
struct OpenDocument : JsonDocument {
  static bool has_place_for_texts(JsonDocument& document) {
    return (document.*&OpenDocument::iter).string_buf_loc() != nullptr;
  }
};

}  // namespace

simdjson::error_code open_document(JsonParser& parser, std::string& body, JsonDocument& document) {
  body.reserve(body.size() + simdjson::SIMDJSON_PADDING);
  const simdjson::padded_string_view padded(body.data(), body.size(), body.capacity());
  const simdjson::error_code error = parser.iterate(padded).get(document);
  const bool is_open = error == simdjson::SUCCESS;
  if (error == simdjson::MEMALLOC || (is_open && !OpenDocument::has_place_for_texts(document))) {
    parser = JsonParser();  // what it holds may be half of what it needs
    throw std::bad_alloc();
  }
  return error;
}

Result<JsonDocument, JsonProblem> open_json(std::string& body) {
  thread_local JsonParser parser;
  if (body.starts_with(kByteOrderMark)) body.erase(0, kByteOrderMark.size());
  JsonDocument document;
  auto error = open_document(parser, body, document);
  if (error == simdjson::UTF8_ERROR) {
    body = replace_ill_formed_utf8(std::move(body));
    error = open_document(parser, body, document);
  }
  if (error != simdjson::SUCCESS) return JsonProblem("not JSON");
  JsonObject root;
  if (document.get_object().get(root) != simdjson::SUCCESS) return JsonProblem("not a JSON object");
  document.rewind();
  return document;
}

std::string_view token_of(JsonValue& value) {
  const std::string_view token = value.raw_json_token();
  return token.substr(0, token.find_last_not_of(" \n\r\t") + 1);
}

JsonProblem read_text(JsonValue& value, std::string_view& text) {
  if (const auto plain = plain_text_of(value)) {
    text = *plain;
    return {};
  }
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

}  // namespace cloud_billing
