#pragma once

// What a key was told that it may not read: normal for parts of a poll that are done without. Such
// an operation is asked again after a day. One for each account, forgotten with its key; the
// account's conversations look into it and note in it, on the poller's thread.

#include <chrono>
#include <map>

#include "core/calendar.h"
#include "providers/operation.h"

namespace cloud_billing {

class Refusals {
 public:
  void note(const Operation& operation, UtcSeconds now) { at_.insert_or_assign(&operation, now); }

  // Whether it was refused less than a day before. A time that has not come yet was noted by a
  // clock that was set back since: it does not hold.
  [[nodiscard]] bool holds(const Operation& operation, UtcSeconds now) const {
    constexpr std::chrono::hours kAskAgainAfter{24};
    const auto found = at_.find(&operation);
    return found != at_.end() && found->second <= now && now < found->second + kAskAgainAfter;
  }

  void clear() { at_.clear(); }

 private:
  std::map<const Operation*, UtcSeconds> at_;
};

}  // namespace cloud_billing
