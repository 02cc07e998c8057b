#include "runtime/curl_transport.h"

#include <algorithm>
#include <array>
#include <atomic>
#include <cstddef>
#include <new>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "runtime/curl_exchange.h"
#include "runtime/curl_handles.h"

namespace cloud_billing {
namespace {

constexpr std::size_t kMaxUnreadBytes = std::size_t{64} << 20;  // of all answers not handed out yet
constexpr std::size_t kKeptConnections = 1024;
constexpr std::chrono::milliseconds kMaxPollTime{60'000};  // well within curl_multi_poll's int

class CurlTransport final : public Transport {
 public:
  CurlTransport(MultiHandle multi, std::string user_agent)
      : user_agent_(std::move(user_agent)), multi_(std::move(multi)) {
    curl_multi_setopt(multi_.get(), CURLMOPT_PIPELINING, static_cast<long>(CURLPIPE_NOTHING));
    curl_multi_setopt(multi_.get(), CURLMOPT_MAXCONNECTS, static_cast<long>(kKeptConnections));
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
      int running = 0;
      curl_multi_perform(multi_.get(), &running);
      collect_completions();
      const auto now = std::chrono::steady_clock::now();
      if (woken_.exchange(false) || !completed_.empty() || now >= until) return hand_out();
      const auto left =
          std::min(std::chrono::ceil<std::chrono::milliseconds>(until - now), kMaxPollTime);
      curl_multi_poll(multi_.get(), nullptr, 0, static_cast<int>(left.count()), nullptr);
    }
  }

  void wake() override {
    woken_.store(true);
    curl_multi_wakeup(multi_.get());
  }

 private:
  using InFlight = std::unordered_map<RequestId, std::unique_ptr<CurlExchange>>;

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
    for (const Completion& completion : completed_) unread_bytes_ -= size_of(completion);
    return std::exchange(completed_, {});
  }

  const std::string user_agent_;
  std::size_t unread_bytes_ = 0;
  MultiHandle multi_;
  InFlight in_flight_;
  std::vector<std::unique_ptr<CurlExchange>> idle_;
  std::vector<Completion> completed_;
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

Result<std::unique_ptr<Transport>, std::string> make_curl_transport(std::string user_agent) {
  if (initialize_curl() != CURLE_OK) return std::string("libcurl cannot be initialized");
  std::string missing = find_missing_feature();
  if (!missing.empty()) return missing;
  MultiHandle multi(curl_multi_init());
  if (multi == nullptr) return std::string("libcurl cannot make a multi handle: out of memory");
  return std::unique_ptr<Transport>(
      std::make_unique<CurlTransport>(std::move(multi), std::move(user_agent)));
}

}  // namespace cloud_billing
