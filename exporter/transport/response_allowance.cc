#include "transport/response_allowance.h"

#include <algorithm>

namespace cloud_billing {
namespace {

// Of complete responses: the caller keeps up below the first, and falls behind above the second.
constexpr std::size_t kFewWaiting = std::size_t{2} << 20;
constexpr std::size_t kManyWaiting = std::size_t{8} << 20;

constexpr std::size_t kGrowth = 2;     // times the size: twice as much in each round trip, nearly
constexpr std::size_t kShrinkage = 4;  // the same

}  // namespace

void ResponseAllowance::note_response(std::size_t size, std::size_t waiting, bool used_up) {
  if (waiting > kManyWaiting) {
    bytes_ = std::max(kLeast, bytes_ - std::min(bytes_, kShrinkage * size));
  } else if (used_up && waiting < kFewWaiting) {
    bytes_ = std::min(kMost, bytes_ + kGrowth * size);
  }
}

}  // namespace cloud_billing
