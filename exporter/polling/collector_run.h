#pragma once

// One poll of one collector of one account while it lasts: its conversations with the cloud, what
// may be sent next, and what is waiting to be sent again. Used by the poller and the dispatcher,
// on the polling thread.

#include <chrono>
#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "config/config.h"
#include "core/calendar.h"
#include "core/failure.h"
#include "providers/conversation.h"
#include "system/clock.h"
#include "transport/transport.h"

namespace cloud_billing {

// A request on its way to the wire.
struct Outgoing {
  std::size_t leg = 0;
  PendingRequest pending;
  int attempts = 0;  // made so far
  SteadyTime not_before{};
};

// One conversation of a run, and what becomes of its result.
struct RunLeg {
  std::unique_ptr<AnyConversation> conversation;
  // Called once, when the conversation has finished: keeps the result, or notes why there is none;
  // true if something to show has changed.
  std::function<bool(UtcSeconds read_at)> store;
  bool closed = false;  // its result was stored, or is of no use any more
};

class CollectorRun {
 public:
  CollectorRun(WallTime wall, SteadyTime steady) : wall_start_(wall), steady_start_(steady) {}

  // `store(conversation, read_at)` is RunLeg::store for a conversation of this type.
  template <typename T, typename Store>
  void add_leg(Question<T> question, Store store) {
    Conversation<T>& asked = *question;
    legs_.push_back(
        {std::move(question).release(),
         [&asked, store = std::move(store)](UtcSeconds read_at) { return store(asked, read_at); },
         false});
  }

  [[nodiscard]] WallTime wall_start() const { return wall_start_; }
  [[nodiscard]] SteadyTime steady_start() const { return steady_start_; }
  [[nodiscard]] std::vector<RunLeg>& legs() { return legs_; }
  [[nodiscard]] bool finished() const;

  // Makes the next request ready, as far as responses allow, and says when it may be sent; nothing
  // while the run waits for responses.
  [[nodiscard]] std::optional<SteadyTime> prepare_next(SteadyTime now);
  // The request that is ready; only if prepare_next() was not later than now.
  [[nodiscard]] Outgoing pop_ready(SteadyTime now);
  void send_again(Outgoing outgoing) { waiting_.push_back(std::move(outgoing)); }
  // Drops what waits for a leg that is of no use any more.
  void drop_waiting(std::size_t leg);

  // The reason of the request that failed the run first.
  void note_failure(const Failure& failure) {
    if (!failure_) failure_ = failure;
  }
  [[nodiscard]] const std::optional<Failure>& failure() const { return failure_; }

  // Something was not read that fails no poll. The log tells it unless the poll has failed: then
  // that is said, and once is enough.
  struct Shortfall {
    std::string_view message;
    std::string day;  // which one
    Failure failure;
  };
  void note_shortfall(Shortfall shortfall) { shortfall_ = std::move(shortfall); }
  [[nodiscard]] const std::optional<Shortfall>& shortfall() const { return shortfall_; }

  // Notes the failure of a conversation that has finished; true if it has a result.
  [[nodiscard]] bool note_outcome(const AnyConversation& conversation) {
    if (conversation.failure()) note_failure(*conversation.failure());
    return !conversation.failure();
  }

 private:
  WallTime wall_start_;
  SteadyTime steady_start_;
  std::vector<RunLeg> legs_;
  std::size_t next_leg_ = 0;
  std::vector<Outgoing> waiting_;  // retries, pauses, at most one fresh request
  std::optional<Failure> failure_;
  std::optional<Shortfall> shortfall_;
};

// The place of a run: one at a time. The dispatcher sends for it.
struct RunSlot {
  std::shared_ptr<const Config> run_config;  // what the run's conversations refer to
  std::unique_ptr<CollectorRun> run;         // null between runs: one never overlaps itself
  std::vector<RequestId> under_way;          // the run's requests; the dispatcher's
};

}  // namespace cloud_billing
