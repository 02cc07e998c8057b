#include "state/state_writer.h"

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

// Which is the same for all accounts if it is the disk's.
std::string reason_of(const Error& error) {
  const std::size_t file_end = error.message.rfind(": ");
  return file_end == std::string::npos ? error.message : error.message.substr(file_end + 2);
}

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
    while (!unsaved_.empty() && !(stopping_ && std::chrono::steady_clock::now() >= give_up_at_)) {
      auto next = unsaved_.extract(unsaved_.begin());
      lock.unlock();
      const bool saved = save(next.mapped());
      lock.lock();
      failed_.erase(next.key());  // of this round too only the newest
      if (!saved) failed_.insert(std::move(next));
    }
    unsaved_.merge(failed_);  // a newer record stays
    failed_.clear();
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

void StateWriter::note(const std::string& account, const Status& saved) {
  if (saved) {
    note_success(account);
  } else {
    note_failure(account, saved.error());
  }
}

// Told before it is remembered: rather twice than not at all.
void StateWriter::note_failure(const std::string& account, const Error& error) {
  const std::string reason = reason_of(error);
  std::set<std::string>& alike = failing_[reason];
  if (alike.empty()) {
    log_warn("the state is not saved", {{"account", account},
                                        {"error", error.message},
                                        {"accounts_waiting", count_waiting(account)}});
  }
  alike.insert(account);
  for (auto& [other, accounts] : failing_) {
    if (other != reason) accounts.erase(account);
  }
}

// Likewise.
void StateWriter::note_success(const std::string& account) {
  for (auto& [reason, accounts] : failing_) {
    if (!accounts.contains(account)) continue;
    if (accounts.size() == 1) log_info("the state is saved again", {{"after", reason}});
    accounts.erase(account);
  }
}

// The accounts of which something is to be saved, this one included.
std::size_t StateWriter::count_waiting(const std::string& account) {
  const MutexLock lock(mutex_);
  std::size_t count = unsaved_.size() + (unsaved_.contains(account) ? 0 : 1);
  for (const auto& [failed, record] : failed_) {
    if (!unsaved_.contains(failed)) ++count;
  }
  return count;
}

}  // namespace cloud_billing
