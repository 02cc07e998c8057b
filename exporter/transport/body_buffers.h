#pragma once

// Memory for the bodies of responses, used again and again. Were they blocks like all others, the
// many small ones that stay after each would lie between them, and what they leave would be holes.
// Any thread.

#include <cstddef>
#include <string>
#include <vector>

#include "system/mutex.h"

namespace cloud_billing {

class BodyBuffers {
 public:
  // An empty text, with room for most pages of a bill.
  [[nodiscard]] std::string take();
  // For another response. What is larger than most, and what are too many, go back to the system.
  void give_back(std::string buffer);
  // All that lie here go back to the system.
  void release();

 private:
  Mutex mutex_;
  std::vector<std::string> idle_ GUARDED_BY(mutex_);
};

}  // namespace cloud_billing
