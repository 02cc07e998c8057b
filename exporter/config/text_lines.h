#pragma once

// Finds lines and positions in a text. Keeps a view of it, which must outlive this. One thread.

#include <cstddef>
#include <string_view>
#include <vector>

#include "config/position.h"

namespace cloud_billing {

class TextLines {
 public:
  explicit TextLines(std::string_view text);

  // The byte of a line and a byte within it, both from 0; at most the text's size.
  [[nodiscard]] std::size_t offset(std::size_t line, std::size_t column) const;

  // The position of a byte. Fast if offsets grow from call to call, however long a line is.
  [[nodiscard]] Position position(std::size_t offset);

  [[nodiscard]] std::string_view rest(std::size_t offset) const { return text_.substr(offset); }
  [[nodiscard]] std::string_view line_of(std::size_t offset) const;
  [[nodiscard]] std::string_view text() const { return text_; }
  [[nodiscard]] std::size_t end_of_line(std::size_t offset) const;

 private:
  // The index of the line that holds this byte.
  [[nodiscard]] std::size_t line_index(std::size_t offset) const;

  std::string_view text_;
  std::vector<std::size_t> starts_;
  std::size_t counted_to_ = 0;  // where the last count of characters in a line ended
  int characters_ = 0;          // from that line's start to there
};

}  // namespace cloud_billing
