#include "config/text_lines.h"

#include <algorithm>

namespace cloud_billing {

TextLines::TextLines(std::string_view text) : text_(text), starts_{0} {
  for (std::size_t at = text.find('\n'); at != text.npos; at = text.find('\n', at + 1)) {
    starts_.push_back(at + 1);
  }
}

std::size_t TextLines::offset(std::size_t line, std::size_t column) const {
  return std::min(starts_[std::min(line, starts_.size() - 1)] + column, text_.size());
}

std::size_t TextLines::line_index(std::size_t offset) const {
  const auto next = std::upper_bound(starts_.begin(), starts_.end(), offset);
  return static_cast<std::size_t>(next - starts_.begin()) - 1;
}

Position TextLines::position(std::size_t offset) {
  const std::size_t line = line_index(offset);
  if (counted_to_ > offset || counted_to_ < starts_[line]) {
    counted_to_ = starts_[line];
    characters_ = 0;
  }
  for (; counted_to_ < offset; ++counted_to_) {
    const bool continues = (static_cast<unsigned char>(text_[counted_to_]) & 0xC0U) == 0x80U;
    if (!continues) ++characters_;
  }
  return Position{static_cast<int>(line) + 1, characters_ + 1};
}

std::size_t TextLines::end_of_line(std::size_t offset) const {
  return std::min(text_.find('\n', offset), text_.size());
}

std::string_view TextLines::line_of(std::size_t offset) const {
  const std::size_t start = starts_[line_index(offset)];
  return text_.substr(start, text_.find('\n', start) - start);
}

}  // namespace cloud_billing
