#include "runtime/curl_transport.h"

#include <algorithm>
#include <array>
#include <atomic>
#include <cstddef>
#include <deque>
#include <new>
#include <optional>
#include <string_view>
#include <system_error>
#include <unordered_map>
#include <utility>
#include <vector>

#include "runtime/curl_exchange.h"
#include "runtime/curl_handles.h"
#include "runtime/ready_sockets.h"

namespace cloud_billing {
namespace {

constexpr std::size_t kMaxUnreadBytes = std::size_t{64} << 20;  // of all answers not handed out yet
constexpr std::size_t kKeptConnections = 1024;
// Handed out at once: the caller reads them before it sends what is due, so few.
constexpr std::size_t kMostAtOnce = 4;

class CurlTransport final : public Transport {
 public:
  CurlTransport(MultiHandle multi, std::string user_agent)
      : user_agent_(std::move(user_agent)), multi_(std::move(multi)) {
    curl_multi_setopt(multi_.get(), CURLMOPT_PIPELINING, static_cast<long>(CURLPIPE_NOTHING));
    curl_multi_setopt(multi_.get(), CURLMOPT_MAXCONNECTS, static_cast<long>(kKeptConnections));
    curl_multi_setopt(multi_.get(), CURLMOPT_SOCKETFUNCTION, &note_interest);
    curl_multi_setopt(multi_.get(), CURLMOPT_SOCKETDATA, this);
    curl_multi_setopt(multi_.get(), CURLMOPT_TIMERFUNCTION, &note_timer);
    curl_multi_setopt(multi_.get(), CURLMOPT_TIMERDATA, this);
  }

  CurlTransport(const CurlTransport&) = delete;
  CurlTransport& operator=(const CurlTransport&) = delete;

  ~CurlTransport() override {
    for (const auto& entry : in_flight_) {
      curl_multi_remove_handle(multi_.get(), entry.second->easy());
    }
  }

  [[nodiscard]] bool can_start() const override { return unread_bytes_ < kMaxUnreadBytes; }

  void start(RequestId id, const SignedRequest& request,
             std::chrono::milliseconds timeout) override {
    std::unique_ptr<CurlExchange> exchange = take_idle_exchange();
    CURLcode code = exchange->prepare(id, request, timeout);
    if (code == CURLE_OK && curl_multi_add_handle(multi_.get(), exchange->easy()) != CURLM_OK) {
      code = CURLE_FAILED_INIT;
    }
    if (code == CURLE_OK) {
      in_flight_.emplace(id, std::move(exchange));
    } else {
      add(exchange->finish(code));
      recycle(std::move(exchange));
    }
  }

  void abandon(RequestId id) override {
    const auto found = in_flight_.find(id);
    if (found != in_flight_.end()) {
      recycle(take(found));
      return;
    }
    const auto done = std::find_if(completed_.begin(), completed_.end(),
                                   [id](const Completion& one) { return one.id == id; });
    if (done == completed_.end()) return;
    unread_bytes_ -= size_of(*done);
    completed_.erase(done);
  }

  [[nodiscard]] std::vector<Completion> wait(SteadyTime until) override {
    while (true) {
      // What was started goes out first, whatever has completed.
      drive(completed_.empty() && !woken_ ? until : SteadyTime::min());
      collect_completions();
      if (!completed_.empty()) return hand_out();
      if (woken_.exchange(false) || std::chrono::steady_clock::now() >= until) return {};
    }
  }

  void wake() override {
    woken_.store(true);
    sockets_.wake();
  }

 private:
  using InFlight = std::unordered_map<RequestId, std::unique_ptr<CurlExchange>>;

  static int note_interest(CURL*, curl_socket_t socket, int what, void* user, void*) noexcept {
    const ReadySockets& sockets = static_cast<CurlTransport*>(user)->sockets_;
    if (what == CURL_POLL_REMOVE) {
      sockets.forget(socket);
      return 0;
    }
    const bool watched =
        sockets.watch(socket, {(what & CURL_POLL_IN) != 0, (what & CURL_POLL_OUT) != 0});
    return watched ? 0 : -1;
  }

  static int note_timer(CURLM*, long milliseconds, void* user) noexcept {
    auto& timer = static_cast<CurlTransport*>(user)->timer_;
    timer.reset();
    if (milliseconds >= 0) {
      timer = std::chrono::steady_clock::now() + std::chrono::milliseconds(milliseconds);
    }
    return 0;
  }

