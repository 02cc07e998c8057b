#pragma once

// One account while its months are read, one after the other: its questions, and what came of them.
// Knows neither network nor file but the spool. On the run's thread; configuration, provider,
// secrets and spool must outlive it.

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "billing/costs.h"
#include "config/config.h"
#include "core/calendar.h"
#include "focus_export/charge_recorder.h"
#include "focus_export/month_writer.h"
#include "focus_export/spool.h"
#include "polling/collector_run.h"
#include "polling/rate_limiter.h"
#include "providers/credentials.h"
#include "providers/provider.h"

namespace cloud_billing {

// A month that was read, or why it was not.
struct MonthOutcome {
  std::string month;
  std::optional<ReadMonth> read;
  std::string failure;
};

class AccountReading {
 public:
  struct Subject {
    const AccountConfig& config;
    const Provider& provider;
    const AccountSecrets& secrets;
    RateLimiter* pace;  // of its key; null if the secrets cannot be read
  };

  AccountReading(Subject subject, std::vector<BillingMonth> months, Spool& spool);

  [[nodiscard]] const Subject& subject() const { return subject_; }
  // Nothing is asked any more.
  [[nodiscard]] bool is_done() const { return !run_; }
  // In the order of months; what was taken is moved from.
  [[nodiscard]] std::vector<MonthOutcome>& outcomes() { return outcomes_; }

  // Begins the next month, if none is being read.
  void begin_month(WallTime wall, SteadyTime steady);
  // Of the month being read.
  [[nodiscard]] CollectorRun& run() { return *run_; }
  [[nodiscard]] std::size_t under_way() const { return under_way_; }
  void note_sent() { ++under_way_; }
  void note_answered() { --under_way_; }

  // Ends the month if all of it was read or something failed; true then: what is still under way
  // is of no use.
  [[nodiscard]] bool end_month();

  // All its months, a month that failed too.
  [[nodiscard]] ReadSoFar read_so_far() const;
  // 0 before anything is known, 1 at the end.
  [[nodiscard]] double share_read() const;
  [[nodiscard]] bool is_last_month() const { return outcomes_.size() + 1 >= months_.size(); }

  // Why the spool could not be written.
  [[nodiscard]] std::optional<Error> spool_error() const;

 private:
  [[nodiscard]] FocusMonth describe(BillingMonth month) const;
  [[nodiscard]] ReadSoFar read_of_month() const;

  const Subject subject_;
  const std::vector<BillingMonth> months_;
  Spool& spool_;
  std::vector<MonthOutcome> outcomes_;
  ReadSoFar read_;             // of the months that ended
  bool is_amortised_ = false;  // this month or an earlier one has rows in the amortised bill

  // Of the month being read.
  std::unique_ptr<ChargeRecorder> bill_;
  std::unique_ptr<ChargeRecorder> shares_;
  std::optional<MonthCosts> costs_;
  std::unique_ptr<CollectorRun> run_;  // goes before the recorders, which it writes to
  std::size_t under_way_ = 0;
};

}  // namespace cloud_billing
