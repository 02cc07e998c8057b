#pragma once

// Opens a provider's JSON responses with simdjson On-Demand and reads what stands in them as it is
// written. What a text that stands for "no value" looks like is each cloud's own matter: see
// FieldReader (field_reader.h). Owner of simdjson: beside core/utf8.cc nothing else includes it.
// One parser per thread; what it hands out lives until the next response is opened.

#include <simdjson.h>

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "core/result.h"

namespace cloud_billing {

using JsonParser = simdjson::ondemand::parser;
using JsonValue = simdjson::ondemand::value;
using JsonObject = simdjson::ondemand::object;
using JsonArray = simdjson::ondemand::array;
using JsonDocument = simdjson::ondemand::document;
using JsonField = simdjson::ondemand::field;
using JsonType = simdjson::ondemand::json_type;

// What is wrong with a value, for a message that names the field but never quotes it; empty
// means success. It is a constant of this program, so it may be kept. Not a Result<void>: this one
// is returned in two registers and tested once for each of the two thousand values of a page.
using JsonProblem = std::string_view;

// Opens a document whose root is an object. `body` must stay as it is while the document is used;
// it is given spare capacity if it lacks it, and its ill-formed UTF-8 is replaced. Throws
// std::bad_alloc, as whatever needs memory does: a document of which only a part could be read is
// no problem of the document.
[[nodiscard]] Result<JsonDocument, JsonProblem> open_json(std::string& body);

// Opens a document of any root with this parser, which belongs to it until the next one; the rest
// as above. The error says why there is none.
[[nodiscard]] simdjson::error_code open_document(JsonParser& parser, std::string& body,
                                                 JsonDocument& document);

// The name of a field; nothing if it is ill-formed. Before the field's value is read.
[[nodiscard]] inline std::optional<std::string_view> name_of(JsonField& field) {
  // Nearly all names are written without escapes: they are what stands between the quotes.
  const char* const begin = field.key().raw();
  const char* end = begin;
  while (*end != '"' && *end != '\\') ++end;
  if (*end == '"') return std::string_view(begin, static_cast<std::size_t>(end - begin));
  std::string_view name;
  if (field.unescaped_key().get(name) != simdjson::SUCCESS) return std::nullopt;
  return name;
}

// The value's first token as written, without the white space behind it.
[[nodiscard]] std::string_view token_of(JsonValue& value);

// A text as delivered; null reads as empty, numbers and booleans as they are written. `text` is
// left alone if it is none.
[[nodiscard]] JsonProblem read_text(JsonValue& value, std::string_view& text);

}  // namespace cloud_billing