  // Lets libcurl do what can be done now; waits until then for something to do.
  void drive(SteadyTime until) {
    if (fire_timer()) until = SteadyTime::min();  // something may have completed
    for (const auto& ready : sockets_.wait(std::min(until, timer_.value_or(SteadyTime::max())))) {
      const int what = (ready.readable ? CURL_CSELECT_IN : 0) |
                       (ready.writable ? CURL_CSELECT_OUT : 0) |
                       (ready.broken ? CURL_CSELECT_ERR : 0);
      int running = 0;
      curl_multi_socket_action(multi_.get(), ready.socket, what, &running);
    }
  }

  // Whether its time had come.
  bool fire_timer() {
    if (!timer_ || *timer_ > std::chrono::steady_clock::now()) return false;
    timer_.reset();
    int running = 0;
    curl_multi_socket_action(multi_.get(), CURL_SOCKET_TIMEOUT, 0, &running);
    return true;
  }

  std::unique_ptr<CurlExchange> take_idle_exchange() {
    if (!idle_.empty()) {
      std::unique_ptr<CurlExchange> exchange = std::move(idle_.back());
      idle_.pop_back();
      return exchange;
    }
    auto exchange = std::make_unique<CurlExchange>(user_agent_, unread_bytes_);
    // make_curl_transport() has seen every option accepted.
    if (exchange->lasting_options() != CURLE_OK) throw std::bad_alloc();
    return exchange;
  }

  // Out of the multi handle and out of the map.
  std::unique_ptr<CurlExchange> take(InFlight::iterator found) {
    std::unique_ptr<CurlExchange> exchange = std::move(found->second);
    in_flight_.erase(found);
    curl_multi_remove_handle(multi_.get(), exchange->easy());
    return exchange;
  }

  void recycle(std::unique_ptr<CurlExchange> exchange) {
    exchange->clear();
    idle_.push_back(std::move(exchange));
  }

  void collect_completions() {
    int left = 0;
    while (const CURLMsg* message = curl_multi_info_read(multi_.get(), &left)) {
      if (message->msg != CURLMSG_DONE) continue;
      const CURLcode code = message->data.result;
      auto exchange = take(in_flight_.find(CurlExchange::of(message->easy_handle).id()));
      add(exchange->finish(code));
      recycle(std::move(exchange));
    }
  }

  static std::size_t size_of(const Completion& completion) {
    return completion.answer ? completion.answer->body.size() : 0;
  }

  void add(Completion completion) {
    unread_bytes_ += size_of(completion);
    completed_.push_back(std::move(completion));
  }

  std::vector<Completion> hand_out() {
    std::vector<Completion> some;
    while (!completed_.empty() && some.size() < kMostAtOnce) {
      unread_bytes_ -= size_of(completed_.front());
      some.push_back(std::move(completed_.front()));
      completed_.pop_front();
    }
    return some;
  }

  const std::string user_agent_;
  ReadySockets sockets_;             // libcurl tells it of sockets to the last,
  std::optional<SteadyTime> timer_;  // and when it wants to be called, so both outlive multi_
  std::size_t unread_bytes_ = 0;
  MultiHandle multi_;
  InFlight in_flight_;
  std::vector<std::unique_ptr<CurlExchange>> idle_;
  std::deque<Completion> completed_;
  std::atomic<bool> woken_{false};
};

// Empty, or what this libcurl cannot do.
std::string find_missing_feature() {
  struct Feature {
    int bit;
    std::string_view name;
  };
  constexpr std::array kNeeded{Feature{CURL_VERSION_SSL, "TLS"}, Feature{CURL_VERSION_LIBZ, "gzip"},
                               Feature{CURL_VERSION_ASYNCHDNS, "asynchronous name resolution"}};
  const curl_version_info_data* info = curl_version_info(CURLVERSION_NOW);
  for (const Feature& feature : kNeeded) {
    if ((info->features & feature.bit) == 0) {
      return std::string("libcurl ") + info->version + " was built without " +
             std::string(feature.name);
    }
  }
  std::size_t received = 0;
  const CURLcode code = CurlExchange("", received).lasting_options();
  if (code == CURLE_OK) return {};
  return std::string("libcurl ") + info->version +
         " refuses an option this program needs: " + curl_easy_strerror(code);
}

}  // namespace

Result<std::unique_ptr<Transport>, std::string> make_curl_transport(std::string user_agent) try {
  if (initialize_curl() != CURLE_OK) return std::string("libcurl cannot be initialized");
  std::string missing = find_missing_feature();
  if (!missing.empty()) return missing;
  MultiHandle multi(curl_multi_init());
  if (multi == nullptr) return std::string("libcurl cannot make a multi handle: out of memory");
  return std::unique_ptr<Transport>(
      std::make_unique<CurlTransport>(std::move(multi), std::move(user_agent)));
} catch (const std::system_error& error) {
  return std::string("cannot wait for sockets: ") + error.what();
}

}  // namespace cloud_billing
