#include "polling/mailbox.h"

#include <utility>

namespace cloud_billing {

void PollerMailbox::post_secrets(SecretsByAccount secrets) {
  {
    const MutexLock lock(mutex_);
    secrets.merge(mail_.secrets);  // newer ones stay
    mail_.secrets = std::move(secrets);
  }
  transport_.wake();
}

void PollerMailbox::post_config(PostedConfig posted) {
  {
    const MutexLock lock(mutex_);
    mail_.config = std::move(posted);
    // Older than those posted with it, by indices of before.
    outdated_secrets_.merge(std::exchange(mail_.secrets, {}));
    config_state_ = ConfigState::kPosted;
  }
  transport_.wake();
}

bool PollerMailbox::await_config(std::chrono::milliseconds patience) {
  MutexLock lock(mutex_);
  changed_.wait_for(lock.waiting(), patience, [this]() REQUIRES(mutex_) {
    return stopping_ || config_state_ != ConfigState::kPosted;
  });
  // Taking it into use is a matter of milliseconds, and cannot be called off.
  changed_.wait(lock.waiting(), [this]() REQUIRES(mutex_) {
    return stopping_ || config_state_ != ConfigState::kTaken;
  });
  if (config_state_ == ConfigState::kNone) return true;
  mail_.config.reset();
  mail_.secrets.merge(std::exchange(outdated_secrets_, {}));
  config_state_ = ConfigState::kNone;
  return false;
}

OrderedPolls PollerMailbox::order_polls(std::optional<std::string> account,
                                        std::chrono::milliseconds patience) {
  PollOrder order{0, std::move(account), {}};
  std::future<OrderedPolls> outcome = order.outcome.get_future();
  std::uint64_t number = 0;
  {
    const MutexLock lock(mutex_);
    if (stopping_) return {};
    number = ++last_order_;
    order.number = number;
    mail_.polls.push_back(std::move(order));
  }
  transport_.wake();
  if (outcome.wait_for(patience) != std::future_status::ready && withdraw(number)) return {};
  try {
    return outcome.get();  // once taken, a matter of milliseconds
  } catch (const std::future_error&) {
    return {};  // the poller's thread has ended, and polls nothing any more
  }
}

bool PollerMailbox::withdraw(std::uint64_t order) {
  const MutexLock lock(mutex_);
  return std::erase_if(mail_.polls,
                       [order](const PollOrder& posted) { return posted.number == order; }) > 0;
}

void PollerMailbox::request_stop() {
  {
    const MutexLock lock(mutex_);
    stopping_ = true;
    for (PollOrder& order : mail_.polls) order.outcome.set_value({});
    mail_.polls.clear();
  }
  changed_.notify_all();
  transport_.wake();
}

PollerMail PollerMailbox::take() {
  const MutexLock lock(mutex_);
  if (mail_.config) {
    config_state_ = ConfigState::kTaken;
    outdated_secrets_.clear();
  }
  return std::exchange(mail_, {});
}

void PollerMailbox::confirm_config() {
  {
    const MutexLock lock(mutex_);
    config_state_ = ConfigState::kNone;
  }
  changed_.notify_all();
}

}  // namespace cloud_billing
