#include "runtime/poller.h"

#include <algorithm>
#include <utility>

#include "core/retry.h"
#include "runtime/account_memory.h"
#include "runtime/log.h"

namespace cloud_billing {
namespace {

// Enough to hide the latency of slow answers, few enough to bound memory.
constexpr std::size_t kMostInFlightPerAccount = 16;

// A server may echo what it was sent, as the code of an error for example.
std::string hide_secrets(std::string message, const Credentials& credentials) {
  for (const std::string* secret : {&credentials.secret_access_key, &credentials.session_token}) {
    if (secret->empty()) continue;
    for (std::size_t at = 0; (at = message.find(*secret, at)) != std::string::npos;) {
      message.replace(at, secret->size(), "***");
      at += 3;
    }
  }
  return message;
}

// The loop wakes at least this often, whatever is due.
constexpr std::chrono::seconds kLongestWait{1};

}  // namespace

Poller::Poller(std::shared_ptr<const Config> config, std::vector<AccountSecrets> secrets,
               Transport& transport, const Clock& clock, PollRecords& records, ShowView show_view,
               std::uint64_t seed)
    : config_(std::move(config)),
      transport_(transport),
      clock_(clock),
      records_(records),
      show_view_(std::move(show_view)),
      random_(seed) {
  accounts_.reserve(config_->accounts.size());
  for (std::size_t i = 0; i < config_->accounts.size(); ++i) {
    accounts_.emplace_back(i, config_, clock_.steady());
    accounts_.back().secrets = std::move(secrets[i]);
    show_view_(i, accounts_.back().make_view());
  }
  form_lanes();
}

void Poller::restore(std::size_t account, AccountRecord record) {
  take_up(accounts_[account], std::move(record), clock_.wall(), clock_.steady());
  show_view_(account, accounts_[account].make_view());
}

void Poller::run() {
  while (!stopping_) step(false);
  for (const auto& [id, flight] : flights_) transport_.abandon(id);
  flights_.clear();
}

bool Poller::run_once() {
  const auto all = [this](auto&& holds) {
    return std::all_of(accounts_.begin(), accounts_.end(), [&](const AccountState& account) {
      return std::all_of(account.collectors.begin(), account.collectors.end(), holds);
    });
  };
  while (!stopping_ && !all([](const CollectorState& c) { return c.status.up.has_value(); })) {
    step(true);
  }
  return all([](const CollectorState& c) { return c.status.up.value_or(false); });
}

void Poller::post_secrets(std::size_t account, AccountSecrets secrets) {
  {
    const std::lock_guard lock(mailbox_mutex_);
    posted_secrets_.insert_or_assign(account, std::move(secrets));
  }
  transport_.wake();
}

void Poller::request_stop() {
  stopping_ = true;
  transport_.wake();
}

void Poller::step(bool only_first_polls) {
  take_posted_secrets();
  start_due_polls(only_first_polls);
  const SteadyTime now = clock_.steady();
  SteadyTime wake_at = now + kLongestWait;
  for (auto& [key, lane] : lanes_) wake_at = std::min(wake_at, send_ready(lane, now));
  for (const AccountState& account : accounts_) {
    for (const CollectorState& collector : account.collectors) {
      if (!collector.run && !only_first_polls) wake_at = std::min(wake_at, collector.due);
    }
  }
  for (Completion& completion : transport_.wait(wake_at)) take(std::move(completion));
}

void Poller::take_posted_secrets() {
  std::map<std::size_t, AccountSecrets> posted;
  {
    const std::lock_guard lock(mailbox_mutex_);
    posted.swap(posted_secrets_);
  }
  if (posted.empty()) return;
  const SteadyTime now = clock_.steady();
  for (auto& [index, secrets] : posted) {
    AccountState& account = accounts_[index];
    account.secrets = std::move(secrets);
    account.credit_refused_at.reset();
    for (CollectorState& collector : account.collectors) {
      if (collector.run && !account.secrets) {
        fail_without_secrets(account, collector);
      } else if (collector.run) {
        collector.secrets_changed = true;
      } else if (collector.failures_in_a_row > 0) {
        collector.due = now;
      }
    }
  }
  form_lanes();
}

// The pace goes on where the key stays the same.
void Poller::form_lanes() {
  std::map<std::string, Lane> lanes;
  for (AccountState& account : accounts_) {
    if (!account.secrets) continue;
    const std::string key =
        std::string(account.provider->facts().name) + " " + account.secrets->access_key_id;
    const auto known = lanes_.find(key);
    const auto [lane, is_new] = lanes.try_emplace(key);
    if (is_new && known != lanes_.end()) lane->second.pace.continue_from(known->second.pace);
    lane->second.pace.limit_to(account.account().requests_per_second);
    for (CollectorState& collector : account.collectors) {
      lane->second.turns.emplace_back(&account, &collector);
    }
  }
  lanes_ = std::move(lanes);
}

void Poller::start_due_polls(bool only_first) {
  const SteadyTime now = clock_.steady();
  for (AccountState& account : accounts_) {
    for (CollectorState& collector : account.collectors) {
      if (collector.run || collector.due > now) continue;
      if (only_first && collector.status.up) continue;
      account.start_run(collector, clock_.wall(), now);
      if (!account.secrets) fail_without_secrets(account, collector);
    }
  }
}

// Sends what the lane's pace allows; when to look again.
SteadyTime Poller::send_ready(Lane& lane, SteadyTime now) {
  SteadyTime next = SteadyTime::max();
  for (std::size_t i = 0; i < lane.turns.size(); ++i) {
    const std::size_t turn = (lane.next_turn + i) % lane.turns.size();
    const auto& [account, collector] = lane.turns[turn];
    if (!collector->run || account->in_flight >= kMostInFlightPerAccount) continue;
    const std::optional<SteadyTime> ready = collector->run->ready_at(now);
    if (!ready) continue;
    if (*ready > now || lane.pace.next_turn() > now) {
      next = std::min(next, std::max(*ready, lane.pace.next_turn()));
      continue;
    }
    if (!transport_.can_start()) continue;  // completions come first
    send(*account, *collector, collector->run->take_ready(now));
    lane.pace.note_sent(clock_.steady());
    lane.next_turn = turn + 1;
    return lane.pace.next_turn();
  }
  return next;
}

void Poller::send(AccountState& account, CollectorState& collector, Outgoing outgoing) {
  ++outgoing.attempts;
  const SignedRequest request =
      account.provider->sign(outgoing.pending.request, account.account().endpoint, *account.secrets,
                             std::chrono::floor<std::chrono::seconds>(clock_.wall()));
  const RequestId id = ++last_request_;
  transport_.start(id, request, config_->http.timeout);
  ++account.in_flight;
  records_.record_request(account.index, operation(outgoing.pending.request.operation));
  flights_.emplace(id, Flight{&account, &collector, std::move(outgoing)});
}

void Poller::take(Completion completion) {
  const auto found = flights_.find(completion.id);
  if (found == flights_.end()) return;
  Flight flight = std::move(found->second);
  flights_.erase(found);
  --flight.account->in_flight;
  records_.record_duration(operation(flight.outgoing.pending.request.operation),
                           completion.duration);
  AccountState& account = *flight.account;
  CollectorState& collector = *flight.collector;
  settle(std::move(flight), std::move(completion.answer));
  close_finished_legs(account, collector);
}

// Gives the answer to its conversation, or decides what comes of a failure.
void Poller::settle(Flight flight, Result<HttpAnswer, Failure> answer) {
  AccountState& account = *flight.account;
  CollectorRun& run = *flight.collector->run;
  Outgoing& outgoing = flight.outgoing;
  Conversation& conversation = run.legs()[outgoing.leg].conversation();

  std::optional<Failure> failure;
  if (!answer) {
    failure = answer.error();
  } else if (answer->status < 200 || answer->status > 299) {
    failure = account.provider->judge_refusal(*answer);
  } else {
    failure = conversation.accept(outgoing.pending.token, *answer);
  }
  if (!failure) return;

  const ApiRequest& request = outgoing.pending.request;
  records_.record_request_failure(account.index, operation(request.operation), failure->reason);
  failure->message = hide_secrets(request.subject + ": " + failure->message, *account.secrets);
  const RetryLimits limits{config_->http.max_retries, flight.collector->interval};
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
    conversation.refuse(outgoing.pending.token, *failure);
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
    changed = account.take_result(run, leg, clock_.wall(), clock_.steady()) || changed;
  }
  if (changed) warn_of_double_counting(account);
  if (run.finished()) {
    finish_run(account, collector);
  } else if (changed) {
    tell(account);
  }
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
  failure.message = account.secrets.error();
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
  tell(account);
}

void Poller::tell(const AccountState& account) const {
  show_view_(account.index, account.make_view());
  if (keep_record_) keep_record_(make_record(account, clock_.wall(), clock_.steady()));
}

void Poller::warn_of_double_counting(const AccountState& changed) {
  for (const AccountState& other : accounts_) {
    if (&other == &changed || other.provider != changed.provider) continue;
    warn_if_counted_twice(changed, other);
    warn_if_counted_twice(other, changed);
  }
}

// The same cost under two entries would be counted twice in every sum.
void Poller::warn_if_counted_twice(const AccountState& reader, const AccountState& owner) {
  if (owner.account_id.empty()) return;
  const bool reads_it =
      std::any_of(reader.months.begin(), reader.months.end(), [&owner](const auto& month) {
        return month.second.value->account_ids.contains(owner.account_id);
      });
  if (!reads_it) return;
  if (!warned_.emplace(std::pair(reader.index, owner.account_id), true).second) return;
  log_warn("the same bill is read by two accounts, so its cost is counted twice",
           {{"account", reader.account().name},
            {"other_account", owner.account().name},
            {"account_id", owner.account_id}});
}

double Poller::random() { return std::uniform_real_distribution<double>(0, 1)(random_); }

}  // namespace cloud_billing
