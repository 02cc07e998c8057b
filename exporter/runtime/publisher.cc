#include "runtime/publisher.h"

#include <algorithm>
#include <exception>
#include <utility>

#include "runtime/log.h"

namespace cloud_billing {
namespace {

// However many polls end, the text is rendered at most this often.
constexpr std::chrono::seconds kRenderGap{1};

// A clock that is set is noticed this soon.
constexpr std::chrono::seconds kLongestSleep{1};

}  // namespace

Publisher::Publisher(ExpositionInput input, const Clock& clock)
    : clock_(clock), input_(std::move(input)) {
  input_.accounts.resize(input_.config->accounts.size());
  for (const AccountConfig& account : input_.config->accounts) {
    awaited_accounts_.insert(account.name);
  }
}

Publisher::~Publisher() { stop_thread(); }

void Publisher::show(std::size_t account, std::shared_ptr<const AccountView> view) {
  {
    const std::lock_guard lock(mutex_);
    input_.accounts[account] = std::move(view);
    dirty_ = true;
  }
  changed_.notify_all();
}

void Publisher::show_config(std::shared_ptr<const Config> config,
                            std::vector<std::shared_ptr<const AccountView>> views) {
  {
    const std::lock_guard lock(mutex_);
    input_.config = std::move(config);
    input_.accounts = std::move(views);
    input_.config_loaded_at = std::chrono::floor<std::chrono::seconds>(clock_.wall());
    input_.last_reload_successful = true;
    dirty_ = true;
  }
  changed_.notify_all();
}

void Publisher::show_refused_config() {
  {
    const std::lock_guard lock(mutex_);
    input_.last_reload_successful = false;
    dirty_ = true;
  }
  changed_.notify_all();
}

bool Publisher::is_complete(const ExpositionInput& input) const {
  return std::all_of(input.accounts.begin(), input.accounts.end(), [this](const auto& view) {
    return !awaited_accounts_.contains(view->config->name) ||
           std::all_of(view->collectors.begin(), view->collectors.end(),
                       [](const CollectorStatus& status) { return status.up.has_value(); });
  });
}

ExpositionInput Publisher::snapshot() const {
  ExpositionInput input;
  {
    const std::lock_guard lock(mutex_);
    input = input_;
  }
  input.now = std::chrono::floor<std::chrono::seconds>(clock_.wall());
  std::erase(input.accounts, nullptr);
  sort_accounts(input.accounts);
  return input;
}

void Publisher::publish_now() {
  const std::lock_guard rendering(rendering_mutex_);
  {
    const std::lock_guard lock(mutex_);
    dirty_ = false;
  }
  const ExpositionInput input = snapshot();
  auto text = std::make_shared<const std::string>(render_exposition(input));
  const bool complete =
      input.accounts.size() == input.config->accounts.size() && is_complete(input);
  {
    const std::lock_guard lock(mutex_);
    current_ = std::move(text);
    input_.now = input.now;
  }
  if (complete) complete_ = true;
}

void Publisher::start_thread() {
  thread_ = std::thread([this] {
    try {
      render_until_stopped();
    } catch (const std::exception& error) {
      log_error("the publisher stopped", {{"error", error.what()}});
      std::terminate();
    }
  });
}

void Publisher::stop_thread() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  changed_.notify_all();
  if (thread_.joinable()) thread_.join();
}

void Publisher::render_until_stopped() {
  std::unique_lock lock(mutex_);
  while (!stopping_) {
    const UtcSeconds now = std::chrono::floor<std::chrono::seconds>(clock_.wall());
    ExpositionInput views = input_;
    std::erase(views.accounts, nullptr);
    const bool due = now < input_.now || now >= next_change_after(views);
    if (!dirty_ && !due) {
      changed_.wait_for(lock, kLongestSleep);
      continue;
    }
    lock.unlock();
    publish_now();
    lock.lock();
    changed_.wait_for(lock, kRenderGap, [this] { return stopping_; });
  }
}

std::shared_ptr<const std::string> Publisher::current() const {
  const std::lock_guard lock(mutex_);
  return current_;
}

}  // namespace cloud_billing
