#pragma once

// The polling loop: one thread that runs every account's polls over one transport. It owns all
// polling state, so there are no locks; it reads no file and writes none. What it learns goes out
// as immutable views and as records. Only post_secrets() and request_stop() may be called from
// other threads.

#include <atomic>
#include <cstddef>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include "core/account_record.h"
#include "core/config.h"
#include "runtime/account_state.h"
#include "runtime/pace.h"
#include "runtime/poll_records.h"
#include "runtime/transport.h"

namespace cloud_billing {

class Poller {
 public:
  // Called with an account's newest view whenever it changed; `account` is the index in the
  // configuration.
  using ShowView =
      std::function<void(std::size_t account, std::shared_ptr<const AccountView> view)>;

  using KeepRecord = std::function<void(AccountRecord record)>;

  // Everything given by reference must outlive the poller. `secrets` are in the configuration's
  // order. `seed` feeds the jitter.
  Poller(std::shared_ptr<const Config> config, std::vector<AccountSecrets> secrets,
         Transport& transport, const Clock& clock, PollRecords& records, ShowView show_view,
         std::uint64_t seed);

  // Before the first poll: takes up what an earlier process knew of an account (account_memory.h).
  void restore(std::size_t account, AccountRecord record);
  // Before the first poll: from then on what should survive a restart goes here whenever it
  // changed.
  void keep_records(KeepRecord keep_record) { keep_record_ = std::move(keep_record); }

  // Polls until request_stop(); requests in flight are then abandoned.
  void run();
  // Polls every collector once; true if all succeeded. Ends early, false, after request_stop().
  [[nodiscard]] bool run_once();

  // New credentials of one account; a collector that failed is polled again at once, and a poll
  // that runs fails where they cannot be read.
  void post_secrets(std::size_t account, AccountSecrets secrets);
  void request_stop();

 private:
  struct Flight {
    AccountState* account = nullptr;
    CollectorState* collector = nullptr;
    Outgoing outgoing;
  };
  // An access key with its pace and the collectors that take turns on it.
  struct Lane {
    Pace pace;
    std::vector<std::pair<AccountState*, CollectorState*>> turns;
    std::size_t next_turn = 0;
  };

  void take_posted_secrets();
  void form_lanes();
  void start_due_polls(bool only_first);
  [[nodiscard]] SteadyTime send_ready(Lane& lane, SteadyTime now);
  void send(AccountState& account, CollectorState& collector, Outgoing outgoing);
  void take(Completion completion);
  void settle(Flight flight, Result<HttpAnswer, Failure> answer);
  void close_finished_legs(AccountState& account, CollectorState& collector);
  void abandon_leg(const CollectorState& collector, std::size_t leg);
  void fail_without_secrets(AccountState& account, CollectorState& collector);
  void finish_run(AccountState& account, CollectorState& collector);
  void tell(const AccountState& account) const;
  void step(bool only_first_polls);
  void warn_of_double_counting(const AccountState& changed);
  void warn_if_counted_twice(const AccountState& reader, const AccountState& owner);
  [[nodiscard]] double random();

  // Constant after construction.
  std::shared_ptr<const Config> config_;
  Transport& transport_;
  const Clock& clock_;
  PollRecords& records_;
  ShowView show_view_;
  KeepRecord keep_record_;  // may be empty

  // The polling thread's own.
  std::vector<AccountState> accounts_;
  std::map<std::string, Lane> lanes_;  // by provider and access key id
  std::map<RequestId, Flight> flights_;
  RequestId last_request_ = 0;
  std::mt19937_64 random_;
  std::map<std::pair<std::size_t, std::string>, bool> warned_;

  // Shared.
  std::atomic<bool> stopping_{false};
  std::mutex mailbox_mutex_;
  std::map<std::size_t, AccountSecrets> posted_secrets_;  // guarded by mailbox_mutex_
};

}  // namespace cloud_billing
