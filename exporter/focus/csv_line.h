#pragma once

// One line after the other of a CSV file (RFC 4180) as FOCUS wants its values written: no value is
// an empty field, a decimal has a point. Texts are well-formed UTF-8 and are written as they are,
// also those that a spreadsheet program takes for formulas. Pure, any thread.

#include <cstddef>
#include <string>
#include <string_view>

#include "core/amount.h"
#include "core/calendar.h"

namespace cloud_billing {

// Writes fields to the end of a text.
class CsvLine {
 public:
  explicit CsvLine(std::string& out) : out_(out) {}

  void add_none() { begin_field(); }
  // A text of this program's own, which needs no quotes.
  void add_word(std::string_view word) {
    begin_field();
    out_ += word;
  }
  // An empty text is no value.
  void add_text(std::string_view text);
  // The text that `append` puts behind what is there, with two quotes for one: it is quoted.
  template <typename Append>
  void add_quoted_by(const Append& append) {
    begin_field();
    out_ += '"';
    append(out_);
    out_ += '"';
  }
  // The text that `append` puts behind what is there.
  template <typename Append>
  void add_text_by(const Append& append) {
    begin_field();
    const std::size_t begin = out_.size();
    append(out_);
    quote_from(begin);
  }
  // Exact, without exponent, with two decimals at least: "0.00", "-5.25", "0.12345678".
  void add_decimal(Amount amount);
  // "2026-09-30T16:00:00Z"; of the years 0 to 9999.
  void add_time(UtcSeconds time);
  void end_line();

 private:
  // Quotes the field that begins there, if it has to be.
  void quote_from(std::size_t begin);

  void begin_field() {
    if (!is_first_) out_ += ',';
    is_first_ = false;
  }

  std::string& out_;
  bool is_first_ = true;
};

}  // namespace cloud_billing
