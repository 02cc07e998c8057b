#include "transport/curl_transport.h"

#include <algorithm>
#include <array>
#include <atomic>
#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <exception>
#include <iterator>
#include <new>
#include <string_view>
#include <thread>
#include <unordered_map>
#include <utility>
#include <vector>

#include "system/log.h"
#include "system/mutex.h"
#include "transport/curl_exchange.h"
#include "transport/curl_handles.h"
#include "transport/curl_network.h"
#include "transport/expected_responses.h"
#include "transport/response_allowance.h"

namespace cloud_billing {
namespace {

// Handed out at once: the caller reads them all before it sends what has come due.
constexpr std::size_t kMostAtOnce = 16;
// Given to the network's thread at once: each time, both threads may wait for the other.
constexpr std::size_t kMostHeld = 16;

// What the caller wants of the network's thread.
struct Wanted {
  std::vector<StartedRequest> started;
  std::vector<Ticket> abandoned;
  bool stop = false;

  [[nodiscard]] bool empty() const { return started.empty() && abandoned.empty() && !stop; }
};

class CurlTransport final : public Transport {
 public:
  explicit CurlTransport(std::unique_ptr<CurlNetwork> network) : network_(std::move(network)) {
    thread_ = std::thread([this] {
      try {
        run_network();
      } catch (const std::exception& error) {
        log_error("the network's thread stopped", {{"error", error.what()}});
        std::terminate();
      }
    });
  }

  CurlTransport(const CurlTransport&) = delete;
  CurlTransport& operator=(const CurlTransport&) = delete;

  ~CurlTransport() override {
    want([](Wanted& wanted) { wanted.stop = true; });
    thread_.join();
  }

  [[nodiscard]] bool can_start() override {
    const std::size_t expected = expected_.bytes(std::chrono::steady_clock::now());
    full_ = std::max(expected, network_->received() + waiting_bytes_) >= allowance_.bytes();
    return !full_;
  }

  void start(RequestId id, const SignedRequest& request,
             std::chrono::milliseconds timeout) override {
    const Ticket ticket = ++last_ticket_;
    awaited_.insert_or_assign(id, ticket);
    expected_.note_started(ticket, std::chrono::steady_clock::now());
    held_.push_back({ticket, id, request, timeout});
    if (held_.size() == kMostHeld) send_held();
  }

  void abandon(RequestId id) override {
    const auto awaited = awaited_.find(id);
    if (awaited == awaited_.end()) return;
    send_held();
    want([&](Wanted& wanted) { wanted.abandoned.push_back(awaited->second); });
    expected_.note_ended(awaited->second);
    awaited_.erase(awaited);
  }

  [[nodiscard]] std::vector<Completion> wait(SteadyTime until) override {
    send_held();
    if (full_) until = std::min(until, expected_.next_change());
    MutexLock lock(mutex_);
    while (true) {
      changed_.wait_until(lock.waiting(), until,
                          [this]() REQUIRES(mutex_) { return woken_ || !completed_.empty(); });
      if (completed_.empty()) break;
      std::vector<Completion> some = hand_out();
      if (!some.empty()) return some;  // else all were abandoned
    }
    woken_ = false;
    return {};
  }

  void give_back(std::string&& body) override { network_->give_back(std::move(body)); }

  void wake() override {
    {
      const MutexLock lock(mutex_);
      woken_ = true;
    }
    changed_.notify_one();
  }

 private:
  template <typename Write>
  void want(const Write& write) {
    bool first = false;
    {
      const MutexLock lock(mutex_);
      first = wanted_.empty();
      write(wanted_);
    }
    if (first) network_->wake();
  }

  void send_held() {
    if (held_.empty()) return;
    want([this](Wanted& wanted) {
      std::move(held_.begin(), held_.end(), std::back_inserter(wanted.started));
    });
    held_.clear();
  }

