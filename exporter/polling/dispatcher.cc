#include "polling/dispatcher.h"

#include <algorithm>
#include <array>
#include <utility>

namespace cloud_billing {
namespace {

// Enough to hide the latency of slow responses, few enough to bound memory.
constexpr std::size_t kMostInFlightPerAccount = 16;

// Of all accounts, if some go beyond their share.
constexpr std::size_t kMostInFlight = 1024;

// What an account may have in flight whatever the others have: requests that are never answered
// hold up their own account only.
std::size_t share_of_each(std::size_t accounts) {
  return std::clamp<std::size_t>(kMostInFlight / std::max<std::size_t>(accounts, 1), 1,
                                 kMostInFlightPerAccount);
}

}  // namespace

Dispatcher::Dispatcher(Transport& transport, const Clock& clock, PollMetrics& metrics,
                       std::uint64_t seed)
    : transport_(transport), clock_(clock), metrics_(metrics), random_(seed) {}

void Dispatcher::form_queues(std::list<AccountState>& accounts) {
  accounts_ = accounts.size();
  key_queues_ = form_key_queues(accounts, key_queues_, clock_.steady());
}

// Queues take turns at what is left beyond the shares.
SteadyTime Dispatcher::send_due(SteadyTime now) {
  SteadyTime next = SteadyTime::max();
  const auto middle = key_queues_.upper_bound(last_key_queue_);
  for (auto queue = middle; queue != key_queues_.end(); ++queue) {
    next = std::min(next, send_due(*queue, now));
  }
  for (auto queue = key_queues_.begin(); queue != middle; ++queue) {
    next = std::min(next, send_due(*queue, now));
  }
  return next;
}

bool Dispatcher::may_send(const AccountState& account) const {
  if (!transport_.can_start()) return false;
  return in_flight_.size() < kMostInFlight || account.in_flight < share_of_each(accounts_);
}

// Sends what the queue's rate allows; when to look again.
SteadyTime Dispatcher::send_due(KeyQueues::value_type& entry, SteadyTime now) {
  KeyQueue& queue = entry.second;
  SteadyTime next = SteadyTime::max();
  for (std::size_t i = 0; i < queue.turns.size(); ++i) {
    const std::size_t turn = (queue.next_turn + i) % queue.turns.size();
    const auto& [account, collector] = queue.turns[turn];
    if (!collector->run || account->in_flight >= kMostInFlightPerAccount) continue;
    const std::optional<SteadyTime> ready = collector->run->prepare_next(now);
    if (!ready) continue;
    if (*ready > now || queue.limiter.next_turn() > now) {
      next = std::min(next, std::max(*ready, queue.limiter.next_turn()));
      continue;
    }
    if (!may_send(*account)) continue;  // completions come first
    last_key_queue_ = entry.first;
    send(*account, *collector, collector->run->pop_ready(now));
    queue.limiter.note_sent(clock_.steady());
    queue.next_turn = turn + 1;
    return queue.limiter.next_turn();
  }
  return next;
}

void Dispatcher::send(AccountState& account, CollectorState& collector, Outgoing outgoing) {
  ++outgoing.attempts;
  const ApiRequest& request = outgoing.pending.request;
  const AccountConfig& config = account.account();
  const SignedRequest signed_request = account.provider->sign(
      request, SigningKey{config.endpoint, config.settings, *account.secrets},
      SigningMoment{seconds_of(clock_.wall()), make_nonce()});
  const RequestId id = ++last_request_;
  transport_.start(id, signed_request, account.config->http.timeout);
  ++account.in_flight;
  metrics_.record_request(account.index, *request.operation);
  in_flight_.emplace(id, InFlightRequest{&account, &collector, std::move(outgoing)});
}

// 32 hexadecimal digits. To be used once is all that it is for: no secret.
std::string Dispatcher::make_nonce() {
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::string nonce;
  for (std::uint64_t number : {random_(), random_()}) {
    for (int digit = 0; digit < 16; ++digit, number >>= 4U) nonce += kDigits[number & 15U];
  }
  return nonce;
}

std::optional<ResolvedRequest> Dispatcher::take_in(Completion completion) {
  const auto found = in_flight_.find(completion.id);
  if (found == in_flight_.end()) return std::nullopt;
  ResolvedRequest completed{std::move(found->second), std::move(completion.response)};
  in_flight_.erase(found);
  --completed.request.account->in_flight;
  metrics_.record_duration(*completed.request.outgoing.pending.request.operation,
                           completion.duration);
  return completed;
}

template <typename Predicate>
void Dispatcher::abandon_if(const Predicate& predicate) {
  std::erase_if(in_flight_, [&](const auto& entry) {
    const auto& [id, request] = entry;
    if (!predicate(request)) return false;
    transport_.abandon(id);
    --request.account->in_flight;
    return true;
  });
}

void Dispatcher::abandon_leg(const CollectorState& collector, std::size_t leg) {
  abandon_if([&](const InFlightRequest& request) {
    return request.collector == &collector && request.outgoing.leg == leg;
  });
}

void Dispatcher::abandon(const CollectorState& collector) {
  abandon_if([&](const InFlightRequest& request) { return request.collector == &collector; });
}

void Dispatcher::abandon_all() {
  abandon_if([](const InFlightRequest&) { return true; });
}

}  // namespace cloud_billing
