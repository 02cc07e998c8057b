#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "polling/account_state.h"
#include "polling/collector_kind.h"
#include "polling/known_months.h"
#include "system/log.h"

namespace cloud_billing {
namespace {

// Once for each month.
void warn_of_tags(AccountState& account, BillingMonth month, const MonthCosts& costs) {
  if (costs.unread_tags == 0 || !account.warned_of_tags.insert(month).second) return;
  log_warn("tags of bill rows cannot be read and are left out; their rows count as without them",
           {{"account", account.account().name},
            {"month", month.text()},
            {"tags", std::uint64_t{costs.unread_tags}}});
}

void keep_month(AccountState& account, BillingMonth month, MonthCosts costs, UtcSeconds read_at) {
  auto& months = account.results.months;
  months.insert_or_assign(month, read_now(std::move(costs), read_at));
  drop_other_months(months, read_at, account.zone());
}

void keep_day(AccountResults& results, DayCosts day, UtcSeconds read_at) {
  KnownDays days = results.days ? *results.days->value : KnownDays(day, read_at);
  days.add_newest(std::move(day), read_at);
  results.days = read_now(std::move(days), read_at);
}

// False if the newest day was forgotten meanwhile, or is an earlier one now.
bool keep_earlier_day(AccountResults& results, DayCosts day, UtcSeconds read_at) {
  if (!results.days || day.day > results.days->value->newest().day) return false;
  const BillingDay which = day.day;
  KnownDays days = *results.days->value;
  if (which == days.newest().day) {
    days.add_newest(std::move(day), read_at);
  } else {
    days.add_earlier(std::move(day), read_at);
  }
  if (!days.knows(which)) return false;
  results.days->value = std::make_shared<const KnownDays>(std::move(days));
  return true;
}

// Whether the groups that are known still are those that are asked for.
bool makes_same_groups(const AggregationConfig& before, const AggregationConfig& after) {
  return before.group_by == after.group_by && before.tag_keys == after.tag_keys &&
         before.max_series == after.max_series;
}

class BillsCollector final : public CollectorKind {
 public:
  void start(AccountState& account, CollectorState& collector, UtcSeconds now) const override {
    // A poll fixes its months when it starts.
    const BillingMonth current = account.zone().month_at(now);
    add_month(account, collector, {now, current}, true);
    if (reads_previous_month(account.results.months, collector,
                             account.config->polling.bills.max_age, now, account.zone())) {
      add_month(account, collector, {now, current.previous()}, false);
    }
    add_day(account, collector, now);
  }

  // One day after the other, the newest first.
  bool follow_up(AccountState& account, CollectorRun& run, UtcSeconds now) const override {
    const auto& known = account.results.days;
    if (!known) return false;
    const std::optional<BillingDay> day = next_day_to_read(*known->value, now, account.zone());
    if (!day) return false;
    const bool is_newest = *day == known->value->newest().day;
    run.add_leg(
        account.provider->ask_day(account.account(), {*day, is_newest}),
        [&account, &run, day = *day](Conversation<DayCosts>& conversation, UtcSeconds read_at) {
          if (const auto& failure = conversation.failure()) {
            run.note_shortfall({"an earlier day was not read", day_text(day), *failure});
            return false;
          }
          return keep_earlier_day(account.results, conversation.take_result(), read_at);
        });
    return true;
  }

  Digest digest(const AccountResults& results, UtcSeconds /*now*/) const override {
    return digest_of(results.months);
  }

  // The latest success is that of the current month, noted with its result. A day is read once:
  // while it is the newest, good polls of the bills keep it from growing old.
  void note_success(AccountState& account, CollectorState& collector,
                    UtcSeconds at) const override {
    auto& days = account.results.days;
    if (!days) return;
    const UtcSeconds start = seconds_of(collector.run->wall_start());
    if (account.provider->newest_complete_day(start) == days->value->newest().day) {
      days->at = at;
    }
  }

  bool asks_anew(const Config& before, const Config& after) const override {
    return before.aggregation != after.aggregation;
  }
  void adapt(AccountResults& results, const Config& before, const Config& after) const override {
    if (!makes_same_groups(before.aggregation, after.aggregation)) drop_groups(results.months);
  }

  void restore(AccountResults& results, const AccountRecord& record, const AccountState& account,
               UtcSeconds now) const override {
    drop_other_months(results.months, now, account.zone());
    const AggregationConfig& aggregation = account.config->aggregation;
    if (record.grouping != grouping_text(aggregation) ||
        !are_grouped(results.months, aggregation)) {
      drop_groups(results.months);
    }
  }
  Resumption resume(const AccountState& account, const AccountRecord& /*record*/,
                    const CollectorStatus& status) const override {
    if (status.last_success && account.results.months.empty()) return Resumption::kAnew;
    return are_grouped(account.results.months, account.config->aggregation) ? Resumption::kAsPlanned
                                                                            : Resumption::kAtOnce;
  }

 private:
  static void add_month(AccountState& account, CollectorState& collector, const MonthQuery& query,
                        bool is_current) {
    CollectorRun& run = *collector.run;
    run.add_leg(account.provider->ask_month(account.account(), account.config->aggregation, query),
                [&account, &collector, &run, month = query.month, is_current](
                    Conversation<MonthCosts>& conversation, UtcSeconds read_at) {
                  if (!run.note_outcome(conversation)) return false;
                  MonthCosts costs = conversation.take_result();
                  account.remember_id(costs.account_id);
                  warn_of_tags(account, month, costs);
                  keep_month(account, month, std::move(costs), read_at);
                  if (is_current) collector.status.last_success = read_at;
                  return true;
                });
  }

  // A day that cannot be read keeps the one before and fails nothing.
  static void add_day(AccountState& account, CollectorState& collector, UtcSeconds now) {
    const std::optional<BillingDay> newest = account.provider->newest_complete_day(now);
    const auto& known = account.results.days;
    if (!newest || (known && *newest == known->value->newest().day)) return;
    CollectorRun& run = *collector.run;
    run.add_leg(
        account.provider->ask_day(account.account(), {*newest, true}),
        [&account, &run, day = *newest](Conversation<DayCosts>& conversation, UtcSeconds read_at) {
          if (const auto& failure = conversation.failure()) {
            run.note_shortfall({"the newest complete day was not read", day_text(day), *failure});
            return false;
          }
          keep_day(account.results, conversation.take_result(), read_at);
          return true;
        });
  }
};

}  // namespace

const CollectorKind& bills_collector() {
  static const BillsCollector collector;
  return collector;
}

}  // namespace cloud_billing
