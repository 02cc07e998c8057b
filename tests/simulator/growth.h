#pragma once

// How many resources have been added to open months since the simulator started. Any thread;
// synchronises itself.

#include <cstddef>
#include <map>
#include <mutex>
#include <string>
#include <utility>

#include "calendar.h"
#include "company.h"

namespace simulator {

class Growth {
 public:
  // Answers how many there are now.
  std::size_t grow(const Account& account, Month month, std::size_t rows) {
    const std::lock_guard lock(mutex_);
    return added_[{account.id, month}] += rows;
  }

  [[nodiscard]] std::size_t rows(const Account& account, Month month) const {
    const std::lock_guard lock(mutex_);
    const auto found = added_.find({account.id, month});
    return found == added_.end() ? 0 : found->second;
  }

 private:
  mutable std::mutex mutex_;
  std::map<std::pair<std::string, Month>, std::size_t> added_;  // guarded by mutex_
};

}  // namespace simulator
