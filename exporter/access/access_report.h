#pragma once

// The lines of --check-access as people and programs read them. Pure, any thread.

#include <cstddef>
#include <string>
#include <vector>

#include "access/access_line.h"

namespace cloud_billing {

// A table, and a sentence that sums it up. `width` columns of text, or 0: as wide as it is, so that
// each row is one line.
[[nodiscard]] std::string write_table(const std::vector<AccessLine>& lines, std::size_t width);

// One JSON object for each line.
[[nodiscard]] std::string write_json_lines(const std::vector<AccessLine>& lines);

}  // namespace cloud_billing
