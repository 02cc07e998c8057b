#pragma once

// What other threads want of the poller: new credentials, a new configuration, polls ahead of time,
// to stop. They post and the transport is woken; the poller takes all of it at once, on its own
// thread. The transport must outlive the mailbox.

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <future>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "config/config.h"
#include "polling/account_state.h"
#include "system/mutex.h"
#include "transport/transport.h"

namespace cloud_billing {

struct PostedConfig {
  std::shared_ptr<const Config> config;
  std::vector<AccountSecrets> secrets;  // in the configuration's order
};

// What became of an order of polls ahead of time; kNotTaken: nothing, and nothing will.
struct OrderedPolls {
  enum class Outcome { kScheduled, kNoSuchAccount, kNotTaken };
  Outcome outcome = Outcome::kNotTaken;
  std::size_t polls = 0;  // that were scheduled
};

struct PollOrder {
  std::uint64_t number = 0;
  std::optional<std::string> account;  // its name; nothing: all
  std::promise<OrderedPolls> outcome;
};

using SecretsByAccount = std::map<std::size_t, AccountSecrets>;  // by index in the configuration

struct PollerMail {
  std::optional<PostedConfig> config;  // to be taken first
  SecretsByAccount secrets;
  std::vector<PollOrder> polls;  // to be taken last
};

class PollerMailbox {
 public:
  explicit PollerMailbox(Transport& transport) : transport_(transport) {}

  // Any thread. The indices are of the configuration posted last. What changed together is to be
  // posted together: each time the poller looks at all keys.
  void post_secrets(SecretsByAccount secrets);
  void post_config(PostedConfig posted);
  // Waits until the configuration posted last is in use. False if it was not taken within
  // `patience`, or the poller stops: it is then withdrawn and will not come into use.
  [[nodiscard]] bool await_config(std::chrono::milliseconds patience);
  // Orders a poll of each collector, of all accounts or of the one of that name, and waits until
  // they are due. kNotTaken if that was not taken within `patience`, or the poller stops: it is
  // then withdrawn.
  [[nodiscard]] OrderedPolls order_polls(std::optional<std::string> account,
                                         std::chrono::milliseconds patience);
  void request_stop();

  // The poller's thread.
  [[nodiscard]] bool stopping() const { return stopping_; }
  [[nodiscard]] PollerMail take();
  // The configuration that was taken is in use and shown.
  void confirm_config();

 private:
  enum class ConfigState { kNone, kPosted, kTaken };

  // True if it had not been taken.
  [[nodiscard]] bool withdraw(std::uint64_t order);

  Transport& transport_;
  std::atomic<bool> stopping_{false};

  Mutex mutex_;
  std::condition_variable changed_;
  PollerMail mail_ GUARDED_BY(mutex_);
  std::uint64_t last_order_ GUARDED_BY(mutex_) = 0;
  SecretsByAccount outdated_secrets_ GUARDED_BY(mutex_);  // unless the configuration is withdrawn
  ConfigState config_state_ GUARDED_BY(mutex_) = ConfigState::kNone;
};

}  // namespace cloud_billing
