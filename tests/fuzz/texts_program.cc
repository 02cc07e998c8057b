// What people and machines write.

#include <span>
#include <vector>

#include "tests/fuzz/text_targets.h"

namespace cloud_billing {

std::span<const FuzzTarget> fuzz_targets() {
  static const std::vector<FuzzTarget> all =
      join_targets({small_text_targets(), config_targets(), record_targets()});
  return all;
}

}  // namespace cloud_billing
