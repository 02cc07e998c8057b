#pragma once

// The parts of fuzz_texts' table.

#include <vector>

#include "tests/fuzz/fuzz_target.h"

namespace cloud_billing {

// What people write: the configuration, and what stands in it.
[[nodiscard]] std::vector<FuzzTarget> config_targets();
// What this program wrote itself, before something happened to it.
[[nodiscard]] std::vector<FuzzTarget> record_targets();
// Small texts from anywhere.
[[nodiscard]] std::vector<FuzzTarget> small_text_targets();

}  // namespace cloud_billing
