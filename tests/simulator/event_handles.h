#pragma once

// Owners of libevent's objects. Included by the sources that speak to libevent only.

#include <event2/buffer.h>
#include <event2/bufferevent.h>
#include <event2/event.h>
#include <event2/http.h>

#include <memory>

namespace simulator {

struct EventCleanup {
  void operator()(event_base* base) const { event_base_free(base); }
  void operator()(evhttp* http) const { evhttp_free(http); }
  void operator()(event* pending) const { event_free(pending); }
  void operator()(evbuffer* buffer) const { evbuffer_free(buffer); }
};
template <typename Object>
using EventHandle = std::unique_ptr<Object, EventCleanup>;

}  // namespace simulator
