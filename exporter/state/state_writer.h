#pragma once

// Saves records on a thread of its own, so that the poller never waits for a disk. At once, and of
// several records of an account only the newest. What cannot be saved is tried again. A full disk
// is one line of the log, whatever the number of accounts, and one when it is over. The store must
// outlive the writer, which is its only user while the thread runs.

#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <map>
#include <set>
#include <string>
#include <thread>

#include "accounts/account_record.h"
#include "state/state_store.h"
#include "system/mutex.h"

namespace cloud_billing {

class StateWriter {
 public:
  explicit StateWriter(StateStore& store) : store_(store) {}
  StateWriter(const StateWriter&) = delete;
  StateWriter& operator=(const StateWriter&) = delete;
  ~StateWriter() { stop_thread(); }

  // Any thread; does not wait.
  void keep(AccountRecord record);

  void start_thread();
  // Saves what is left, for a few seconds at most.
  void stop_thread();

 private:
  void save_until_stopped();
  [[nodiscard]] Status try_to_save(const AccountRecord& record);
  [[nodiscard]] bool save(const AccountRecord& record);
  void note(const std::string& account, const Status& saved);
  void note_failure(const std::string& account, const Error& error);
  void note_success(const std::string& account);
  [[nodiscard]] std::size_t count_waiting(const std::string& account);

  // Constant after construction.
  StateStore& store_;

  Mutex mutex_;
  std::condition_variable changed_;
  std::map<std::string, AccountRecord> unsaved_ GUARDED_BY(mutex_);  // by account
  bool stopping_ GUARDED_BY(mutex_) = false;
  std::chrono::steady_clock::time_point give_up_at_ GUARDED_BY(mutex_){};

  // The writing thread's own.
  std::map<std::string, AccountRecord> failed_;  // of this round, by account
  // The accounts whose latest save failed, by what the system said; empty: none any more.
  std::map<std::string, std::set<std::string>> failing_;

  std::thread thread_;
};

}  // namespace cloud_billing
