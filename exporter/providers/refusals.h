#pragma once

// What a key was told that it may not read: normal for parts of a poll that are done without. Such
// an operation is asked again after a day. What the cloud does not offer at all, such as a list of
// a product that has none, is not asked again. One for each account, forgotten with its key; the
// account's conversations look into it and note in it, on the poller's thread.

#include <chrono>
#include <map>
#include <set>
#include <string>
#include <utility>

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

  // `what` is the operation's own word for it.
  void note_unsupported(const Operation& operation, const std::string& what) {
    unsupported_.emplace(&operation, what);
  }
  [[nodiscard]] bool is_unsupported(const Operation& operation, const std::string& what) const {
    return unsupported_.contains({&operation, what});
  }

  void clear() {
    at_.clear();
    unsupported_.clear();
  }

 private:
  std::map<const Operation*, UtcSeconds> at_;
  std::set<std::pair<const Operation*, std::string>> unsupported_;
};

}  // namespace cloud_billing
