#include "focus/csv_line.h"

#include <cstddef>

namespace cloud_billing {

void CsvLine::add_text(std::string_view text) {
  begin_field();
  if (text.find_first_of(",\"\r\n") == std::string_view::npos) {
    out_ += text;
    return;
  }
  out_ += '"';
  for (std::size_t quote = 0; (quote = text.find('"')) != std::string_view::npos;) {
    out_ += text.substr(0, quote + 1);
    out_ += '"';
    text.remove_prefix(quote + 1);
  }
  out_ += text;
  out_ += '"';
}

void CsvLine::add_decimal(Amount amount) {
  constexpr std::size_t kFewestDecimals = 2;
  begin_field();
  const std::string digits = amount.to_decimal();
  out_ += digits;
  const std::size_t point = digits.find('.');
  if (point == std::string::npos) {
    out_ += ".00";
  } else if (digits.size() - point <= kFewestDecimals) {
    out_ += '0';
  }
}

void CsvLine::end_line() {
  out_ += "\r\n";
  is_first_ = true;
}

}  // namespace cloud_billing
