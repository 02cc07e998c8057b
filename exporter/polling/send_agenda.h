#pragma once

// Which access keys' queues are to be looked at for something to send, and when. A queue with
// nothing to send stands nowhere and costs nothing. Those that are due come in the order in which
// they were entered, and so do those that wait for room: queues take turns. Part of the dispatcher.

#include <array>
#include <cstdint>
#include <map>
#include <utility>

#include "polling/key_queue.h"
#include "system/clock.h"

namespace cloud_billing {

// The queues stay where they are while they stand in it.
class SendAgenda {
 public:
  // To be looked at then, or sooner if that was said before.
  void look_at(KeyQueue& queue, SteadyTime at);

  // To be looked at once there is room for more requests of this kind in flight, besides.
  void look_when_there_is_room(KeyQueue& queue, RequestKind kind = RequestKind::kPoll);

  // The first queue that is due; null if none is. It stands nowhere any more.
  [[nodiscard]] KeyQueue* take_due(SteadyTime now);

  // The first that waits for room of this kind; null if none does. It stands nowhere any more.
  [[nodiscard]] KeyQueue* take_waiting(RequestKind kind = RequestKind::kPoll);

  // When the first is due; SteadyTime::max() if none is.
  [[nodiscard]] SteadyTime next() const;

  // Forgets all, as the queues are formed anew.
  void clear();

 private:
  void remove(KeyQueue& queue);

  std::map<std::pair<SteadyTime, std::uint64_t>, KeyQueue*> due_;
  std::array<std::map<std::uint64_t, KeyQueue*>, kRequestKinds> waiting_;  // by RequestKind
  std::uint64_t entered_ = 0;
};

}  // namespace cloud_billing
