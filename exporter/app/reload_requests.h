#pragma once

// Reloads that were asked for over HTTP: the web worker that asks waits for the outcome, the main
// thread reloads and tells it. One reload answers all who asked before it began.

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <functional>

#include "core/result.h"
#include "system/mutex.h"

namespace cloud_billing {

class ReloadRequests {
 public:
  // `wake` makes the main thread look; any thread may call it.
  explicit ReloadRequests(std::function<void()> wake) : wake_(std::move(wake)) {}

  // A web worker: asks and waits, not longer than `patience`.
  [[nodiscard]] Status ask(std::chrono::milliseconds patience);

  // The main thread: reloads, for everybody who has asked so far.
  void response(const std::function<Status()>& reload);
  // Nobody will answer any more.
  void close();

 private:
  std::function<void()> wake_;

  Mutex mutex_;
  std::condition_variable changed_;
  std::uint64_t asked_ GUARDED_BY(mutex_) = 0;
  std::uint64_t answered_ GUARDED_BY(mutex_) = 0;
  Status outcome_ GUARDED_BY(mutex_);  // of the latest reload
  bool closed_ GUARDED_BY(mutex_) = false;
};

}  // namespace cloud_billing
