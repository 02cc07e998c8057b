#pragma once

// One poll of one collector of one account while it lasts: its conversations with the cloud, what
// may be sent next, and what is waiting to be sent again. Used by the poller only, on its thread.

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <variant>
#include <vector>

#include "core/calendar.h"
#include "core/collector.h"
#include "core/failure.h"
#include "providers/provider.h"
#include "system/clock.h"

namespace cloud_billing {

// A request on its way to the wire.
struct Outgoing {
  std::size_t leg = 0;
  PendingRequest pending;
  int attempts = 0;  // made so far
  SteadyTime not_before{};
};

// What a conversation of a run is about.
struct BalanceLeg {
  std::unique_ptr<BalanceConversation> conversation;
};
struct MonthLeg {
  BillingMonth month;
  std::unique_ptr<MonthConversation> conversation;
};
struct DayLeg {
  BillingDay day;
  std::unique_ptr<DayConversation> conversation;
};
struct OrdersLeg {
  std::unique_ptr<OrdersConversation> conversation;
};

// One conversation of a run.
struct RunLeg {
  using Subject = std::variant<BalanceLeg, MonthLeg, DayLeg, OrdersLeg>;

  [[nodiscard]] Conversation& conversation() {
    return std::visit([](auto& leg) -> Conversation& { return *leg.conversation; }, subject);
  }

  Subject subject;
  bool closed = false;  // its result was taken
};

class CollectorRun {
 public:
  CollectorRun(Collector collector, WallTime wall, SteadyTime steady)
      : collector_(collector), wall_start_(wall), steady_start_(steady) {}

  void add_leg(RunLeg::Subject subject) { legs_.push_back({std::move(subject), false}); }

  [[nodiscard]] Collector collector() const { return collector_; }
  [[nodiscard]] WallTime wall_start() const { return wall_start_; }
  [[nodiscard]] SteadyTime steady_start() const { return steady_start_; }
  [[nodiscard]] std::vector<RunLeg>& legs() { return legs_; }
  [[nodiscard]] bool finished() const;

  // When the next request may be sent, as far as this run is concerned; nothing while it waits for
  // answers.
  [[nodiscard]] std::optional<SteadyTime> ready_at(SteadyTime now);
  // Takes the request that is ready; only where ready_at() is not later than now.
  [[nodiscard]] Outgoing take_ready(SteadyTime now);
  void send_again(Outgoing outgoing) { waiting_.push_back(std::move(outgoing)); }
  // Drops what waits for a leg that is of no use any more.
  void drop_waiting(std::size_t leg);

  // The reason of the request that failed the run first.
  void note_failure(const Failure& failure) {
    if (!failure_) failure_ = failure;
  }
  [[nodiscard]] const std::optional<Failure>& failure() const { return failure_; }

  // Notes the failure of a conversation that has finished; true where it has a result.
  [[nodiscard]] bool note_outcome(const Conversation& conversation) {
    if (conversation.failure()) note_failure(*conversation.failure());
    return !conversation.failure();
  }

 private:
  Collector collector_;
  WallTime wall_start_;
  SteadyTime steady_start_;
  std::vector<RunLeg> legs_;
  std::size_t next_leg_ = 0;
  std::vector<Outgoing> waiting_;  // retries, pauses, at most one fresh request
  std::optional<Failure> failure_;
};

}  // namespace cloud_billing
