#pragma once

// Everything the poller knows of one account: its credentials, its collectors' schedules and
// running polls, and the last good results. Owned by the poller, used on its thread only; others
// see the immutable AccountView it makes.

#include <chrono>
#include <cstddef>
#include <list>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "accounts/account_view.h"
#include "billing/account_results.h"
#include "config/config.h"
#include "polling/collector_kind.h"
#include "polling/collector_run.h"
#include "providers/credentials.h"
#include "providers/provider.h"
#include "providers/refusals.h"
#include "system/clock.h"
#include "transport/transport.h"

namespace cloud_billing {

[[nodiscard]] inline UtcSeconds seconds_of(WallTime time) {
  return std::chrono::floor<std::chrono::seconds>(time);
}

// Up to this part of its interval comes on top, so that accounts do not march in step.
inline constexpr double kPollJitter = 0.05;

// A result, as it is shared from now on.
template <typename T>
[[nodiscard]] Read<T> read_now(T value, UtcSeconds at) {
  return {std::make_shared<const T>(std::move(value)), at};
}

struct KeyQueue;

// What a good poll left to be read beside the polls that come: the earlier days of the bills. It
// goes from one question to the next until all is read or one fails; then it waits for the next
// good poll. It holds nothing up: not the account's readiness, nor what a poll says of itself.
struct FollowUp : RunSlot {
  std::size_t read = 0;                // questions answered since it began
  SteadyTime shown{};                  // when what it had read was shown last
  std::optional<PollFailure> failure;  // why it ended before all was read
};

struct CollectorState : RunSlot {
  // Sets when the next poll is due by what came of the latest one, counted from its start; nothing
  // changes if there was none.
  void schedule(SteadyTime now);
  // Whether something may have been mended since: its latest poll failed, or none ever succeeded.
  [[nodiscard]] bool lacks_success() const { return failed_for || !status.last_success; }
  // Makes the next poll due at once, or when the cloud asked to come back.
  void poll_at_once(SteadyTime now);

  const CollectorKind* kind = nullptr;  // never null
  CollectorStatus status;
  std::chrono::seconds interval{};
  SteadyTime due{};
  std::optional<SteadyTime> started;     // the latest poll
  std::optional<Reason> failed_for;      // the latest poll that ended
  std::optional<SteadyTime> not_before;  // what the cloud asked that poll to wait for
  int failures_in_a_row = 0;
  bool has_succeeded = false;    // ever, as far as is known
  double wait_factor = 1;        // of the wait for the next poll
  std::optional<double> phase;   // the factor after its next success (prompt_polls.h)
  bool secrets_changed = false;  // since the run began
  FollowUp follow_up;
  std::optional<SteadyTime> planned;  // where it stands in the poll plan, the plan's
  std::size_t order = 0;              // among those that are due together, the plan's

 private:
  // When the next poll may start at the earliest.
  [[nodiscard]] SteadyTime earliest(SteadyTime now) const;
};

struct AccountState {
  // The provider is the account's and must outlive it.
  AccountState(std::size_t index, std::shared_ptr<const Config> config, const Provider& provider,
               SteadyTime first_due);

  [[nodiscard]] const AccountConfig& account() const { return config->accounts[index]; }
  [[nodiscard]] BillingZone zone() const { return account().provider->billing_zone; }

  void add_collector(Collector collector, SteadyTime first_due);

  // Starts the poll of a collector: its conversations, none of which has been sent yet.
  void start_run(CollectorState& collector, WallTime wall, SteadyTime now);

  // Ends a finished run: status, and when the next poll is due. `jitter` is in [0, 1).
  void end_run(CollectorState& collector, WallTime wall, SteadyTime now, double jitter);

  // The cloud's own id of the account, as a response told it; empty: it did not. Months of another
  // one are forgotten, and the days with those of its bills, since a day does not tell whose it
  // is.
  void remember_id(const std::string& id);

  // Takes the account's secrets; those of another key may be of another account of the cloud.
  void apply_secrets(AccountSecrets new_secrets);

  // `wall` and `now` are the same moment.
  [[nodiscard]] std::shared_ptr<const AccountView> make_view(WallTime wall, SteadyTime now) const;

  std::size_t index;  // in the configuration
  std::shared_ptr<const Config> config;
  const Provider* provider;
  AccountSecrets secrets;
  Refusals refusals;                     // of these secrets
  std::list<CollectorState> collectors;  // requests under way refer to them
  std::size_t in_flight = 0;             // requests; the dispatcher's
  KeyQueue* queue = nullptr;             // its key's, null without secrets; the dispatcher's
  AccountResults results;
  std::string key_id;     // of the latest secrets that could be read
  std::string id_of_key;  // the cloud's own id of the account, as it was told to this key
  bool has_results_of_other_key = false;
  std::set<BillingMonth> warned_of_tags;        // months with tags that cannot be read
  std::set<std::string_view> warned_of_untold;  // warnings that hold of the latest results
};

}  // namespace cloud_billing
