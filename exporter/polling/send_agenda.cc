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

void SendAgenda::look_when_there_is_room(KeyQueue& queue) {
  if (queue.waits_for_room) return;
  queue.waits_for_room = ++entered_;
  waiting_.emplace(*queue.waits_for_room, &queue);
}

KeyQueue* SendAgenda::take_due(SteadyTime now) {
  if (due_.empty() || next() > now) return nullptr;
  KeyQueue& queue = *due_.begin()->second;
  remove(queue);
  return &queue;
}

KeyQueue* SendAgenda::take_waiting() {
  if (waiting_.empty()) return nullptr;
  KeyQueue& queue = *waiting_.begin()->second;
  remove(queue);
  return &queue;
}

SteadyTime SendAgenda::next() const {
  return due_.empty() ? SteadyTime::max() : due_.begin()->first.first;
}

void SendAgenda::clear() {
  due_.clear();
  waiting_.clear();
}

void SendAgenda::remove(KeyQueue& queue) {
  if (queue.due) due_.erase(*queue.due);
  if (queue.waits_for_room) waiting_.erase(*queue.waits_for_room);
  queue.due.reset();
  queue.waits_for_room.reset();
}

}  // namespace cloud_billing
