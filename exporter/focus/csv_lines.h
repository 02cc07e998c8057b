#pragma once

// The lines of a CSV file (RFC 4180) as FOCUS wants its values written: no value is an empty field,
// a decimal has a point. Texts are well-formed UTF-8 and are written as they are, also those that a
// spreadsheet program takes for formulas. One thread.

#include <algorithm>
#include <cstddef>
#include <initializer_list>
#include <string>
#include <string_view>

#include "core/amount.h"
#include "core/byte_scan.h"
#include "core/calendar.h"

namespace cloud_billing {

// Writes field after field and line after line into memory that it keeps for those to come.
class CsvLines {
 public:
  CsvLines() = default;
  CsvLines(const CsvLines&) = delete;
  CsvLines& operator=(const CsvLines&) = delete;

  // What was written so far: a line that is not ended has a comma at its end.
  [[nodiscard]] std::string_view text() const { return {memory_.data(), size_}; }
  // For other lines.
  void clear() { size_ = 0; }

  void add_none() {
    *make_room(1) = ',';
    ++size_;
  }
  // A text of this program's own, which needs no quotes.
  void add_word(std::string_view word) {
    char* const begin = make_room(word.size() + 1);
    *std::copy(word.begin(), word.end(), begin) = ',';
    size_ += word.size() + 1;
  }
  // An empty text is no value.
  void add_text(std::string_view text) {
    put(text);
    end_text(text.size());
  }
  // A text that is put together of these.
  void add_joined(std::initializer_list<std::string_view> parts);
  // The text that `append` puts behind what is there, with two quotes for each that it has: it is
  // quoted.
  template <typename Append>
  void add_doubled_by(const Append& append) {
    part_.clear();
    append(part_);
    add_doubled(part_);
  }
  // Exact, without exponent, with two decimals at least: "0.00", "-5.25", "0.12345678".
  void add_decimal(Amount amount);
  // "2026-09-30T16:00:00Z"; of the years 0 to 9999.
  void add_time(UtcSeconds time);
  // Of at least one field.
  void end_line();

 private:
  // Where the next bytes are written; so many have room there.
  char* make_room(std::size_t bytes) {
    if (memory_.size() < size_ + bytes) memory_.resize(memory_.size() * 2 + bytes);
    return memory_.data() + size_;
  }
  // A part of a text.
  void put(std::string_view text) {
    // Nearly no text holds one of them, or another control character.
    constexpr unsigned char kAboveLineBreaks = '\r' + 1;
    char* const to = make_room(text.size());
    if (copy_and_look<kAboveLineBreaks, ',', '"'>(text, to)) may_want_quotes_ = true;
    size_ += text.size();
  }
  // Of the text that was put, of so many bytes.
  void end_text(std::size_t bytes) {
    if (may_want_quotes_) quote_last(bytes);
    add_none();
  }
  // Quotes so many bytes that were written last, if they have to be.
  void quote_last(std::size_t bytes);
  void add_doubled(std::string_view text);

  std::string memory_;  // filled up to size_
  std::size_t size_ = 0;
  bool may_want_quotes_ = false;  // the text that is being put
  std::string part_;              // kept for its memory
};

}  // namespace cloud_billing
