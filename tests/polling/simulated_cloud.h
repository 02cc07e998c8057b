#pragma once

// The poller's world in its tests: a cloud and the time it takes. Nothing waits for real: wait()
// moves the clock to the next event. What the cloud answers is a function of the request; what was
// asked, and when, is kept. One thread, but for wake().

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstddef>
#include <functional>
#include <map>
#include <optional>
#include <sstream>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "transport/transport.h"

namespace cloud_billing {

// A request as the cloud got it.
struct SimulatedCall {
  std::chrono::milliseconds at{};  // since the start
  WallTime wall;
  std::string host;
  std::string operation;
  std::map<std::string, std::string> query;
  std::string body;
  std::string access_key_id;  // from the signature
  std::string date;           // from the signature
  std::string signature;
  std::size_t others_in_flight = 0;

  [[nodiscard]] std::string parameter(const std::string& name) const {
    const auto found = query.find(name);
    return found == query.end() ? std::string() : found->second;
  }
};

// What the cloud says, and after how long; without an answer it hangs.
struct SimulatedReply {
  std::optional<HttpResponse> response;
  std::chrono::milliseconds latency{20};
  bool begins = true;  // false: there is no room even to start the request
};

class SimulatedCloud final : public Transport, public Clock {
 public:
  using Respond = std::function<SimulatedReply(const SimulatedCall&)>;

  SimulatedCloud(UtcSeconds start, Respond respond)
      : wall_start_(start), respond_(std::move(respond)) {}

  // Runs `action` inside wait() when the clock reaches `at` (since the start).
  void schedule(std::chrono::milliseconds at, std::function<void()> action) {
    actions_.emplace(kSteadyStart + at, std::move(action));
  }

  [[nodiscard]] const std::vector<SimulatedCall>& calls() const { return calls_; }
  [[nodiscard]] std::vector<SimulatedCall> calls_of(std::string_view operation) const {
    std::vector<SimulatedCall> found;
    for (const SimulatedCall& call : calls_) {
      if (call.operation == operation) found.push_back(call);
    }
    return found;
  }
  [[nodiscard]] std::chrono::milliseconds elapsed() const {
    return std::chrono::floor<std::chrono::milliseconds>(now_ - kSteadyStart);
  }
  [[nodiscard]] std::size_t abandoned() const { return abandoned_; }
  [[nodiscard]] std::size_t in_flight() const { return in_flight_.size(); }
  void set_can_start(bool can_start) { can_start_ = can_start; }
  // A host's clock that is set wrong.
  void set_wall_ahead(std::chrono::hours ahead) { wall_ahead_ = ahead; }

  WallTime wall() const override {
    return wall_start_ + wall_ahead_ + std::chrono::floor<WallTime::duration>(now_ - kSteadyStart);
  }
  SteadyTime steady() const override { return now_; }

  bool can_start() override { return can_start_; }

  void start(RequestId id, const SignedRequest& request,
             std::chrono::milliseconds timeout) override {
    SimulatedCall call = read_call(request);
    call.others_in_flight = in_flight_.size();
    SimulatedReply reply = respond_(call);
    calls_.push_back(std::move(call));
    const bool answers = reply.response && reply.latency < timeout;
    const std::chrono::milliseconds duration = answers ? reply.latency : timeout;
    Completion completion{id, Failure{Reason::kTimeout, "no answer in time", true}, duration};
    if (answers) completion.response = *std::move(reply.response);
    if (!reply.begins) completion = {id, Failure{Reason::kTransport, "no room", true}, {}};
    in_flight_.emplace(std::pair(now_ + duration, id), std::move(completion));
  }

  void abandon(RequestId id) override {
    abandoned_ +=
        std::erase_if(in_flight_, [id](const auto& entry) { return entry.first.second == id; });
  }

  std::vector<Completion> wait(SteadyTime until) override {
    if (woken_.exchange(false)) return {};
    if (!in_flight_.empty()) until = std::min(until, in_flight_.begin()->first.first);
    if (!actions_.empty()) until = std::min(until, actions_.begin()->first);
    now_ = std::max(now_, until);
    while (!actions_.empty() && actions_.begin()->first <= now_) {
      const auto action = actions_.extract(actions_.begin());
      action.mapped()();
    }
    std::vector<Completion> completed;
    while (!in_flight_.empty() && in_flight_.begin()->first.first <= now_) {
      completed.push_back(std::move(in_flight_.extract(in_flight_.begin()).mapped()));
    }
    return completed;
  }

  void wake() override {
    woken_ = true;
    woken_.notify_all();
  }
  // For an action: until another thread has called wake().
  void wait_until_woken() const { woken_.wait(false); }

 private:
  // Any value but the clock's own zero, which code could take for "never".
  static constexpr SteadyTime kSteadyStart{std::chrono::hours(1000)};

  SimulatedCall read_call(const SignedRequest& request) const {
    SimulatedCall call;
    call.at = elapsed();
    call.wall = wall();
    call.operation = request.operation().label;
    call.body = request.body();
    const std::string& url = request.url();
    const std::size_t host = url.find("//") + 2;
    call.host = url.substr(host, url.find('/', host) - host);
    for (std::size_t begin = url.find('?'); begin < url.size();) {
      const std::size_t end = std::min(url.find('&', ++begin), url.size());
      const std::string pair = url.substr(begin, end - begin);
      call.query.emplace(pair.substr(0, pair.find('=')), pair.substr(pair.find('=') + 1));
      begin = end;
    }
    for (const Header& header : request.headers()) {
      if (header.name == "authorization") read_authorization(header.value, call);
    }
    return call;
  }

  // "fake <access key id> <date> <nonce>" (fake_provider.h); other clouds' signatures are not read.
  static void read_authorization(const std::string& value, SimulatedCall& call) {
    std::istringstream words(value);
    std::string scheme;
    words >> scheme;
    if (scheme == "fake") words >> call.access_key_id >> call.date >> call.signature;
  }

  UtcSeconds wall_start_;
  std::chrono::hours wall_ahead_{0};
  Respond respond_;
  SteadyTime now_ = kSteadyStart;
  std::multimap<SteadyTime, std::function<void()>> actions_;
  std::map<std::pair<SteadyTime, RequestId>, Completion> in_flight_;  // by completion time
  std::vector<SimulatedCall> calls_;
  std::size_t abandoned_ = 0;
  bool can_start_ = true;
  std::atomic<bool> woken_{false};
};

}  // namespace cloud_billing
