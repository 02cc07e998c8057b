#include "event_loop.h"

#include <event2/keyvalq_struct.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <cstdint>
#include <iterator>
#include <memory>
#include <stdexcept>
#include <utility>

namespace simulator {
namespace {

constexpr ev_ssize_t kMaxBody = 1 << 20;
constexpr std::size_t kMaxWrite = 1U << 20U;  // a page at once
constexpr int kIdleSeconds = 30;
constexpr std::size_t kDripBytes = 16;
constexpr std::chrono::milliseconds kDripPause{20};
constexpr std::chrono::milliseconds kLookAtBoard{20};

timeval to_timeval(std::chrono::milliseconds time) {
  timeval value{};
  value.tv_sec = time.count() / 1000;
  value.tv_usec = time.count() % 1000 * 1000;
  return value;
}

const char* name_of(evhttp_cmd_type method) {
  switch (method) {
    case EVHTTP_REQ_GET:
      return "GET";
    case EVHTTP_REQ_POST:
      return "POST";
    case EVHTTP_REQ_HEAD:
      return "HEAD";
    case EVHTTP_REQ_PUT:
      return "PUT";
    case EVHTTP_REQ_DELETE:
      return "DELETE";
    default:
      return "OTHER";
  }
}

WireRequest read_request(evhttp_request* from) {
  WireRequest request;
  request.method = name_of(evhttp_request_get_command(from));
  const std::string target = evhttp_request_get_uri(from);
  const std::size_t mark = target.find('?');
  request.path = target.substr(0, mark);
  request.query = mark == std::string::npos ? "" : target.substr(mark + 1);
  const evkeyvalq* headers = evhttp_request_get_input_headers(from);
  for (const evkeyval* header = headers->tqh_first; header != nullptr;
       header = header->next.tqe_next) {
    request.headers.emplace_back(header->key, header->value);
  }
  evbuffer* body = evhttp_request_get_input_buffer(from);
  request.body.resize(evbuffer_get_length(body));
  evbuffer_copyout(body, request.body.data(), request.body.size());
  return request;
}

const char* reason_phrase(int status) {
  switch (status) {
    case 200:
      return "OK";
    case 400:
      return "Bad Request";
    case 403:
      return "Forbidden";
    case 404:
      return "Not Found";
    case 429:
      return "Too Many Requests";
    case 502:
      return "Bad Gateway";
    case 503:
      return "Service Unavailable";
    default:
      return status < 500 ? "Error" : "Internal Server Error";
  }
}

std::string write_head(const Answer& answer, std::size_t content_length) {
  std::string head = "HTTP/1.1 " + std::to_string(answer.status) + " " +
                     reason_phrase(answer.status) +
                     "\r\nServer: BWS\r\nContent-Type: " + answer.content_type +
                     "\r\nContent-Length: " + std::to_string(content_length) + "\r\n";
  for (const auto& [name, value] : answer.headers) {
    head += name;
    head += ": ";
    head += value;
    head += "\r\n";
  }
  head += "Connection: close\r\n\r\n";
  return head;
}

// The bytes of an answer that is spoilt.
std::string write_bytes(const Answer& answer) {
  const std::string& body = answer.sent_body();
  switch (answer.delivery) {
    case Delivery::kDrip:
      return write_head(answer, body.size()) + body;
    case Delivery::kTruncated:
      return write_head(answer, body.size() + 1) + body.substr(0, body.size() / 2);
    case Delivery::kReset:  // a client may ask once more, unseen, if nothing came of an answer
      return write_head(answer, body.size() + 1);
    default:
      return {};
  }
}

// Linux resets a connection that is dissolved. What was sent before can still be read.
void reset_connection(bufferevent* connection) {
  const sockaddr none{AF_UNSPEC, {}};
  [[maybe_unused]] const int done = connect(bufferevent_getfd(connection), &none, sizeof none);
}

template <typename Object>
Object* need(Object* made) {
  if (made == nullptr) throw std::runtime_error("libevent cannot make what serving needs");
  return made;
}

}  // namespace

EventLoop::EventLoop(int listener, FaultBoard& faults, Answerer answer)
    : faults_(faults),
      answer_(std::move(answer)),
      base_(need(event_base_new())),
      http_(need(evhttp_new(base_.get()))),
      stop_signal_(eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)) {
  evhttp_set_allowed_methods(http_.get(), 0xFFFF);
  evhttp_set_max_body_size(http_.get(), kMaxBody);
  evhttp_set_timeout(http_.get(), kIdleSeconds);
  evhttp_set_bevcb(
      http_.get(),
      [](event_base* base, void*) {
        bufferevent* connection = bufferevent_socket_new(base, -1, 0);
        if (connection != nullptr) bufferevent_set_max_single_write(connection, kMaxWrite);
        return connection;
      },
      nullptr);
  evhttp_set_gencb(
      http_.get(),
      [](evhttp_request* request, void* loop) { static_cast<EventLoop*>(loop)->receive(request); },
      this);
  const int own_listener = dup(listener);  // closed with http_
  if (evhttp_accept_socket(http_.get(), own_listener) != 0) {
    close(own_listener);
    throw std::runtime_error("libevent cannot accept connections");
  }
  stop_event_.reset(need(event_new(
      base_.get(), stop_signal_, EV_READ,
      [](evutil_socket_t, short, void* base) {
        event_base_loopbreak(static_cast<event_base*>(base));
      },
      base_.get())));
  event_add(stop_event_.get(), nullptr);
}

