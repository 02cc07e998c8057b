#pragma once

// Bodies of answers by request, for a cloud whose accounts all have the same bill: each is written
// once. Any thread.

#include <map>
#include <memory>
#include <mutex>
#include <string>

#include "wire_request.h"

namespace simulator {

class WrittenAnswers {
 public:
  // Null where none is kept.
  [[nodiscard]] std::shared_ptr<const std::string> find(const WireRequest& request) const;
  void keep(const WireRequest& request, std::shared_ptr<const std::string> body);

 private:
  mutable std::mutex mutex_;
  std::map<std::string, std::shared_ptr<const std::string>> bodies_;  // guarded by mutex_
};

}  // namespace simulator
