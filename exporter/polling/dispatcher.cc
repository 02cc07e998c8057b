#include "polling/dispatcher.h"

#include <algorithm>
#include <array>
#include <utility>

#include "providers/nonce.h"

namespace cloud_billing {
namespace {

// Enough to hide the latency of slow responses, few enough to bound memory.
constexpr std::size_t kMostInFlightPerAccount = 16;

// Of those, the requests of a follow-up that are under way: they leave room for polls, even if none
// is answered.
constexpr std::size_t kMostFollowingPerAccount = 4;

// Where polls use up a key's rate, so many of their requests come before one of a follow-up.
constexpr int kPollsBeforeAFollowUp = 3;

// Of all accounts, if some go beyond their share.
constexpr std::size_t kMostInFlight = 1024;
// Of those, the requests of follow-ups; and while first polls are awaited.
constexpr std::size_t kMostFollowing = 256;
constexpr std::size_t kMostFollowingAtFirst = 16;

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
  agenda_.clear();
  key_queues_ = form_key_queues(accounts, key_queues_, clock_.steady());
  for (const AccountState& account : accounts) look_at(account);
}

void Dispatcher::look_at(const AccountState& account) {
  if (account.queue != nullptr) agenda_.look_at(*account.queue, SteadyTime::min());
}

SteadyTime Dispatcher::send_due(SteadyTime now, bool first_polls) {
  first_polls_ = first_polls;
  while (transport_.can_start()) {
    KeyQueue* queue = agenda_.take_due(now);
    for (const RequestKind kind : {RequestKind::kPoll, RequestKind::kFollowUp}) {
      if (queue == nullptr && has_room(kind)) queue = agenda_.take_waiting(kind);
    }
    if (queue == nullptr) return agenda_.next();
    send_next(*queue, now);
  }
  return SteadyTime::max();  // completions come first
}

bool Dispatcher::has_room(RequestKind kind) const {
  const std::size_t most_following = first_polls_ ? kMostFollowingAtFirst : kMostFollowing;
  if (kind == RequestKind::kFollowUp && following_ >= most_following) return false;
  return in_flight_.size() < kMostInFlight;
}

// The shares are for polls.
bool Dispatcher::may_send(const AccountState& account, RequestKind kind) const {
  if (has_room(kind)) return true;
  return kind == RequestKind::kPoll && account.in_flight < share_of_each(accounts_);
}

// Sends what the queue's rate allows, and notes when to look at it again. Queues take turns at what
// is left beyond the shares; follow-ups get what polls leave, and a part of it always.
void Dispatcher::send_next(KeyQueue& queue, SteadyTime now) {
  if (queue.limiter.next_turn() <= now) {
    const bool polls_first = queue.polls_in_a_row < kPollsBeforeAFollowUp;
    const RequestKind first = polls_first ? RequestKind::kPoll : RequestKind::kFollowUp;
    const RequestKind second = polls_first ? RequestKind::kFollowUp : RequestKind::kPoll;
    if (!send_next(queue, first, now) && !send_next(queue, second, now)) return;
  }
  agenda_.look_at(queue, queue.limiter.next_turn());
}

// True if something was sent.
bool Dispatcher::send_next(KeyQueue& queue, RequestKind kind, SteadyTime now) {
  for (std::size_t i = 0; i < queue.turns.size(); ++i) {
    const std::size_t turn = (queue.next_turn + i) % queue.turns.size();
    const auto& [account, collector] = queue.turns[turn];
    RunSlot& slot =
        kind == RequestKind::kPoll ? *collector : static_cast<RunSlot&>(collector->follow_up);
    if (!slot.run || account->in_flight >= kMostInFlightPerAccount) continue;
    if (kind == RequestKind::kFollowUp && slot.under_way.size() >= kMostFollowingPerAccount)
      continue;
    const std::optional<SteadyTime> ready = slot.run->prepare_next(now);
    if (!ready) continue;
    if (*ready > now) {
      agenda_.look_at(queue, *ready);
    } else if (!may_send(*account, kind)) {
      agenda_.look_when_there_is_room(queue, kind);
    } else {
      send(*account, *collector, slot, slot.run->pop_ready(now));
      queue.limiter.note_sent(clock_.steady());
      queue.next_turn = turn + 1;
      queue.polls_in_a_row = kind == RequestKind::kPoll
                                 ? std::min(queue.polls_in_a_row + 1, kPollsBeforeAFollowUp)
                                 : 0;
      return true;
    }
  }
  return false;
}

void Dispatcher::send(AccountState& account, CollectorState& collector, RunSlot& slot,
                      Outgoing outgoing) {
  ++outgoing.attempts;
  const ApiRequest& request = outgoing.pending.request;
  const AccountConfig& config = account.account();
  const SignedRequest signed_request = account.provider->sign(
      request, SigningKey{config.endpoint, config.settings, *account.secrets},
      SigningMoment{seconds_of(clock_.wall()), make_nonce(random_)});
  const RequestId id = ++last_request_;
  transport_.start(id, signed_request, account.config->http.timeout);
  ++account.in_flight;
  if (&slot == &collector.follow_up) ++following_;
  slot.under_way.push_back(id);
  metrics_.record_request(account.index, *request.operation);
  in_flight_.emplace(id, InFlightRequest{&account, &collector, &slot, std::move(outgoing)});
}

std::optional<ResolvedRequest> Dispatcher::take_in(Completion completion) {
  const auto found = in_flight_.find(completion.id);
  if (found == in_flight_.end()) return std::nullopt;
  ResolvedRequest completed{std::move(found->second), std::move(completion.response)};
  in_flight_.erase(found);
  std::erase(completed.request.slot->under_way, completion.id);
  count_out(completed.request);
  if (completion.duration) {
    metrics_.record_duration(*completed.request.outgoing.pending.request.operation,
                             *completion.duration);
  }
  return completed;
}

void Dispatcher::abandon(RequestId id) {
  const auto request = in_flight_.find(id);
  transport_.abandon(id);
  count_out(request->second);
  in_flight_.erase(request);
}

// It is in flight no more, so its account may send again.
void Dispatcher::count_out(const InFlightRequest& request) {
  --request.account->in_flight;
  if (request.slot == &request.collector->follow_up) --following_;
  look_at(*request.account);
}

void Dispatcher::abandon_leg(RunSlot& slot, std::size_t leg) {
  std::erase_if(slot.under_way, [&](RequestId id) {
    if (in_flight_.at(id).outgoing.leg != leg) return false;
    abandon(id);
    return true;
  });
}

void Dispatcher::abandon(RunSlot& slot) {
  for (const RequestId id : std::exchange(slot.under_way, {})) abandon(id);
}

void Dispatcher::abandon_all() {
  while (!in_flight_.empty()) abandon(*in_flight_.begin()->second.slot);
}

}  // namespace cloud_billing
