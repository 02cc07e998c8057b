#include "polling/account_state.h"

#include <algorithm>
#include <utility>

#include "polling/month_pace.h"
#include "polling/retry.h"
#include "system/log.h"

namespace cloud_billing {
namespace {

// A key that may not read the credit quota is asked again after this time.
constexpr std::chrono::hours kAskCreditAgainAfter{24};

// Polls after the first spread over this part of their interval, so that accounts do not march in
// step.
constexpr double kJitter = 0.05;

UtcSeconds seconds_of(WallTime time) { return std::chrono::floor<std::chrono::seconds>(time); }

}  // namespace

void CollectorState::schedule(SteadyTime now) {
  if (!started) return;
  std::chrono::duration<double, std::milli> delay = interval;
  if (failed_for) delay = failed_poll_delay(*failed_for, failures_in_a_row, interval);
  due = *started + std::chrono::duration_cast<SteadyTime::duration>(delay * (1 + kJitter * jitter));
  due = std::max(due, now);
  if (not_before) due = std::max(due, std::min<SteadyTime>(*not_before, now + interval));
}

AccountState::AccountState(std::size_t index_in_config, std::shared_ptr<const Config> shared_config,
                           const Provider& its_provider, SteadyTime first_due)
    : index(index_in_config),
      config(std::move(shared_config)),
      provider(&its_provider),
      secrets(Error{"its secrets were not read yet"}) {
  for (const Collector collector : account().collectors) add_collector(collector, first_due);
}

void AccountState::add_collector(Collector collector, SteadyTime first_due) {
  CollectorState& state = collectors.emplace_back();
  state.status.collector = collector;
  state.interval = interval_of(*config, account(), collector);
  state.due = first_due;
}

void AccountState::start_run(CollectorState& collector, WallTime wall, SteadyTime now) {
  auto run = std::make_unique<CollectorRun>(collector.status.collector, wall, now);
  const UtcSeconds utc = seconds_of(wall);
  switch (collector.status.collector) {
    case Collector::kBalance: {
      const bool ask_credit =
          !credit_refused_at || now - *credit_refused_at >= kAskCreditAgainAfter;
      const bool credit_known = results.balance && results.balance->value->credit_limit;
      run->add_leg(BalanceLeg{
          provider->ask_balance(account(), {utc, results.account_id, ask_credit, credit_known})});
      break;
    }
    case Collector::kBills: {
      // A poll fixes its months when it starts.
      const BillingMonth current = BillingMonth::at(utc);
      for (const BillingMonth month : {current, current.previous()}) {
        if (month != current && !reads_previous_month(collector, utc)) continue;
        run->add_leg(
            MonthLeg{month, provider->ask_month(account(), config->aggregation, {utc, month})});
      }
      const std::optional<BillingDay> newest = provider->newest_complete_day(utc);
      if (newest && !(results.day && results.day->value->day == *newest)) {
        run->add_leg(DayLeg{*newest, provider->ask_day(account(), *newest)});
      }
      break;
    }
    case Collector::kOrders:
      run->add_leg(
          OrdersLeg{provider->ask_orders(account(), {utc, config->polling.orders_window})});
      break;
  }
  collector.started = now;
  collector.run_config = config;
  collector.run = std::move(run);
}

// After a failed poll both months are read: the collector is up when the latest attempt at each
// succeeded.
bool AccountState::reads_previous_month(const CollectorState& collector, UtcSeconds now) const {
  const auto known = results.months.find(BillingMonth::at(now).previous());
  if (known == results.months.end() || !known->second.value->grouped) return true;
  if (collector.failures_in_a_row > 0) return true;
  return is_previous_month_due(known->second.at,
                               {collector.interval, config->polling.bills.max_age}, now);
}

bool AccountState::store_result(CollectorRun& run, RunLeg& leg, WallTime wall, SteadyTime now) {
  leg.closed = true;
  return std::visit([&](auto& subject) { return store(subject, run, seconds_of(wall), now); },
                    leg.subject);
}

bool AccountState::store(BalanceLeg& leg, CollectorRun& run, UtcSeconds read_at, SteadyTime now) {
  if (leg.conversation->credit_refused()) credit_refused_at = now;
  if (!run.note_outcome(*leg.conversation)) return false;
  Balance result = leg.conversation->take_balance();
  if (!result.account_id.empty()) results.account_id = result.account_id;
  results.balance = Read<Balance>{std::make_shared<const Balance>(std::move(result)), read_at};
  return true;
}

bool AccountState::store(MonthLeg& leg, CollectorRun& run, UtcSeconds read_at, SteadyTime) {
  if (!run.note_outcome(*leg.conversation)) return false;
  MonthCosts costs = leg.conversation->take_costs();
  if (!costs.account_id.empty()) results.account_id = costs.account_id;
  results.months.insert_or_assign(
      leg.month, Read<MonthCosts>{std::make_shared<const MonthCosts>(std::move(costs)), read_at});
  // Values two months old are dropped, and those that a clock set wrong has read ahead of time.
  const BillingMonth current = BillingMonth::at(read_at);
  std::erase_if(results.months, [current](const auto& entry) {
    return entry.first < current.previous() || entry.first > current;
  });
  const bool is_current = leg.month == BillingMonth::at(seconds_of(run.wall_start()));
  if (is_current) {
    for (CollectorState& collector : collectors) {
      if (collector.status.collector == Collector::kBills) collector.status.last_success = read_at;
    }
  }
  return true;
}

// A day that cannot be read keeps the one before and fails nothing.
bool AccountState::store(DayLeg& leg, CollectorRun&, UtcSeconds read_at, SteadyTime) {
  if (const auto& failure = leg.conversation->failure()) {
    log_warn("the newest complete day was not read",
             {{"account", account().name},
              {"day", day_text(leg.day)},
              {"reason", std::string(reason_name(failure->reason))},
              {"error", failure->message}});
    return false;
  }
  results.day =
      Read<DayCosts>{std::make_shared<const DayCosts>(leg.conversation->take_costs()), read_at};
  return true;
}

bool AccountState::store(OrdersLeg& leg, CollectorRun& run, UtcSeconds read_at, SteadyTime) {
  if (!run.note_outcome(*leg.conversation)) return false;
  results.orders =
      Read<Orders>{std::make_shared<const Orders>(leg.conversation->take_orders()), read_at};
  return true;
}

// A day is read once: while it is the newest, good polls of the bills keep it from growing old.
void AccountState::confirm_day(const CollectorRun& run, UtcSeconds at) {
  if (!results.day || run.collector() != Collector::kBills) return;
  if (provider->newest_complete_day(seconds_of(run.wall_start())) == results.day->value->day)
    results.day->at = at;
}

void AccountState::end_run(CollectorState& collector, WallTime wall, SteadyTime now,
                           double jitter) {
  const CollectorRun& run = *collector.run;
  collector.status.duration_seconds =
      std::chrono::duration<double>(now - run.steady_start()).count();
  collector.status.up = !run.failure().has_value();
  collector.failed_for.reset();
  collector.not_before.reset();
  if (const auto& failure = run.failure()) {
    ++collector.failures_in_a_row;
    collector.failed_for = failure->reason;
    if (failure->retry_after) collector.not_before = now + *failure->retry_after;
    collector.status.last_failure =
        PollFailure{failure->reason, failure->message, seconds_of(wall)};
  } else {
    collector.failures_in_a_row = 0;
    if (collector.status.collector != Collector::kBills) {
      collector.status.last_success = seconds_of(wall);
    }
    confirm_day(run, seconds_of(wall));
  }
  collector.jitter = jitter;
  collector.schedule(now);
  // It may have failed for the secrets of before.
  if (collector.failed_for && collector.secrets_changed) collector.due = now;
  collector.secrets_changed = false;
  collector.run.reset();
}

std::shared_ptr<const AccountView> AccountState::make_view(WallTime wall, SteadyTime now) const {
  auto view = std::make_shared<AccountView>();
  view->config = std::shared_ptr<const AccountConfig>(config, &account());
  for (const CollectorState& collector : collectors) {
    CollectorStatus& status = view->collectors.emplace_back(collector.status);
    if (!collector.run) status.next_poll = seconds_of(wall + (collector.due - now));
  }
  view->results = results;
  // Before the first good month there are no amounts at all.
  if (results.months.empty()) view->results.day.reset();
  return view;
}

}  // namespace cloud_billing
