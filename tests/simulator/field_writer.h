#pragma once

// JSON objects as text, appended field by field for speed, with amounts in the many spellings that
// Java's BigDecimal and its neighbours produce. Pure.

#include <cstdint>
#include <string>
#include <string_view>

#include "money.h"

namespace simulator {

// `text` with quotes, escaped.
void append_json_string(std::string& out, std::string_view text);

// Appends `"name":value,`. `out` must outlive it.
class FieldWriter {
 public:
  explicit FieldWriter(std::string& out) : out_(out) {}

  void text(std::string_view name, std::string_view value);
  void raw(std::string_view name, std::string_view value);  // any JSON value, as it is

 private:
  void key(std::string_view name);

  std::string& out_;
};

// Appends the amounts of one row, whose `occurrence` chooses their spellings.
class AmountWriter {
 public:
  AmountWriter(std::string& out, std::uint64_t occurrence)
      : fields_(out), occurrence_(occurrence) {}

  void required(std::string_view name, Money money);
  // A part that is zero may also be absent or a placeholder.
  void optional(std::string_view name, Money money);

 private:
  std::uint64_t next_spelling();

  FieldWriter fields_;
  std::uint64_t occurrence_;
  std::uint64_t field_ = 0;
};

}  // namespace simulator
