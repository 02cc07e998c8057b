#pragma once

// The polling loop: one thread that runs every account's polls over one transport. It owns all
// polling state, so there are no locks; it reads no file and writes none. What it learns goes out
// as immutable views and as records. Other threads reach it through its mailbox only.

#include <cstddef>
#include <functional>
#include <list>
#include <map>
#include <memory>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include "accounts/account_record.h"
#include "config/config.h"
#include "polling/account_edit.h"
#include "polling/account_state.h"
#include "polling/key_queue.h"
#include "polling/mailbox.h"
#include "polling/poll_metrics.h"
#include "polling/view_sink.h"
#include "providers/provider_table.h"
#include "transport/transport.h"

namespace cloud_billing {

class Poller {
 public:
  using KeepRecord = std::function<void(AccountRecord record)>;

  // Everything given by reference must outlive the poller. `providers` holds every cloud that a
  // configuration names. `secrets` are in the configuration's
  // order. `seed` feeds the jitter.
  Poller(const ProviderTable& providers, std::shared_ptr<const Config> config,
         std::vector<AccountSecrets> secrets, Transport& transport, const Clock& clock,
         PollMetrics& records, ViewSink& display, std::uint64_t seed);

  // Before the first poll: takes up what an earlier process knew of an account (account_memory.h).
  void restore(AccountRecord record);
  // Before the first poll: from then on what should survive a restart goes here whenever it
  // changed.
  void keep_records(KeepRecord keep_record) { keep_record_ = std::move(keep_record); }

  // Polls until the mailbox says stop; requests in flight are then abandoned.
  void run();
  // Polls every collector once; true if all succeeded. Ends early, false, when told to stop.
  [[nodiscard]] bool run_once();

  // New credentials of one account: a collector that failed is polled again at once, and a poll
  // that runs fails where they cannot be read. A new configuration: accounts of the same identity
  // keep data and schedule, others are gone at once or begin.
  [[nodiscard]] PollerMailbox& mailbox() { return mailbox_; }

 private:
  struct Flight {
    AccountState* account = nullptr;
    CollectorState* collector = nullptr;
    Outgoing outgoing;
  };

  void read_mail();
  void apply_config(PostedConfig posted);
  void edit_account(AccountState& account, AccountEdit edit);
  void apply_secrets(AccountState& account, AccountSecrets secrets);
  void start_due_polls();
  [[nodiscard]] SteadyTime send_ready(SteadyTime now);
  [[nodiscard]] SteadyTime send_ready(KeyQueues::value_type& entry, SteadyTime now);
  [[nodiscard]] bool may_send(const AccountState& account) const;
  void send(AccountState& account, CollectorState& collector, Outgoing outgoing);
  void on_completion(Completion completion);
  void resolve(Flight flight, Result<HttpResponse, Failure> response);
  void close_finished_legs(AccountState& account, CollectorState& collector);
  void abandon_run(CollectorState& collector);
  void abandon_leg(const CollectorState& collector, std::size_t leg);
  void fail_without_secrets(AccountState& account, CollectorState& collector);
  void finish_run(AccountState& account, CollectorState& collector);
  void publish_view(const AccountState& account) const;
  void step();
  [[nodiscard]] double random();

  // Constant after construction.
  const ProviderTable& providers_;
  Transport& transport_;
  const Clock& clock_;
  PollMetrics& records_;
  ViewSink& sink_;
  KeepRecord keep_record_;  // may be empty

  // The polling thread's own.
  std::shared_ptr<const Config> config_;
  std::list<AccountState> accounts_;  // in its order; key queues and flights refer to them
  KeyQueues key_queues_;
  std::string last_key_queue_;  // the key of the one that sent last
  std::map<RequestId, Flight> flights_;
  RequestId last_request_ = 0;
  std::mt19937_64 random_;
  bool only_first_polls_ = false;  // run_once()

  // Own synchronisation.
  PollerMailbox mailbox_;
};

}  // namespace cloud_billing
