#pragma once

// The polling loop: one thread that runs every account's polls over one transport. It owns all
// polling state, so there are no locks; it reads no file and writes none. What it learns goes out
// as immutable views and as records. Other threads reach it through its mailbox only.

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <random>
#include <utility>
#include <vector>

#include "accounts/account_record.h"
#include "config/config.h"
#include "polling/account_book.h"
#include "polling/account_edit.h"
#include "polling/account_state.h"
#include "polling/dispatcher.h"
#include "polling/follow_ups.h"
#include "polling/mailbox.h"
#include "polling/poll_metrics.h"
#include "polling/poll_plan.h"
#include "polling/schedule.h"
#include "polling/view_sink.h"
#include "providers/provider_table.h"
#include "transport/transport.h"

namespace cloud_billing {

class Poller {
 public:
  using KeepRecord = std::function<void(AccountRecord record)>;

  // Everything given by reference must outlive the poller. `providers` holds every cloud that a
  // configuration names. `secrets` are in the configuration's order. `seed` feeds the jitter.
  Poller(const ProviderTable& providers, std::shared_ptr<const Config> config,
         std::vector<AccountSecrets> secrets, const Schedule& schedule, Transport& transport,
         const Clock& clock, PollMetrics& metrics, ViewSink& sink, std::uint64_t seed);

  // Before the first poll: restores what an earlier process knew of an account
  // (account_restore.h).
  void restore(AccountRecord record);
  // Before the first poll: from then on what should survive a restart goes here whenever it
  // changed.
  void keep_records(KeepRecord keep_record) { keep_record_ = std::move(keep_record); }

  // Polls until the schedule has no more polls or the mailbox says stop; requests in flight are
  // then abandoned. True if every collector's latest poll succeeded.
  bool run();

  // New credentials of one account: a collector that failed is polled again at once, and a poll
  // that runs fails if they cannot be read. A new configuration: accounts of the same identity
  // keep data and schedule, others are gone at once or begin.
  [[nodiscard]] PollerMailbox& mailbox() { return mailbox_; }

 private:
  void read_mail();
  void apply_config(PostedConfig posted);
  void show_config();
  void edit_account(AccountState& account, AccountEdit edit);
  void apply_secrets(AccountState& account, AccountSecrets secrets);
  void start_due_poll();
  void on_completion(ResolvedRequest completed);
  void give_up(AccountState& account, CollectorState& collector, const RunSlot& slot,
               const Operation& operation);
  void resolve(InFlightRequest request, Result<HttpResponse, Failure>& response);
  void retry_or_give_up(InFlightRequest request, const Failure& failure);
  void close_finished_legs(AccountState& account, CollectorState& collector, RunSlot& slot);
  void abandon_run(CollectorState& collector);
  void plan_all();
  void fail_without_secrets(AccountState& account, CollectorState& collector);
  void fail_run(AccountState& account, CollectorState& collector, const Failure& failure);
  void finish_run(AccountState& account, CollectorState& collector);
  void publish_view(const AccountState& account) const;
  void step();
  [[nodiscard]] double random();

  // Constant after construction.
  const ProviderTable& providers_;
  const Schedule& schedule_;
  const Clock& clock_;
  PollMetrics& metrics_;
  ViewSink& sink_;
  KeepRecord keep_record_;  // may be empty

  // The polling thread's own.
  std::shared_ptr<const Config> config_;
  AccountBook accounts_;  // its accounts; plan and dispatcher refer to them
  PollPlan plan_;
  std::size_t never_polled_ = 0;  // collectors that have not yet ended a poll
  Dispatcher dispatcher_;
  FollowUps follow_ups_;
  std::mt19937_64 random_;

  // Own synchronisation.
  PollerMailbox mailbox_;
};

}  // namespace cloud_billing
