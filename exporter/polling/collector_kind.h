#pragma once

// What a collector is: how a poll of it starts and what becomes of the results, at a poll, at a new
// configuration and after a restart. One object for each, in a file of its own
// (balance_collector.cc is the shortest); nothing else in this room names one. The objects have no
// state and live as long as the program; they are used on the polling thread.

#include <cstddef>
#include <map>
#include <string>

#include "accounts/account_record.h"
#include "billing/account_results.h"
#include "config/config.h"
#include "core/amount.h"
#include "core/calendar.h"
#include "core/collector.h"

namespace cloud_billing {

class CollectorRun;
struct AccountState;
struct CollectorState;

class CollectorKind {
 public:
  virtual ~CollectorKind() = default;

  // Adds the poll's conversations to the collector's run, none of which has been sent yet. The
  // account, the collector and its run_config outlive the run.
  virtual void start(AccountState& account, CollectorState& collector, UtcSeconds now) const = 0;

  // After a good poll: adds the next question about what a poll does not wait for to a run of its
  // own, whose only conversation it is; false if all is known. A shortfall ends the follow-up.
  [[nodiscard]] virtual bool follow_up(AccountState& /*account*/, CollectorRun& /*run*/,
                                       UtcSeconds /*now*/) const {
    return false;
  }

  // What its results amount to, for the log: how much was read, and the sum in each currency.
  struct Digest {
    std::size_t rows = 0;
    std::map<std::string, Amount> totals;
  };
  [[nodiscard]] virtual Digest digest(const AccountResults& results, UtcSeconds now) const = 0;

  // A poll has ended without failure.
  virtual void note_success(AccountState& account, CollectorState& collector, UtcSeconds at) const;

  // Where very many accounts were polled together, whether their next polls come evenly over the
  // whole interval: a poll that comes sooner than the interval must cost next to nothing.
  [[nodiscard]] virtual bool spreads_over_interval() const { return false; }

  // Whether the new configuration asks something else, so that it is to be polled at once.
  [[nodiscard]] virtual bool asks_anew(const Config& /*before*/, const Config& /*after*/) const {
    return false;
  }
  // The same of the account's own settings; the results are those that it had before. A poll that
  // runs asks as `before` says.
  [[nodiscard]] virtual bool asks_otherwise(const AccountResults& /*results*/,
                                            const AccountConfig& /*before*/,
                                            const AccountConfig& /*after*/) const {
    return false;
  }
  // Drops of the results what does not fit the new configuration.
  virtual void adapt(AccountResults& /*results*/, const Config& /*before*/,
                     const Config& /*after*/) const {}

  // Drops of what an earlier process knew what does not count any more.
  virtual void restore(AccountResults& /*results*/, const AccountRecord& /*record*/,
                       const AccountState& /*account*/, UtcSeconds /*now*/) const {}
  enum class Resumption {
    kAsPlanned,  // polled when it was due
    kAtOnce,     // polled at once, with its status of before
    kAnew        // as if it had never been polled
  };
  // What the restored results mean for its schedule.
  [[nodiscard]] virtual Resumption resume(const AccountState& /*account*/,
                                          const AccountRecord& /*record*/,
                                          const CollectorStatus& /*status*/) const {
    return Resumption::kAsPlanned;
  }
};

// balance_collector.cc, bills_collector.cc, orders_collector.cc, history_collector.cc,
// amortization_collector.cc, coupons_collector.cc, packages_collector.cc, budgets_collector.cc,
// renewals_collector.cc
[[nodiscard]] const CollectorKind& balance_collector();
[[nodiscard]] const CollectorKind& bills_collector();
[[nodiscard]] const CollectorKind& orders_collector();
[[nodiscard]] const CollectorKind& history_collector();
[[nodiscard]] const CollectorKind& amortization_collector();
[[nodiscard]] const CollectorKind& coupons_collector();
[[nodiscard]] const CollectorKind& packages_collector();
[[nodiscard]] const CollectorKind& budgets_collector();
[[nodiscard]] const CollectorKind& renewals_collector();

[[nodiscard]] const CollectorKind& collector_kind(Collector collector);

}  // namespace cloud_billing
