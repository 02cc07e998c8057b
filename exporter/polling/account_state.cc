#include "polling/account_state.h"

#include <algorithm>
#include <cstddef>
#include <map>
#include <memory>
#include <string>
#include <utility>

#include "polling/retry.h"

namespace cloud_billing {
namespace {

const std::string& owner_of(const MonthCosts& month) { return month.account_id; }
const std::string& owner_of(const EffectiveCosts& month) { return month.shares.account_id; }
const std::string& owner_of(const ClosedMonth& month) { return month.costs().account_id; }

// How many there were. A month that does not tell whose it is stays.
template <typename Costs>
std::size_t drop_months_of_others(std::map<BillingMonth, Read<Costs>>& months,
                                  const std::string& id) {
  return std::erase_if(months, [&id](const auto& entry) {
    const std::string& owner = owner_of(*entry.second.value);
    return !owner.empty() && owner != id;
  });
}

}  // namespace

void CollectorState::schedule(SteadyTime now) {
  if (!started) return;
  std::chrono::duration<double, std::milli> delay = interval;
  if (failed_for) delay = failed_poll_delay(*failed_for, failures_in_a_row, interval);
  due = *started + std::chrono::duration_cast<SteadyTime::duration>(delay * wait_factor);
  due = std::max(due, earliest(now));
}

void CollectorState::poll_at_once(SteadyTime now) { due = earliest(now); }

SteadyTime CollectorState::earliest(SteadyTime now) const {
  if (!not_before) return now;
  return std::clamp<SteadyTime>(*not_before, now, now + interval);
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
  state.kind = &collector_kind(collector);
  state.status.collector = collector;
  state.interval = interval_of(*config, account(), collector);
  state.due = first_due;
}

void AccountState::remember_id(const std::string& id) {
  if (id.empty()) return;
  if (!id_of_key.empty() && id != id_of_key) refusals.clear();
  id_of_key = id;
  results.account_id = id;
  // Read once, they would stay another account's for good.
  drop_months_of_others(results.closed_months, id);
  drop_months_of_others(results.effective_months, id);
  // A day does not tell whose it is: it is its month's.
  if (drop_months_of_others(results.months, id) > 0) results.days.reset();
}

void AccountState::apply_secrets(AccountSecrets new_secrets) {
  if (new_secrets) {
    const std::string key_before = std::exchange(key_id, new_secrets->access_key_id);
    if (!key_before.empty() && key_before != key_id) {
      id_of_key.clear();
      results.account_id.clear();
      has_results_of_other_key = true;
    }
  }
  secrets = std::move(new_secrets);
  refusals.clear();
}

void AccountState::start_run(CollectorState& collector, WallTime wall, SteadyTime now) {
  collector.run = std::make_unique<CollectorRun>(wall, now);
  collector.run_config = config;
  collector.started = now;
  collector.kind->start(*this, collector, seconds_of(wall));
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
    if (const auto& asked = failure->retry_after) {
      collector.not_before = now + std::min(*asked, collector.interval);
    }
    collector.status.last_failure =
        PollFailure{failure->reason, failure->message, seconds_of(wall)};
  } else {
    collector.failures_in_a_row = 0;
    collector.kind->note_success(*this, collector, seconds_of(wall));
  }
  collector.wait_factor = 1 + kPollJitter * jitter;
  if (!collector.failed_for && collector.phase) {
    collector.wait_factor = *std::exchange(collector.phase, std::nullopt);
  }
  collector.schedule(now);
  // It may have failed for the secrets of before.
  if (collector.failed_for && collector.secrets_changed) collector.poll_at_once(now);
  collector.secrets_changed = false;
  collector.run.reset();
}

std::shared_ptr<const AccountView> AccountState::make_view(WallTime wall, SteadyTime now) const {
  auto view = std::make_shared<AccountView>();
  view->config = std::shared_ptr<const AccountConfig>(config, &account());
  for (const CollectorState& collector : collectors) {
    CollectorStatus& status = view->collectors.emplace_back(collector.status);
    if (!collector.run) status.next_poll = seconds_of(wall + (collector.due - now));
    if (collector.status.collector == Collector::kBills) {
      view->days_are_read = collector.follow_up.run != nullptr;
      view->days_failure = collector.follow_up.failure;
    }
  }
  view->results = results;
  // Before the first good month there are no amounts at all.
  if (results.months.empty()) view->results.days.reset();
  return view;
}

}  // namespace cloud_billing
