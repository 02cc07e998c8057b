#include "polling/poller.h"

#include <algorithm>
#include <new>
#include <utility>

#include "core/retry_after.h"
#include "polling/account_restore.h"
#include "polling/poll_log.h"
#include "polling/prompt_polls.h"
#include "polling/request_failure.h"
#include "polling/retry.h"
#include "providers/masked_words.h"
#include "system/log.h"

namespace cloud_billing {
namespace {

// The loop wakes at least this often, whatever is due.
constexpr std::chrono::seconds kLongestSleep{1};

}  // namespace

Poller::Poller(const ProviderTable& providers, std::shared_ptr<const Config> config,
               std::vector<AccountSecrets> secrets, const Schedule& schedule, Transport& transport,
               const Clock& clock, PollMetrics& metrics, ViewSink& sink, std::uint64_t seed)
    : providers_(providers),
      schedule_(schedule),
      clock_(clock),
      metrics_(metrics),
      sink_(sink),
      plan_(schedule),
      dispatcher_(transport, clock, metrics, seed),
      follow_ups_(dispatcher_, clock),
      random_(seed),
      mailbox_(transport) {
  apply_config({std::move(config), std::move(secrets)});
  show_config();
}

void Poller::restore(AccountRecord record) {
  AccountState* const account = accounts_.find(record.account);
  if (account == nullptr) return;
  restore_account(*account, std::move(record), clock_.wall(), clock_.steady());
  sink_.show(account->index, account->make_view(clock_.wall(), clock_.steady()));
}

bool Poller::run() {
  plan_all();
  while (!mailbox_.stopping() && !schedule_.is_over(never_polled_ + follow_ups_.going_on())) step();
  dispatcher_.abandon_all();
  const std::list<AccountState>& accounts = accounts_.all();
  return std::all_of(accounts.begin(), accounts.end(), [](const AccountState& account) {
    return std::all_of(account.collectors.begin(), account.collectors.end(),
                       [](const auto& collector) { return collector.status.up == true; });
  });
}

// After what touched any number of accounts: a start, a new configuration, an order of polls.
void Poller::plan_all() {
  spread_polls(accounts_.all(), clock_.steady());
  plan_.form(accounts_.all());
  never_polled_ = accounts_.count_never_polled();
}

void Poller::step() {
  read_mail();
  start_due_poll();
  const SteadyTime now = clock_.steady();
  const SteadyTime wake_at =
      std::min({now + kLongestSleep, dispatcher_.send_due(now, never_polled_ > 0), plan_.next()});
  for (Completion& completion : dispatcher_.wait(wake_at)) {
    if (auto completed = dispatcher_.take_in(std::move(completion))) {
      on_completion(*std::move(completed));
    }
  }
}

void Poller::read_mail() {
  PollerMail mail = mailbox_.take();
  if (mail.config) {
    apply_config(*std::move(mail.config));
    plan_all();
    show_config();
    mailbox_.confirm_config();
  }
  if (!mail.secrets.empty()) {
    for (auto& [index, secrets] : mail.secrets) {
      AccountState* const account = accounts_.find(index);
      if (account != nullptr) apply_secrets(*account, std::move(secrets));
    }
    dispatcher_.form_queues(accounts_.all());
    plan_all();
  }
  for (PollOrder& order : mail.polls) {
    const OrderedPolls ordered = poll_ahead_of_time(accounts_, order.account, clock_.steady());
    plan_all();
    order.outcome.set_value(ordered);
  }
}

void Poller::apply_config(PostedConfig posted) {
  config_ = posted.config;
  metrics_.apply_config(*config_);
  std::list<AccountState> gone = accounts_.take_up(
      std::move(posted), providers_, clock_.steady(),
      [this](AccountState& account, AccountEdit edit) { edit_account(account, std::move(edit)); });
  for (AccountState& account : gone) {
    for (CollectorState& collector : account.collectors) abandon_run(collector);
  }
  dispatcher_.form_queues(accounts_.all());
}

void Poller::show_config() {
  std::vector<std::shared_ptr<const AccountView>> views;
  for (const AccountState& account : accounts_.all()) {
    views.push_back(account.make_view(clock_.wall(), clock_.steady()));
  }
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
  account.apply_secrets(std::move(secrets));
  for (CollectorState& collector : account.collectors) {
    if (!account.secrets || other_key) follow_ups_.abandon(collector);
    if (collector.run && !account.secrets) {
      fail_without_secrets(account, collector);
    } else if (collector.run && other_key) {
      abandon_run(collector);  // the other half may be another account's
    } else if (collector.run) {
      collector.secrets_changed = true;
    } else if (collector.lacks_success()) {
      collector.poll_at_once(clock_.steady());
    }
  }
}

// One in each pass, whose wait then ends at once: while responses come faster than they are read,
// few polls begin between them, and fewer half-read bills are in memory.
void Poller::start_due_poll() {
  const SteadyTime now = clock_.steady();
  const std::optional<PlannedPoll> poll = plan_.take_due(now);
  if (!poll) return;
  AccountState& account = *poll->account;
  account.start_run(*poll->collector, clock_.wall(), now);
  if (account.secrets) {
    dispatcher_.look_at(account);
    close_finished_legs(account, *poll->collector,
                        *poll->collector);  // there may be nothing to ask
  } else {
    fail_without_secrets(account, *poll->collector);
  }
}

void Poller::on_completion(ResolvedRequest completed) {
  AccountState& account = *completed.request.account;
  CollectorState& collector = *completed.request.collector;
  RunSlot& slot = *completed.request.slot;
  const Operation& operation = *completed.request.outgoing.pending.request.operation;
  try {
    resolve(std::move(completed.request), completed.response);
    if (completed.response) dispatcher_.give_back(std::move(completed.response->body));
    close_finished_legs(account, collector, slot);
  } catch (const std::bad_alloc&) {
    give_up(account, collector, slot, operation);
  }
}

// What the run's conversations hold may be half of an answer: none of them goes on.
void Poller::give_up(AccountState& account, CollectorState& collector, const RunSlot& slot,
                     const Operation& operation) {
  const Failure failure{Reason::kTransport, "there is not enough memory to read the answers"};
  metrics_.record_request_failure(account.index, operation, failure.reason);
  if (&slot == &collector.follow_up) return follow_ups_.fail(account, collector, failure);
  if (collector.run) fail_run(account, collector, failure);  // else the next poll shows what it had
}

// Gives the response to whom it is for, or decides what comes of a failure.
void Poller::resolve(InFlightRequest request, Result<HttpResponse, Failure>& response) {
  Result<void, Failure> accepted;
  if (!response) {
    accepted = response.error();
  } else if (response->status < 200 || response->status > 299) {
    accepted = request.account->provider->classify_error(*response);
  } else {
    accepted = request.outgoing.pending.reply->accept(*response);
  }
  if (accepted) return;
  Failure failure = std::move(accepted).error();
  if (response) {
    failure.retry_after = read_retry_after(*response, seconds_of(clock_.wall()));
    if (failure.reason == Reason::kAuth) {
      name_clock_difference(failure, *response, clock_.wall());
    }
  }
  failure = failure.with_prefix(request.outgoing.pending.request.subject);
  failure.message = hide_secrets(std::move(failure.message), *request.account->secrets);
  failure.words = masked_words(failure.words, *request.account->secrets);
  retry_or_give_up(std::move(request), failure);
}

void Poller::retry_or_give_up(InFlightRequest request, const Failure& failure) {
  const AccountState& account = *request.account;
  Outgoing& outgoing = request.outgoing;
  const Operation& operation = *outgoing.pending.request.operation;
  metrics_.record_request_failure(account.index, operation, failure.reason);
  RetryLimits limits = schedule_.limit({config_->http.max_retries, request.collector->interval});
  if (outgoing.pending.informational) limits = limit_informational(limits);
  const auto delay = request_retry_delay(failure, outgoing.attempts, limits, random());
  log_debug("request failed", {{"account", account.account().name},
                               {"operation", std::string(operation.label)},
                               {"reason", std::string(reason_name(failure.reason))},
                               {"error", failure.message},
                               {"cloud_says", failure.words.empty() ? LogValue() : failure.words},
                               {"retry_in_ms", delay ? LogValue(delay->count()) : LogValue()}});
  if (delay) {
    outgoing.not_before = clock_.steady() + *delay;
    request.slot->run->send_again(std::move(outgoing));
  } else {
    outgoing.pending.reply->fail(failure);
  }
}

void Poller::close_finished_legs(AccountState& account, CollectorState& collector, RunSlot& slot) {
  if (!slot.run) return;
  CollectorRun& run = *slot.run;
  bool changed = false;
  for (std::size_t i = 0; i < run.legs().size(); ++i) {
    RunLeg& leg = run.legs()[i];
    if (leg.closed || !leg.conversation->finished()) continue;
    dispatcher_.abandon_leg(slot, i);
    run.drop_waiting(i);
    leg.closed = true;
    changed = leg.store(seconds_of(clock_.wall())) || changed;
  }
  if (!run.finished()) {
    if (changed) publish_view(account);
  } else if (&slot != &collector.follow_up) {
    finish_run(account, collector);
  } else if (follow_ups_.go_on(account, collector, changed)) {
    publish_view(account);
  }
}

// To begin again at once, unless the collector is gone.
void Poller::abandon_run(CollectorState& collector) {
  follow_ups_.abandon(collector);
  if (!collector.run) return;
  dispatcher_.abandon(collector);
  collector.run.reset();
  collector.started.reset();
  collector.due = clock_.steady();
}

void Poller::fail_without_secrets(AccountState& account, CollectorState& collector) {
  fail_run(account, collector, Failure{Reason::kAuth, account.secrets.error().message});
}

void Poller::fail_run(AccountState& account, CollectorState& collector, const Failure& failure) {
  collector.run->note_failure(failure);
  dispatcher_.abandon(collector);
  for (RunLeg& leg : collector.run->legs()) leg.closed = true;
  finish_run(account, collector);
}

void Poller::finish_run(AccountState& account, CollectorState& collector) {
  EndedPoll ended{account, collector, collector.run->failure(), collector.run->shortfall()};
  ended.was_failing = collector.failures_in_a_row > 0;
  if (!collector.status.up) --never_polled_;
  account.end_run(collector, clock_.wall(), clock_.steady(), random());
  plan_.update(account);
  if (!ended.failure) ended.is_first_success = !std::exchange(collector.has_succeeded, true);
  ended.now = seconds_of(clock_.wall());
  metrics_.record_poll(account.index, collector.status.collector,
                       ended.failure ? std::optional(ended.failure->reason) : std::nullopt);
  log_poll(ended);
  if (!ended.failure && !ended.shortfall) follow_ups_.begin(account, collector);
  publish_view(account);
}

void Poller::publish_view(const AccountState& account) const {
  sink_.show(account.index, account.make_view(clock_.wall(), clock_.steady()));
  if (keep_record_) keep_record_(make_record(account, clock_.wall(), clock_.steady()));
}

double Poller::random() { return std::uniform_real_distribution<double>(0, 1)(random_); }

}  // namespace cloud_billing