  void run_network() {
    while (true) {
      std::vector<CompletedRequest> completed;
      const Wanted wanted = take_wanted();
      if (wanted.stop) return;
      for (const StartedRequest& started : wanted.started) network_->start(started, completed);
      for (const Ticket ticket : wanted.abandoned) network_->abandon(ticket);
      network_->perform(completed);
      if (!completed.empty()) deliver(std::move(completed));
      network_->wait();
    }
  }

  Wanted take_wanted() {
    const MutexLock lock(mutex_);
    return std::exchange(wanted_, {});
  }

  void deliver(std::vector<CompletedRequest> completed) {
    {
      const MutexLock lock(mutex_);
      for (CompletedRequest& one : completed) {
        waiting_bytes_ += one.bytes();
        completed_.push_back(std::move(one));
      }
    }
    changed_.notify_one();
  }

  // Those that were not abandoned.
  std::vector<Completion> hand_out() REQUIRES(mutex_) {
    std::vector<Completion> some;
    while (!completed_.empty() && some.size() < kMostAtOnce) {
      CompletedRequest one = std::move(completed_.front());
      completed_.pop_front();
      waiting_bytes_ -= one.bytes();
      const auto awaited = awaited_.find(one.completion.id);
      if (awaited == awaited_.end() || awaited->second != one.ticket) continue;
      awaited_.erase(awaited);
      expected_.note_ended(one.ticket);
      if (one.completion.response && one.completion.duration) {
        expected_.note_response(one.bytes(), *one.completion.duration);
      }
      allowance_.note_response(one.bytes(), waiting_bytes_, full_);
      some.push_back(std::move(one.completion));
    }
    return some;
  }

  // Constant after construction.
  const std::unique_ptr<CurlNetwork> network_;

  // The caller's own.
  std::unordered_map<RequestId, Ticket> awaited_;
  Ticket last_ticket_ = 0;
  ExpectedResponses expected_;
  ResponseAllowance allowance_;       // of responses not handed out yet, expected ones included
  bool full_ = false;                 // when can_start() was asked last
  std::vector<StartedRequest> held_;  // not given to the network's thread yet

  std::atomic<std::size_t> waiting_bytes_{0};  // of complete responses not handed out yet

  Mutex mutex_;
  std::condition_variable changed_;
  Wanted wanted_ GUARDED_BY(mutex_);
  std::deque<CompletedRequest> completed_ GUARDED_BY(mutex_);
  bool woken_ GUARDED_BY(mutex_) = false;

  std::thread thread_;
};

// Empty, or what this libcurl cannot do.
std::string find_missing_feature() {
  struct Feature {
    int bit;
    std::string_view name;
  };
  constexpr std::array kNeeded{Feature{CURL_VERSION_SSL, "TLS"},
                               Feature{CURL_VERSION_ASYNCHDNS, "asynchronous name resolution"}};
  const curl_version_info_data* info = curl_version_info(CURLVERSION_NOW);
  for (const Feature& feature : kNeeded) {
    if ((info->features & feature.bit) == 0) {
      return std::string("libcurl ") + info->version + " was built without " +
             std::string(feature.name);
    }
  }
  std::atomic<std::size_t> received{0};
  BodyBuffers buffers;
  const CURLcode code = CurlExchange("", received, buffers).lasting_options();
  if (code == CURLE_OK) return {};
  return std::string("libcurl ") + info->version +
         " refuses an option this program needs: " + curl_easy_strerror(code);
}

}  // namespace

Result<std::unique_ptr<Transport>, std::string> make_curl_transport(TransportSettings settings) {
  if (initialize_curl() != CURLE_OK) return std::string("libcurl cannot be initialized");
  std::string missing = find_missing_feature();
  if (!missing.empty()) return missing;
  auto network = CurlNetwork::make(std::move(settings.user_agent), std::move(settings.proxies),
                                   *settings.authorities);
  if (!network) return std::move(network).error();
  return std::unique_ptr<Transport>(std::make_unique<CurlTransport>(std::move(network).value()));
}

}  // namespace cloud_billing
