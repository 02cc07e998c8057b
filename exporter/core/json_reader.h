#pragma once

// Reads a provider's JSON answers with simdjson On-Demand, amounts from their raw text and never
// through a double. Owner of simdjson: nothing else includes it. One parser per thread; what it
// hands out lives until the next answer.

#include <simdjson.h>

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "core/amount.h"
#include "core/result.h"

namespace cloud_billing {

using JsonValue = simdjson::ondemand::value;
using JsonObject = simdjson::ondemand::object;
using JsonArray = simdjson::ondemand::array;
using JsonDocument = simdjson::ondemand::document;
using JsonField = simdjson::ondemand::field;
using JsonType = simdjson::ondemand::json_type;

// What is wrong with a value, for a message that names the field but never quotes it. Empty:
// nothing.
using JsonProblem = std::string_view;

// Opens a document whose root is an object. `body` must stay as it is while the document is used;
// it is given spare capacity where it lacks it.
[[nodiscard]] Result<JsonDocument, JsonProblem> open_json(std::string& body);

// The name of a field; nothing where it is ill-formed. Before the field's value is read.
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

// A text; null and absent read as empty; numbers and booleans as they are written.
[[nodiscard]] JsonProblem read_text(JsonValue& value, std::string_view& text);

// A number or a numeric text; "/", "" and null mean no value.
[[nodiscard]] JsonProblem read_amount(JsonValue& value, OptionalAmount& amount);

// A count such as a page number: an integer or its text; "/", "" and null mean no value.
[[nodiscard]] JsonProblem read_count(JsonValue& value, std::optional<std::int64_t>& count);

// Field names of an object to small numbers, found in constant time. Names are the enumeration's
// order.
template <std::size_t N>
class FieldTable {
 public:
  explicit constexpr FieldTable(const std::array<std::string_view, N>& names) : names_(names) {
    slots_.fill(kEmpty);
    for (std::size_t i = 0; i < N; ++i) {
      std::size_t slot = slot_of(names_[i]);
      while (slots_[slot] != kEmpty) slot = (slot + 1) % kSlots;
      slots_[slot] = static_cast<std::uint8_t>(i);
    }
  }

  // The name's index, or N.
  [[nodiscard]] constexpr std::size_t find(std::string_view name) const {
    for (std::size_t slot = slot_of(name); slots_[slot] != kEmpty; slot = (slot + 1) % kSlots) {
      if (names_[slots_[slot]] == name) return slots_[slot];
    }
    return N;
  }

 private:
  static constexpr std::size_t kSlots = 128;
  static constexpr std::uint8_t kEmpty = 255;
  static_assert(N <= kSlots / 2, "a fuller table would be slow");

  static constexpr std::size_t slot_of(std::string_view name) {
    if (name.empty()) return 0;
    const auto code = [name](std::size_t i) { return static_cast<unsigned char>(name[i]); };
    return (name.size() * 31U + code(0) * 7U + code(name.size() / 2) * 3U + code(name.size() - 1)) %
           kSlots;
  }

  std::array<std::string_view, N> names_;
  std::array<std::uint8_t, kSlots> slots_{};
};

}  // namespace cloud_billing
