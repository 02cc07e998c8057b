#pragma once

// The parts of fuzz_clouds' table.

#include <vector>

#include "tests/fuzz/fuzz_target.h"

namespace cloud_billing {

// Answers, each read as a whole.
[[nodiscard]] std::vector<FuzzTarget> answer_targets();
// What stands in fields of rows.
[[nodiscard]] std::vector<FuzzTarget> field_targets();
// The rows of bills: what they come to together, and what is kept of each.
[[nodiscard]] std::vector<FuzzTarget> row_targets();

}  // namespace cloud_billing
