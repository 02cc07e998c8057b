#include "polling/poller.h"

#include <algorithm>
#include <map>
#include <string_view>
#include <utility>

#include "accounts/account_identity.h"
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
      dispatcher_(transport, clock, metrics, seed),
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

bool Poller::run() {
  spread_failed_polls(accounts_, clock_.steady());
  while (!mailbox_.stopping() && !schedule_.is_over(accounts_)) step();
  dispatcher_.abandon_all();
  return std::all_of(accounts_.begin(), accounts_.end(), [](const AccountState& account) {
    return std::all_of(account.collectors.begin(), account.collectors.end(),
                       [](const auto& collector) { return collector.status.up == true; });
  });
}

void Poller::step() {
  read_mail();
  start_due_polls();
  const SteadyTime now = clock_.steady();
  const SteadyTime wake_at =
      std::min({now + kLongestSleep, dispatcher_.send_due(now), next_poll()});
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
    mailbox_.confirm_config();
  }
  if (!mail.secrets.empty()) {
    for (AccountState& account : accounts_) {
      const auto posted = mail.secrets.find(account.index);
      if (posted != mail.secrets.end()) apply_secrets(account, std::move(posted->second));
    }
    dispatcher_.form_queues(accounts_);
  }
  for (PollOrder& order : mail.polls) {
    order.outcome.set_value(poll_ahead_of_time(accounts_, order.account, clock_.steady()));
  }
}

void Poller::apply_config(PostedConfig posted) {
  const auto config_before = std::exchange(config_, std::move(posted.config));
  metrics_.apply_config(*config_);
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
      accounts_.back().apply_secrets(std::move(posted.secrets[i]));
    }
    views.push_back(accounts_.back().make_view(clock_.wall(), clock_.steady()));
  }
  for (AccountState& gone : before) {
    for (CollectorState& collector : gone.collectors) abandon_run(collector);
  }
  spread_failed_polls(accounts_, now);
  dispatcher_.form_queues(accounts_);
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

void Poller::start_due_polls() {
  const SteadyTime now = clock_.steady();
  for (AccountState& account : accounts_) {
    for (CollectorState& collector : account.collectors) {
      if (schedule_.next_poll(collector).value_or(SteadyTime::max()) > now) continue;
      account.start_run(collector, clock_.wall(), now);
      if (!account.secrets) fail_without_secrets(account, collector);
    }
  }
}

SteadyTime Poller::next_poll() const {
  SteadyTime next = SteadyTime::max();
  for (const AccountState& account : accounts_) {
    for (const CollectorState& collector : account.collectors) {
      next = std::min(next, schedule_.next_poll(collector).value_or(next));
    }
  }
  return next;
}

void Poller::on_completion(ResolvedRequest completed) {
  AccountState& account = *completed.request.account;
  CollectorState& collector = *completed.request.collector;
  resolve(std::move(completed.request), std::move(completed.response));
  close_finished_legs(account, collector);
}

// Gives the response to whom it is for, or decides what comes of a failure.
void Poller::resolve(InFlightRequest request, Result<HttpResponse, Failure> response) {
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
    request.collector->run->send_again(std::move(outgoing));
  } else {
    outgoing.pending.reply->fail(failure);
  }
}

void Poller::close_finished_legs(AccountState& account, CollectorState& collector) {
  if (!collector.run) return;
  CollectorRun& run = *collector.run;
  bool changed = false;
  for (std::size_t i = 0; i < run.legs().size(); ++i) {
    RunLeg& leg = run.legs()[i];
    if (leg.closed || !leg.conversation->finished()) continue;
    dispatcher_.abandon_leg(collector, i);
    run.drop_waiting(i);
    leg.closed = true;
    changed = leg.store(seconds_of(clock_.wall())) || changed;
  }
  if (run.finished()) {
    finish_run(account, collector);
  } else if (changed) {
    publish_view(account);
  }
}

// To begin again at once, unless the collector is gone.
void Poller::abandon_run(CollectorState& collector) {
  if (!collector.run) return;
  dispatcher_.abandon(collector);
  collector.run.reset();
  collector.started.reset();
  collector.due = clock_.steady();
}

void Poller::fail_without_secrets(AccountState& account, CollectorState& collector) {
  Failure failure;
  failure.reason = Reason::kAuth;
  failure.message = account.secrets.error().message;
  collector.run->note_failure(failure);
  dispatcher_.abandon(collector);
  for (RunLeg& leg : collector.run->legs()) leg.closed = true;
  finish_run(account, collector);
}

void Poller::finish_run(AccountState& account, CollectorState& collector) {
  EndedPoll ended{account, collector, collector.run->failure(), collector.run->shortfall()};
  ended.was_failing = collector.failures_in_a_row > 0;
  account.end_run(collector, clock_.wall(), clock_.steady(), random());
  if (!ended.failure) ended.is_first_success = !std::exchange(collector.has_succeeded, true);
  ended.now = seconds_of(clock_.wall());
  metrics_.record_poll(account.index, collector.status.collector,
                       ended.failure ? std::optional(ended.failure->reason) : std::nullopt);
  log_poll(ended);
  publish_view(account);
}

void Poller::publish_view(const AccountState& account) const {
  sink_.show(account.index, account.make_view(clock_.wall(), clock_.steady()));
  if (keep_record_) keep_record_(make_record(account, clock_.wall(), clock_.steady()));
}

double Poller::random() { return std::uniform_real_distribution<double>(0, 1)(random_); }

}  // namespace cloud_billing
