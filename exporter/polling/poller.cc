#include "polling/poller.h"

#include <algorithm>
#include <utility>

#include "accounts/account_identity.h"
#include "polling/account_restore.h"
#include "polling/double_counting.h"
#include "polling/request_failure.h"
#include "polling/retry.h"
#include "system/log.h"

namespace cloud_billing {
namespace {

// Enough to hide the latency of slow answers, few enough to bound memory.
constexpr std::size_t kMostInFlightPerAccount = 16;

// Of all accounts, where some go beyond their share.
constexpr std::size_t kMostInFlight = 1024;

// What an account may have in flight whatever the others have: requests that are never answered
// hold up their own account only.
std::size_t share_of_each(std::size_t accounts) {
  return std::clamp<std::size_t>(kMostInFlight / std::max<std::size_t>(accounts, 1), 1,
                                 kMostInFlightPerAccount);
}

// The loop wakes at least this often, whatever is due.
constexpr std::chrono::seconds kLongestSleep{1};

// Whoever runs a poll once waits for it.
constexpr std::chrono::seconds kLongestWaitOfRunOnce{60};

}  // namespace

Poller::Poller(const ProviderTable& providers, std::shared_ptr<const Config> config,
               std::vector<AccountSecrets> secrets, Transport& transport, const Clock& clock,
               PollMetrics& records, ViewSink& display, std::uint64_t seed)
    : providers_(providers),
      transport_(transport),
      clock_(clock),
      records_(records),
      sink_(display),
      random_(seed),
      mailbox_(transport) {
  apply_config({std::move(config), std::move(secrets)});
}

void Poller::restore(AccountRecord record) {
  for (AccountState& account : accounts_) {
    if (account.account().name != record.account) continue;
    restore_account(account, std::move(record), clock_.wall(), clock_.steady());
    sink_.show(account.index, account.make_view(clock_.wall(), clock_.steady()));
    return;
  }
}

void Poller::run() {
  while (!mailbox_.stopping()) step();
  for (const auto& [id, flight] : flights_) transport_.abandon(id);
  flights_.clear();
}

bool Poller::run_once() {
  const auto all = [this](auto&& holds) {
    return std::all_of(accounts_.begin(), accounts_.end(), [&](const AccountState& account) {
      return std::all_of(account.collectors.begin(), account.collectors.end(), holds);
    });
  };
  only_first_polls_ = true;
  while (!mailbox_.stopping() &&
         !all([](const CollectorState& c) { return c.status.up.has_value(); })) {
    step();
  }
  return all([](const CollectorState& c) { return c.status.up.value_or(false); });
}

void Poller::step() {
  read_mail();
  start_due_polls();
  const SteadyTime now = clock_.steady();
  SteadyTime wake_at = now + kLongestSleep;
  wake_at = std::min(wake_at, send_ready(now));
  for (const AccountState& account : accounts_) {
    for (const CollectorState& collector : account.collectors) {
      if (!collector.run && !only_first_polls_) wake_at = std::min(wake_at, collector.due);
    }
  }
  for (Completion& completion : transport_.wait(wake_at)) on_completion(std::move(completion));
}

void Poller::read_mail() {
  PollerMail mail = mailbox_.take();
  if (mail.config) {
    apply_config(*std::move(mail.config));
    mailbox_.confirm_config();
  }
  if (mail.secrets.empty()) return;
  for (AccountState& account : accounts_) {
    const auto posted = mail.secrets.find(account.index);
    if (posted != mail.secrets.end()) apply_secrets(account, std::move(posted->second));
  }
  key_queues_ = form_key_queues(accounts_, key_queues_, clock_.steady());
}

void Poller::apply_config(PostedConfig posted) {
  const auto config_before = std::exchange(config_, std::move(posted.config));
  records_.apply_config(*config_);
  const SteadyTime now = clock_.steady();
  std::list<AccountState> before;
  before.swap(accounts_);
  std::map<std::string_view, std::list<AccountState>::iterator> known;
  for (auto account = before.begin(); account != before.end(); ++account) {
    known.emplace(account->account().name, account);
  }
  std::vector<std::shared_ptr<const AccountView>> views;
  for (std::size_t i = 0; i < config_->accounts.size(); ++i) {
    const AccountConfig& wanted = config_->accounts[i];
    const auto same = known.find(wanted.name);
    if (same != known.end() &&
        AccountIdentity(same->second->account()) == AccountIdentity(wanted)) {
      edit_account(*same->second, {i, config_, std::move(posted.secrets[i])});
      accounts_.splice(accounts_.end(), before, same->second);
    } else {
      accounts_.emplace_back(i, config_, providers_.named(wanted.provider->name), now);
      accounts_.back().secrets = std::move(posted.secrets[i]);
    }
    views.push_back(accounts_.back().make_view(clock_.wall(), clock_.steady()));
  }
  for (AccountState& gone : before) {
    for (CollectorState& collector : gone.collectors) abandon_run(collector);
  }
  key_queues_ = form_key_queues(accounts_, key_queues_, clock_.steady());
  sink_.show_config(config_, std::move(views));
}

void Poller::edit_account(AccountState& account, AccountEdit edit) {
  for (CollectorState& collector : account.collectors) {
    if (outdates_poll(edit, account, collector.status.collector)) abandon_run(collector);
  }
  apply_edit(account, std::move(edit), clock_.steady());
}

void Poller::apply_secrets(AccountState& account, AccountSecrets secrets) {
  if (is_same(secrets, account.secrets)) return;  // a file was written anew as it had been
  const bool other_key =
      secrets && account.secrets && secrets->access_key_id != account.secrets->access_key_id;
  account.secrets = std::move(secrets);
  account.credit_refused_at.reset();
  for (CollectorState& collector : account.collectors) {
    if (collector.run && !account.secrets) {
      fail_without_secrets(account, collector);
    } else if (collector.run && other_key) {
      abandon_run(collector);  // the other half may be another account's
    } else if (collector.run) {
      collector.secrets_changed = true;
    } else if (collector.failures_in_a_row > 0) {
      collector.due = clock_.steady();
    }
  }
}

void Poller::start_due_polls() {
  const SteadyTime now = clock_.steady();
  for (AccountState& account : accounts_) {
    for (CollectorState& collector : account.collectors) {
      if (collector.run || collector.due > now) continue;
      if (only_first_polls_ && collector.status.up) continue;
      account.start_run(collector, clock_.wall(), now);
      if (!account.secrets) fail_without_secrets(account, collector);
    }
  }
}

// Sends what is due; when to look again. KeyQueues take turns at what is left beyond the shares.
SteadyTime Poller::send_ready(SteadyTime now) {
  SteadyTime next = SteadyTime::max();
  const auto middle = key_queues_.upper_bound(last_key_queue_);
  for (auto key_queue = middle; key_queue != key_queues_.end(); ++key_queue) {
    next = std::min(next, send_ready(*key_queue, now));
  }
  for (auto key_queue = key_queues_.begin(); key_queue != middle; ++key_queue) {
    next = std::min(next, send_ready(*key_queue, now));
  }
  return next;
}

bool Poller::may_send(const AccountState& account) const {
  if (!transport_.can_start()) return false;
  return flights_.size() < kMostInFlight || account.in_flight < share_of_each(accounts_.size());
}

// Sends what the lane's pace allows; when to look again.
SteadyTime Poller::send_ready(KeyQueues::value_type& entry, SteadyTime now) {
  KeyQueue& key_queue = entry.second;
  SteadyTime next = SteadyTime::max();
  for (std::size_t i = 0; i < key_queue.turns.size(); ++i) {
    const std::size_t turn = (key_queue.next_turn + i) % key_queue.turns.size();
    const auto& [account, collector] = key_queue.turns[turn];
    if (!collector->run || account->in_flight >= kMostInFlightPerAccount) continue;
    const std::optional<SteadyTime> ready = collector->run->ready_at(now);
    if (!ready) continue;
    if (*ready > now || key_queue.limiter.next_turn() > now) {
      next = std::min(next, std::max(*ready, key_queue.limiter.next_turn()));
      continue;
    }
    if (!may_send(*account)) continue;  // completions come first
    last_key_queue_ = entry.first;
    send(*account, *collector, collector->run->take_ready(now));
    key_queue.limiter.note_sent(clock_.steady());
    key_queue.next_turn = turn + 1;
    return key_queue.limiter.next_turn();
  }
  return next;
}

void Poller::send(AccountState& account, CollectorState& collector, Outgoing outgoing) {
  ++outgoing.attempts;
  const SignedRequest request =
      account.provider->sign(outgoing.pending.request, account.account(), *account.secrets,
                             std::chrono::floor<std::chrono::seconds>(clock_.wall()));
  const RequestId id = ++last_request_;
  transport_.start(id, request, config_->http.timeout);
  ++account.in_flight;
  records_.record_request(account.index, operation(outgoing.pending.request.operation));
  flights_.emplace(id, Flight{&account, &collector, std::move(outgoing)});
}

void Poller::on_completion(Completion completion) {
  const auto found = flights_.find(completion.id);
  if (found == flights_.end()) return;
  Flight flight = std::move(found->second);
  flights_.erase(found);
  --flight.account->in_flight;
  records_.record_duration(operation(flight.outgoing.pending.request.operation),
                           completion.duration);
  AccountState& account = *flight.account;
  CollectorState& collector = *flight.collector;
  resolve(std::move(flight), std::move(completion.response));
  close_finished_legs(account, collector);
}

// Gives the answer to its conversation, or decides what comes of a failure.
void Poller::resolve(Flight flight, Result<HttpResponse, Failure> response) {
  AccountState& account = *flight.account;
  CollectorRun& run = *flight.collector->run;
  Outgoing& outgoing = flight.outgoing;
  Conversation& conversation = run.legs()[outgoing.leg].conversation();

  std::optional<Failure> failure;
  if (!response) {
    failure = response.error();
  } else if (response->status < 200 || response->status > 299) {
    failure = account.provider->classify_error(*response);
  } else {
    failure = conversation.accept(outgoing.pending.token, *response);
  }
  if (!failure) return;
  if (response && failure->reason == Reason::kAuth) {
    name_clock_difference(*failure, *response, clock_.wall());
  }

  const ApiRequest& request = outgoing.pending.request;
  records_.record_request_failure(account.index, operation(request.operation), failure->reason);
  failure->message = hide_secrets(request.subject + ": " + failure->message, *account.secrets);
  RetryLimits limits{config_->http.max_retries, flight.collector->interval};
  if (only_first_polls_) limits.longest_wait = std::min(limits.longest_wait, kLongestWaitOfRunOnce);
  if (outgoing.pending.informational) limits = limit_informational(limits);
  const auto delay = request_retry_delay(*failure, outgoing.attempts, limits, random());
  log_debug("request failed", {{"account", account.account().name},
                               {"operation", std::string(operation(request.operation).label)},
                               {"reason", std::string(reason_name(failure->reason))},
                               {"error", failure->message},
                               {"retry_in_ms", delay ? std::to_string(delay->count()) : "never"}});
  if (delay) {
    outgoing.not_before = clock_.steady() + *delay;
    run.send_again(std::move(outgoing));
  } else {
    conversation.fail(outgoing.pending.token, *failure);
  }
}

void Poller::close_finished_legs(AccountState& account, CollectorState& collector) {
  if (!collector.run) return;
  CollectorRun& run = *collector.run;
  bool changed = false;
  for (std::size_t i = 0; i < run.legs().size(); ++i) {
    RunLeg& leg = run.legs()[i];
    if (leg.closed || !leg.conversation().finished()) continue;
    abandon_leg(collector, i);
    run.drop_waiting(i);
    changed = account.store_result(run, leg, clock_.wall(), clock_.steady()) || changed;
  }
  if (changed) warn_of_double_counting(account, accounts_);
  if (run.finished()) {
    finish_run(account, collector);
  } else if (changed) {
    publish_view(account);
  }
}

// To begin again at once, unless the collector is gone.
void Poller::abandon_run(CollectorState& collector) {
  if (!collector.run) return;
  for (std::size_t i = 0; i < collector.run->legs().size(); ++i) abandon_leg(collector, i);
  collector.run.reset();
  collector.started.reset();
  collector.due = clock_.steady();
}

void Poller::abandon_leg(const CollectorState& collector, std::size_t leg) {
  for (auto flight = flights_.begin(); flight != flights_.end();) {
    if (flight->second.collector != &collector || flight->second.outgoing.leg != leg) {
      ++flight;
      continue;
    }
    transport_.abandon(flight->first);
    --flight->second.account->in_flight;
    flight = flights_.erase(flight);
  }
}

void Poller::fail_without_secrets(AccountState& account, CollectorState& collector) {
  Failure failure;
  failure.reason = Reason::kAuth;
  failure.message = account.secrets.error().message;
  collector.run->note_failure(failure);
  for (std::size_t i = 0; i < collector.run->legs().size(); ++i) {
    abandon_leg(collector, i);
    collector.run->legs()[i].closed = true;
  }
  finish_run(account, collector);
}

void Poller::finish_run(AccountState& account, CollectorState& collector) {
  const std::optional<Failure> failure = collector.run->failure();
  const bool was_failing = collector.failures_in_a_row > 0;
  account.end_run(collector, clock_.wall(), clock_.steady(), random());
  const Collector which = collector.status.collector;
  records_.record_poll(account.index, which,
                       failure ? std::optional(failure->reason) : std::nullopt);
  if (failure) {
    log_warn("poll failed", {{"account", account.account().name},
                             {"collector", std::string(collector_name(which))},
                             {"reason", std::string(reason_name(failure->reason))},
                             {"error", failure->message}});
  } else {
    log(was_failing ? LogLevel::kInfo : LogLevel::kDebug,
        was_failing ? "poll succeeded again" : "poll succeeded",
        {{"account", account.account().name},
         {"collector", std::string(collector_name(which))},
         {"seconds", std::to_string(collector.status.duration_seconds)}});
  }
  publish_view(account);
}

void Poller::publish_view(const AccountState& account) const {
  sink_.show(account.index, account.make_view(clock_.wall(), clock_.steady()));
  if (keep_record_) keep_record_(make_record(account, clock_.wall(), clock_.steady()));
}

double Poller::random() { return std::uniform_real_distribution<double>(0, 1)(random_); }

}  // namespace cloud_billing
