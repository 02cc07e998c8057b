// What the clouds send.

#include <span>
#include <vector>

#include "tests/fuzz/cloud_targets.h"

namespace cloud_billing {

std::span<const FuzzTarget> fuzz_targets() {
  static const std::vector<FuzzTarget> all =
      join_targets({answer_targets(), row_targets(), field_targets()});
  return all;
}

}  // namespace cloud_billing
