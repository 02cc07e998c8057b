#pragma once

// How much memory the requests under way may come to need, so that few enough are under way at a
// time: an estimate from the latest responses. One thread at a time.

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <deque>

#include "system/clock.h"

namespace cloud_billing {

// Tells one request from another with the same id, which was abandoned. They count up from 1.
using Ticket = std::uint64_t;

class ExpectedResponses {
 public:
  // Tickets come in their order, without a gap.
  void note_started(Ticket ticket, SteadyTime now);
  // Once for a ticket: its response was handed out, or never will be.
  void note_ended(Ticket ticket);
  // Of a response that was handed out: its size, and how long it took.
  void note_response(std::size_t bytes, std::chrono::nanoseconds duration);

  // A request counts with the mean size of the latest responses and what its connection takes, for
  // a second, or eight times as long as half of the latest responses took if that is more. An
  // endpoint that is silent for longer must not keep others waiting.
  [[nodiscard]] std::size_t bytes(SteadyTime now);
  // When the oldest that counts ceases to; max() if none does.
  [[nodiscard]] SteadyTime next_change() const;

 private:
  struct Young {
    SteadyTime started;
    bool ended;
  };

  [[nodiscard]] std::chrono::nanoseconds young_for() const;

  std::deque<Young> young_;  // the last of them is of last_ticket_
  Ticket last_ticket_ = 0;
  std::size_t open_ = 0;                            // of the young ones have not ended
  std::size_t mean_size_ = std::size_t{128} << 10;  // a page of 100 rows, until some have come
  std::chrono::nanoseconds median_duration_{std::chrono::milliseconds(100)};
};

}  // namespace cloud_billing
