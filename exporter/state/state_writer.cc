#include "state/state_writer.h"

#include <cstddef>
#include <exception>
#include <new>
#include <utility>

#include "system/log.h"

namespace cloud_billing {
namespace {

// After a failure, such as a full disk.
constexpr std::chrono::seconds kTryAgainAfter{10};

// SIGTERM ends the program within 5 s.
constexpr std::chrono::seconds kShutdownLimit{3};

void tell_losses(std::size_t accounts) {
  if (accounts == 0) return;
  try {
    log_error("state is lost: what is new of these accounts could not be saved before the end",
              {{"accounts", accounts}});
  } catch (const std::bad_alloc&) {
    return;  // the program ends as it was asked to, with one line less
  }
}

}  // namespace

void StateWriter::keep(AccountRecord record) {
  {
    const MutexLock lock(mutex_);
    std::string account = record.account;
    unsaved_.insert_or_assign(std::move(account), std::move(record));
  }
  changed_.notify_all();
}

void StateWriter::start_thread() {
  thread_ = std::thread([this] {
    try {
      save_until_stopped();
    } catch (const std::exception& error) {
      log_error("saving the state stopped", {{"error", error.what()}});
      std::terminate();
    }
  });
}

void StateWriter::stop_thread() {
  {
    const MutexLock lock(mutex_);
    stopping_ = true;
    give_up_at_ = std::chrono::steady_clock::now() + kShutdownLimit;
  }
  changed_.notify_all();
  if (thread_.joinable()) thread_.join();
}

void StateWriter::save_until_stopped() {
  MutexLock lock(mutex_);
  while (true) {
    changed_.wait(lock.waiting(),
                  [this]() REQUIRES(mutex_) { return stopping_ || !unsaved_.empty(); });
    std::map<std::string, AccountRecord> failed;
    while (!unsaved_.empty() && !(stopping_ && std::chrono::steady_clock::now() >= give_up_at_)) {
      auto next = unsaved_.extract(unsaved_.begin());
      lock.unlock();
      const bool saved = save(next.mapped());
      lock.lock();
      if (!saved) failed.insert(std::move(next));
    }
    unsaved_.merge(failed);  // a newer record stays
    if (stopping_) {
      tell_losses(unsaved_.size());
      return;
    }
    if (!unsaved_.empty())
      changed_.wait_for(lock.waiting(), kTryAgainAfter,
                        [this]() REQUIRES(mutex_) { return stopping_; });
  }
}

Status StateWriter::try_to_save(const AccountRecord& record) {
  try {
    return store_.save(record);
  } catch (const std::bad_alloc&) {
    return Error{"there is not enough memory to write it"};
  }
}

// What there is no memory for, words included, is left out: the record is tried again unless it is
// on the disk.
bool StateWriter::save(const AccountRecord& record) {
  bool is_saved = false;
  try {
    const Status saved = try_to_save(record);
    is_saved = saved.ok();
    note(record.account, saved);
  } catch (const std::bad_alloc&) {
    return is_saved;
  }
  return is_saved;
}

// Told before it is remembered: rather twice than not at all.
void StateWriter::note(const std::string& account, const Status& saved) {
  if (!saved && !failing_.contains(account)) {
    log_warn("the state is not saved", {{"account", account}, {"error", saved.error().message}});
    failing_.insert(account);
  }
  if (saved && failing_.erase(account) > 0 && failing_.empty()) {
    log_info("the state is saved again");
  }
}

}  // namespace cloud_billing
