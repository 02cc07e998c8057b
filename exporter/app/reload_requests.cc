#include "app/reload_requests.h"

#include <utility>

namespace cloud_billing {

ReloadRequests::Outcome ReloadRequests::ask(std::chrono::milliseconds patience) {
  std::uint64_t number = 0;
  {
    const std::lock_guard lock(mutex_);
    number = ++asked_;
  }
  wake_();
  std::unique_lock lock(mutex_);
  changed_.wait_for(lock, patience, [&] { return closed_ || answered_ >= number; });
  if (answered_ >= number) return outcome_;
  if (closed_) return "the exporter is stopping";
  return "the reload has not ended yet; the log will tell its outcome";
}

void ReloadRequests::response(const std::function<Outcome()>& reload) {
  std::uint64_t number = 0;
  {
    const std::lock_guard lock(mutex_);
    number = asked_;
  }
  Outcome outcome = reload();
  {
    const std::lock_guard lock(mutex_);
    answered_ = number;
    outcome_ = std::move(outcome);
  }
  changed_.notify_all();
}

void ReloadRequests::close() {
  {
    const std::lock_guard lock(mutex_);
    closed_ = true;
  }
  changed_.notify_all();
}

}  // namespace cloud_billing
