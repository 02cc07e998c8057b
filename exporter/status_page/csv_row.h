#pragma once

// Lines of a CSV file (RFC 4180), which people may open in a spreadsheet program. Pure, any thread.

#include <optional>
#include <string>
#include <string_view>

#include "core/amount.h"

namespace cloud_billing {

class CsvRow {
 public:
  // As UTF-8. A text that a spreadsheet program would take for a formula gets a ' in front.
  void add_text(std::string_view text);
  // The exact decimal; nothing leaves the field empty.
  void add_amount(const std::optional<Amount>& amount);

  // With the line break.
  [[nodiscard]] std::string text() const { return text_ + "\r\n"; }

 private:
  void begin_field();

  std::string text_;
  bool is_first_ = true;
};

}  // namespace cloud_billing
