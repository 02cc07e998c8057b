#pragma once

// FieldReader: reads texts, amounts and counts as one cloud writes them. Clouds differ in the text
// that stands for "no value"; each makes one constant reader with its own, and what is another
// cloud's mark is an unreadable amount here, not a silent zero. Amounts are read from their digits,
// never through a double. A constant for any thread; what it reads lives as long as the document.

#include <cstdint>
#include <optional>
#include <string_view>

#include "core/amount.h"
#include "json/json_reader.h"

namespace cloud_billing {

class FieldReader {
 public:
  // `mark` is the text that stands for "no value", besides the empty one and null.
  explicit constexpr FieldReader(std::string_view mark) : mark_(mark) {}

  [[nodiscard]] constexpr bool means_none(std::string_view text) const {
    return text.empty() || text == mark_;
  }

  // A text, empty if there is no value; numbers and booleans as they are written.
  [[nodiscard]] JsonProblem read_text(JsonValue& value, std::string_view& text) const {
    const JsonProblem problem = cloud_billing::read_text(value, text);
    if (means_none(text)) text = {};
    return problem;
  }

  // A number or its text; nothing if there is no value.
  [[nodiscard]] JsonProblem read_amount(JsonValue& value, OptionalAmount& amount) const;

  // A count such as a page number: an integer or its text; nothing if there is no value.
  [[nodiscard]] JsonProblem read_count(JsonValue& value, std::optional<std::int64_t>& count) const;

 private:
  [[nodiscard]] JsonProblem read_digits(JsonValue& value, std::string_view& digits,
                                        JsonProblem problem) const;

  std::string_view mark_;
};

}  // namespace cloud_billing