EventLoop::~EventLoop() {
  while (!sendings_.empty()) end(sendings_.front());
  stop_event_.reset();
  close(stop_signal_);
}

void EventLoop::run() { event_base_dispatch(base_.get()); }

void EventLoop::stop() {
  const std::uint64_t once = 1;
  [[maybe_unused]] const ssize_t written = write(stop_signal_, &once, sizeof once);
}

void EventLoop::receive(evhttp_request* request) {
  const auto arrived = std::chrono::steady_clock::now();
  Sending& sending = sendings_.emplace_back();
  sending.self = std::prev(sendings_.end());
  sending.loop = this;
  sending.request = request;
  try {
    sending.answer = answer_(read_request(request), arrived);
  } catch (const std::exception& error) {
    sending.answer.status = 500;
    sending.answer.content_type = "text/plain";
    sending.answer.body = std::string("simulator failed: ") + error.what() + "\n";
  }
  sending.timer.reset(need(evtimer_new(
      base_.get(),
      [](evutil_socket_t, short, void* user) {
        auto& due = *static_cast<Sending*>(user);
        if (due.taken_over == nullptr) {
          due.loop->deliver(due);
        } else {
          due.loop->go_on(due);
        }
      },
      &sending)));
  if (sending.answer.latency.count() == 0) return deliver(sending);
  const timeval wait = to_timeval(sending.answer.latency);
  event_add(sending.timer.get(), &wait);
}

void EventLoop::deliver(Sending& sending) {
  if (sending.answer.before_sending) sending.answer.before_sending();
  if (sending.answer.delivery == Delivery::kWhole) return send_whole(sending);
  take_over(sending);
  sending.bytes = write_bytes(sending.answer);
  go_on(sending);
}

void EventLoop::send_whole(Sending& sending) {
  Answer& answer = sending.answer;
  evkeyvalq* headers = evhttp_request_get_output_headers(sending.request);
  evhttp_add_header(headers, "Server", "BWS");
  evhttp_add_header(headers, "Content-Type", answer.content_type.c_str());
  for (const auto& [name, value] : answer.headers) {
    evhttp_add_header(headers, name.c_str(), value.c_str());
  }
  evhttp_add_header(headers, "Connection", "keep-alive");
  if (answer.shared_body == nullptr) {
    answer.shared_body = std::make_shared<const std::string>(std::move(answer.body));
  }
  using Body = std::shared_ptr<const std::string>;
  auto body = std::make_unique<Body>(answer.shared_body);
  const EventHandle<evbuffer> buffer(need(evbuffer_new()));
  const std::string& text = **body;
  if (evbuffer_add_reference(
          buffer.get(), text.data(), text.size(),
          [](const void*, std::size_t, void* kept) { delete static_cast<Body*>(kept); },
          body.get()) == 0) {
    [[maybe_unused]] Body* kept = body.release();
  }
  evhttp_send_reply(sending.request, answer.status, reason_phrase(answer.status), buffer.get());
  sendings_.erase(sending.self);
}

void EventLoop::take_over(Sending& sending) {
  sending.taken_over = evhttp_request_get_connection(sending.request);
  bufferevent* connection = evhttp_connection_get_bufferevent(sending.taken_over);
  bufferevent_setcb(
      connection, nullptr, nullptr,
      [](bufferevent*, short, void* user) {  // the client has left
        auto& left = *static_cast<Sending*>(user);
        left.loop->end(left);
      },
      &sending);
  bufferevent_set_timeouts(connection, nullptr, nullptr);
  bufferevent_enable(connection, EV_READ | EV_WRITE);
}

void EventLoop::go_on(Sending& sending) {
  const Answer& answer = sending.answer;
  bufferevent* connection = evhttp_connection_get_bufferevent(sending.taken_over);
  auto pause = kDripPause;
  if (answer.delivery == Delivery::kHang) {
    if (!faults_.holds(*answer.fault)) return end(sending);
    pause = kLookAtBoard;
  } else if (sending.sent < sending.bytes.size()) {
    const std::size_t left = sending.bytes.size() - sending.sent;
    const std::size_t now = answer.delivery == Delivery::kDrip ? std::min(kDripBytes, left) : left;
    bufferevent_write(connection, sending.bytes.data() + sending.sent, now);
    sending.sent += now;
  } else if (evbuffer_get_length(bufferevent_get_output(connection)) == 0) {
    if (answer.delivery == Delivery::kReset) reset_connection(connection);
    return end(sending);
  }
  const timeval wait = to_timeval(pause);
  event_add(sending.timer.get(), &wait);
}

void EventLoop::end(Sending& sending) {
  if (sending.taken_over != nullptr) evhttp_connection_free(sending.taken_over);
  sendings_.erase(sending.self);
}

}  // namespace simulator
