// What people and machines write.

#include <iterator>
#include <span>
#include <vector>

#include "tests/fuzz/text_targets.h"

namespace cloud_billing {

std::span<const FuzzTarget> fuzz_targets() {
  static const std::vector<FuzzTarget> all = [] {
    std::vector<FuzzTarget> targets = small_text_targets();
    for (auto* more : {&config_targets, &record_targets}) {
      std::vector<FuzzTarget> further = more();
      targets.insert(targets.end(), std::make_move_iterator(further.begin()),
                     std::make_move_iterator(further.end()));
    }
    return targets;
  }();
  return all;
}

}  // namespace cloud_billing
