#pragma once

// Sends the requests of running polls: whose turn it is at each access key, how many are under
// way, and which are given up. It signs and counts them, and knows nothing of what they ask. Part
// of the poller, on its thread.

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <list>
#include <optional>
#include <random>
#include <string>
#include <unordered_map>
#include <vector>

#include "core/failure.h"
#include "core/http.h"
#include "core/result.h"
#include "polling/account_state.h"
#include "polling/key_queue.h"
#include "polling/poll_metrics.h"
#include "polling/send_agenda.h"
#include "system/clock.h"
#include "transport/transport.h"

namespace cloud_billing {

// A request that was sent, and for whom.
struct InFlightRequest {
  AccountState* account = nullptr;
  CollectorState* collector = nullptr;
  RunSlot* slot = nullptr;  // the collector's own, or of its follow-up
  Outgoing outgoing;
};

// What came of it.
struct ResolvedRequest {
  InFlightRequest request;
  Result<HttpResponse, Failure> response;
};

class Dispatcher {
 public:
  // Everything given by reference must outlive it. `seed` feeds the nonces of signatures.
  Dispatcher(Transport& transport, const Clock& clock, PollMetrics& metrics, std::uint64_t seed);

  // Who shares which access key, whenever accounts, collectors or keys changed. Accounts and
  // collectors stay where they are while their requests are under way.
  void form_queues(std::list<AccountState>& accounts);

  // The account may have something to send: one of its polls began, or got an answer.
  void look_at(const AccountState& account);

  // Sends what is due, of accounts that have something to send; when to look again. While polls are
  // the first ones of some accounts, the follow-ups of others get little of the room.
  [[nodiscard]] SteadyTime send_due(SteadyTime now, bool first_polls);

  // Waits until something completed, at the latest until then. Each is to be handed back to
  // take_in() just before it is used: what comes of one may give up others.
  [[nodiscard]] std::vector<Completion> wait(SteadyTime until) { return transport_.wait(until); }
  // Nothing if it was given up meanwhile.
  [[nodiscard]] std::optional<ResolvedRequest> take_in(Completion completion);

  // The body of a response that was read.
  void give_back(std::string body) { transport_.give_back(std::move(body)); }

  // Gives up what is under way for a leg of the run, or for all of it.
  void abandon_leg(RunSlot& slot, std::size_t leg);
  void abandon(RunSlot& slot);
  void abandon_all();

 private:
  void send_next(KeyQueue& queue, SteadyTime now);
  [[nodiscard]] bool send_next(KeyQueue& queue, RequestKind kind, SteadyTime now);
  [[nodiscard]] bool has_room(RequestKind kind) const;
  [[nodiscard]] bool may_send(const AccountState& account, RequestKind kind) const;
  void send(AccountState& account, CollectorState& collector, RunSlot& slot, Outgoing outgoing);
  void abandon(RequestId id);
  void count_out(const InFlightRequest& request);

  Transport& transport_;
  const Clock& clock_;
  PollMetrics& metrics_;
  bool first_polls_ = true;
  std::size_t accounts_ = 0;  // that share the places in flight
  KeyQueues key_queues_;
  SendAgenda agenda_;  // refers to the queues
  std::unordered_map<RequestId, InFlightRequest> in_flight_;
  std::size_t following_ = 0;  // of those, requests of follow-ups
  RequestId last_request_ = 0;
  std::mt19937_64 random_;
};

}  // namespace cloud_billing
