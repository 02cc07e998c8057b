#include "polling/send_agenda.h"

namespace cloud_billing {

void SendAgenda::look_at(KeyQueue& queue, SteadyTime at) {
  if (queue.due) {
    if (queue.due->first <= at) return;
    due_.erase(*queue.due);
  }
  queue.due.emplace(at, ++entered_);
  due_.emplace(*queue.due, &queue);
}

void SendAgenda::look_when_there_is_room(KeyQueue& queue, RequestKind kind) {
  const auto which = static_cast<std::size_t>(kind);
  if (queue.waits_for_room[which]) return;
  queue.waits_for_room[which] = ++entered_;
  waiting_[which].emplace(*queue.waits_for_room[which], &queue);
}

KeyQueue* SendAgenda::take_due(SteadyTime now) {
  if (due_.empty() || next() > now) return nullptr;
  KeyQueue& queue = *due_.begin()->second;
  remove(queue);
  return &queue;
}

KeyQueue* SendAgenda::take_waiting(RequestKind kind) {
  const auto& waiting = waiting_[static_cast<std::size_t>(kind)];
  if (waiting.empty()) return nullptr;
  KeyQueue& queue = *waiting.begin()->second;
  remove(queue);
  return &queue;
}

SteadyTime SendAgenda::next() const {
  return due_.empty() ? SteadyTime::max() : due_.begin()->first.first;
}

void SendAgenda::clear() {
  due_.clear();
  waiting_ = {};
}

void SendAgenda::remove(KeyQueue& queue) {
  if (queue.due) due_.erase(*queue.due);
  for (std::size_t kind = 0; kind < kRequestKinds; ++kind) {
    if (queue.waits_for_room[kind]) waiting_[kind].erase(*queue.waits_for_room[kind]);
  }
  queue.due.reset();
  queue.waits_for_room = {};
}

}  // namespace cloud_billing
