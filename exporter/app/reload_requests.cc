#include "app/reload_requests.h"

#include <utility>

namespace cloud_billing {

Status ReloadRequests::ask(std::chrono::milliseconds patience) {
  std::uint64_t number = 0;
  {
    const MutexLock lock(mutex_);
    number = ++asked_;
  }
  wake_();
  MutexLock lock(mutex_);
  changed_.wait_for(lock.waiting(), patience,
                    [&]() REQUIRES(mutex_) { return closed_ || answered_ >= number; });
  if (answered_ >= number) return outcome_;
  if (closed_) return Error{"the exporter is stopping"};
  return Error{"the reload has not ended yet; the log will tell its outcome"};
}

void ReloadRequests::response(const std::function<Status()>& reload) {
  std::uint64_t number = 0;
  {
    const MutexLock lock(mutex_);
    number = asked_;
  }
  Status outcome = reload();
  {
    const MutexLock lock(mutex_);
    answered_ = number;
    outcome_ = std::move(outcome);
  }
  changed_.notify_all();
}

void ReloadRequests::close() {
  {
    const MutexLock lock(mutex_);
    closed_ = true;
  }
  changed_.notify_all();
}

}  // namespace cloud_billing
