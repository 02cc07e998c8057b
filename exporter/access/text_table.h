#pragma once

// Lays out a table for a terminal, in which a Chinese character is two columns wide. Pure, any
// thread.

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace cloud_billing {

using TableRow = std::vector<std::string>;

// How many columns of a terminal well-formed UTF-8 without control characters takes.
[[nodiscard]] std::size_t display_width(std::string_view text);

// Rows of as many cells each, in lines without blanks at their ends. The last two cells of a row
// are folded so that lines fit in `width` columns, if that leaves them room; 0: nothing is folded.
[[nodiscard]] std::string lay_out(const std::vector<TableRow>& rows, std::size_t width);

}  // namespace cloud_billing
