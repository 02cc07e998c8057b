#pragma once

// Reloads that were asked for over HTTP: the web worker that asks waits for the outcome, the main
// thread reloads and tells it. One reload answers all who asked before it began.

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <functional>
#include <mutex>
#include <optional>
#include <string>

namespace cloud_billing {

class ReloadRequests {
 public:
  // Nothing if the reload succeeded, otherwise why not.
  using Outcome = std::optional<std::string>;

  // `wake` makes the main thread look; any thread may call it.
  explicit ReloadRequests(std::function<void()> wake) : wake_(std::move(wake)) {}

  // A web worker: asks and waits, not longer than `patience`.
  [[nodiscard]] Outcome ask(std::chrono::milliseconds patience);

  // The main thread: reloads, for everybody who has asked so far.
  void response(const std::function<Outcome()>& reload);
  // No request will be answered any more.
  void close();

 private:
  std::function<void()> wake_;

  // Guarded by mutex_.
  std::mutex mutex_;
  std::condition_variable changed_;
  std::uint64_t asked_ = 0;
  std::uint64_t answered_ = 0;
  Outcome outcome_;  // of the latest reload
  bool closed_ = false;
};

}  // namespace cloud_billing
