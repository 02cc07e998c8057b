#pragma once

// One thread of the simulator's web server: the connections it has accepted and what is still to be
// sent on them.

#include <chrono>
#include <functional>
#include <list>
#include <string>

#include "answer.h"
#include "event_handles.h"
#include "faults.h"
#include "wire_request.h"

namespace simulator {

class EventLoop {
 public:
  using Answerer = std::function<Answer(const WireRequest&, std::chrono::steady_clock::time_point)>;

  // Takes connections from `listener`, a listening socket that several loops may share. Throws
  // std::runtime_error. `faults` must outlive it.
  EventLoop(int listener, FaultBoard& faults, Answerer answer);
  ~EventLoop();
  EventLoop(const EventLoop&) = delete;
  EventLoop& operator=(const EventLoop&) = delete;

  // Serves until stop(). On the loop's own thread.
  void run();
  // Any thread, once.
  void stop();

 private:
  // One answer on its way. Whole answers go through libevent's HTTP, which keeps the connection;
  // spoilt ones are bytes, and the connection ends with them.
  struct Sending {
    EventLoop* loop;
    evhttp_request* request;  // libevent's
    Answer answer;
    EventHandle<event> timer;
    evhttp_connection* taken_over = nullptr;  // for bytes; ours to free
    std::string bytes;
    std::size_t sent = 0;
    std::list<Sending>::iterator self;
  };

  void receive(evhttp_request* request);
  void deliver(Sending& sending);
  void send_whole(Sending& sending);
  // Nothing of libevent's HTTP looks at the connection any more.
  void take_over(Sending& sending);
  void go_on(Sending& sending);
  void end(Sending& sending);

  FaultBoard& faults_;
  const Answerer answer_;
  EventHandle<event_base> base_;
  EventHandle<evhttp> http_;
  int stop_signal_;  // an eventfd
  EventHandle<event> stop_event_;
  std::list<Sending> sendings_;
};

}  // namespace simulator
