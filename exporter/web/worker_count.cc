#include "web/worker_count.h"

#include <algorithm>

namespace cloud_billing {

std::size_t workers_among(std::size_t threads) {
  if (threads < 2) return 0;
  const std::size_t left = threads - 1;  // one accepts connections
  return std::min(kMostWorkers, left - std::min(kSpareThreads, left / 4));
}

}  // namespace cloud_billing
