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

// Of the current and the previous month; without their groups if those were made differently.
void keep_months_that_count(AccountResults& results, bool same_groups, UtcSeconds now) {
  const BillingMonth current = BillingMonth::at(now);
  std::erase_if(results.months, [current](const auto& entry) {
    return entry.first != current && entry.first != current.previous();
  });
  if (same_groups) return;
  for (auto& [month, read] : results.months) {
    read.value = std::make_shared<const MonthCosts>(without_groups(*read.value));
  }
}

// Results of collectors that are not configured any more, or too old for their kind, stay behind.
AccountResults results_that_count(const AccountState& account, AccountResults results,
                                  bool same_groups, UtcSeconds now) {
  for (const Collector collector : kAllCollectors) {
    if (!polls(account.account(), collector)) results.drop(collector);
  }
  results.bound_times(now);
  keep_months_that_count(results, same_groups, now);
  return results;
}

void restore_schedule(CollectorState& collector, const CollectorRecord& record, bool at_once,
                      WallTime wall, SteadyTime now) {
  const SteadyTime::duration interval = collector.interval;
  collector.status = record.status;
  collector.failures_in_a_row = record.failures_in_a_row;
  collector.failed_for = record.failed_for;
  if (record.failed_for) {
    // The words are in the log of before: a state file keeps no text of a cloud's.
    const UtcSeconds at = record.started.value_or(std::chrono::floor<std::chrono::seconds>(wall));
    collector.status.last_failure = PollFailure{*record.failed_for, "", at};
  }
  SteadyTime::duration wait = record.due - wall;
  if (record.started) {
    const SteadyTime::duration ago =
        std::max<SteadyTime::duration>(wall - *record.started, SteadyTime::duration::zero());
    collector.started = now - ago;
    wait = std::min(wait, interval - ago + interval / 20);  // a shorter interval holds at once
  }
  const bool may_be_mended = record.failed_for == Reason::kAuth;
  if (at_once || may_be_mended) wait = SteadyTime::duration::zero();
  collector.due = now + std::clamp(wait, SteadyTime::duration::zero(), interval);
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
  const UtcSeconds utc = std::chrono::floor<std::chrono::seconds>(wall);
  const bool same_groups = record.grouping == grouping_text(account.config->aggregation);
  const bool same_window = record.orders_window == account.config->polling.orders_window;
  account.results = results_that_count(account, std::move(record.results), same_groups, utc);
  for (CollectorState& collector : account.collectors) {
    const auto known = std::find_if(
        record.collectors.begin(), record.collectors.end(),
        [&](const auto& entry) { return entry.status.collector == collector.status.collector; });
    if (known == record.collectors.end()) continue;
    const bool is_bills = collector.status.collector == Collector::kBills;
    // Its results are of months gone by: it starts anew.
    if (is_bills && known->status.last_success && account.results.months.empty()) continue;
    const bool at_once = (is_bills && !same_groups) ||
                         (collector.status.collector == Collector::kOrders && !same_window);
    restore_schedule(collector, *known, at_once, wall, now);
  }
}

}  // namespace cloud_billing
