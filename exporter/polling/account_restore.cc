#include "polling/account_restore.h"

#include <algorithm>
#include <utility>

#include "accounts/account_identity.h"
#include "system/log.h"

namespace cloud_billing {
namespace {

// Rounded up: a poll must not come before it is due.
UtcSeconds wall_time_of(SteadyTime time, WallTime wall, SteadyTime now) {
  return std::chrono::ceil<std::chrono::seconds>(wall + (time - now));
}

// Results of collectors that are not configured any more, or too old for their kind, stay behind.
AccountResults results_that_count(const AccountState& account, const AccountRecord& record,
                                  UtcSeconds now) {
  AccountResults results = record.results;
  results.bound_times(now);
  for (const Collector collector : kAllCollectors) {
    if (!polls(account.account(), collector)) results.drop(collector);
  }
  for (const CollectorState& collector : account.collectors) {
    collector.kind->restore(results, record, account, now);
  }
  return results;
}

// The wall clock counts nanoseconds, so that three centuries away it has no time any more.
WallTime within_a_century(UtcSeconds time, WallTime wall) {
  constexpr std::chrono::days kCentury{36500};
  return std::clamp(time, seconds_of(wall) - kCentury, seconds_of(wall) + kCentury);
}

void restore_schedule(CollectorState& collector, const CollectorRecord& record, bool at_once,
                      WallTime wall, SteadyTime now) {
  const SteadyTime::duration interval = collector.interval;
  collector.status = record.status;
  collector.failures_in_a_row = record.failures_in_a_row;
  collector.has_succeeded = record.status.last_success.has_value();
  collector.failed_for = record.failed_for;
  if (record.failed_for && !record.status.last_failure) {  // a record of a time without the words
    const UtcSeconds at = record.started.value_or(std::chrono::floor<std::chrono::seconds>(wall));
    collector.status.last_failure = PollFailure{*record.failed_for, "", at};
  }
  SteadyTime::duration wait = within_a_century(record.due, wall) - wall;
  if (record.started) {
    const SteadyTime::duration ago = std::max<SteadyTime::duration>(
        wall - within_a_century(*record.started, wall), SteadyTime::duration::zero());
    collector.started = now - ago;
    const auto jitter = std::chrono::duration_cast<SteadyTime::duration>(interval * kPollJitter);
    wait = std::min(wait, interval - ago + jitter);  // a shorter interval holds at once
  }
  collector.due = now + std::clamp(wait, SteadyTime::duration::zero(), interval);
  if (record.not_before) {
    collector.not_before = now + (within_a_century(*record.not_before, wall) - wall);
  }
  if (at_once || collector.lacks_success()) collector.poll_at_once(now);
}

}  // namespace

AccountRecord make_record(const AccountState& account, WallTime wall, SteadyTime now) {
  AccountRecord record;
  record.account = account.account().name;
  record.identity = to_text(AccountIdentity(account.account()));
  record.grouping = grouping_text(account.config->aggregation);
  record.orders_window = account.config->polling.orders_window;
  for (const CollectorState& collector : account.collectors) {
    CollectorRecord& made = record.collectors.emplace_back();
    made.status = collector.status;
    if (collector.started) {
      made.started = std::chrono::floor<std::chrono::seconds>(wall + (*collector.started - now));
    }
    made.due = wall_time_of(collector.due, wall, now);
    if (collector.not_before) made.not_before = wall_time_of(*collector.not_before, wall, now);
    made.failures_in_a_row = collector.failures_in_a_row;
    made.failed_for = collector.failed_for;
  }
  record.results = account.results;
  return record;
}

void restore_account(AccountState& account, AccountRecord record, WallTime wall, SteadyTime now) {
  if (record.identity != to_text(AccountIdentity(account.account()))) {
    log_info("the saved state is of another account of this name and is not used",
             {{"account", account.account().name}});
    return;
  }
  account.results = results_that_count(account, record, seconds_of(wall));
  for (CollectorState& collector : account.collectors) {
    const auto known = std::find_if(
        record.collectors.begin(), record.collectors.end(),
        [&](const auto& entry) { return entry.status.collector == collector.status.collector; });
    if (known == record.collectors.end()) continue;
    const auto resumption = collector.kind->resume(account, record, known->status);
    if (resumption == CollectorKind::Resumption::kAnew) continue;
    const bool at_once = resumption == CollectorKind::Resumption::kAtOnce;
    restore_schedule(collector, *known, at_once, wall, now);
  }
}

}  // namespace cloud_billing
