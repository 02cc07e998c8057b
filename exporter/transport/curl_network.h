#pragma once

// The requests that are under way: requests in, completions out. The transport makes and destroys
// it; between the two it is the network's thread's, except for what says otherwise.

#include <sys/epoll.h>

#include <array>
#include <atomic>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "core/result.h"
#include "providers/operation.h"
#include "system/descriptor.h"
#include "transport/body_buffers.h"
#include "transport/curl_exchange.h"
#include "transport/curl_group.h"
#include "transport/curl_handles.h"
#include "transport/expected_responses.h"
#include "transport/proxy_rules.h"
#include "transport/transport.h"
#include "transport/trust_period.h"
#include "transport/trusted_authorities.h"

namespace cloud_billing {

struct StartedRequest {
  Ticket ticket;
  RequestId id;
  SignedRequest request;
  std::chrono::milliseconds timeout;
};

struct CompletedRequest {
  Ticket ticket;
  Completion completion;

  [[nodiscard]] std::size_t bytes() const {
    return completion.response ? completion.response->body.size() : 0;
  }
};

class CurlNetwork {
 public:
  // Or what the system refuses.
  [[nodiscard]] static Result<std::unique_ptr<CurlNetwork>, std::string> make(
      std::string user_agent, ProxyRules proxies, const CurrentAuthorities& authorities);
  CurlNetwork(const CurlNetwork&) = delete;
  CurlNetwork& operator=(const CurlNetwork&) = delete;
  ~CurlNetwork();

  // What cannot be sent has completed at once.
  void start(const StartedRequest& started, std::vector<CompletedRequest>& completed);
  // Nothing happens for one that has completed.
  void abandon(Ticket ticket);
  // Sends and receives what can be now.
  void perform(std::vector<CompletedRequest>& completed);
  // Until perform() has something to do, or wake().
  void wait();
  // Makes a wait() in progress, or else the next one, return. Any thread.
  void wake();
  // Bytes of responses that are not complete. Any thread.
  [[nodiscard]] std::size_t received() const { return received_; }
  // The body of a response that was read. Any thread.
  void give_back(std::string body) { buffers_.give_back(std::move(body)); }

 private:
  struct Flight {
    CurlGroup* group;
    std::unique_ptr<CurlExchange> exchange;
  };
  using InFlight = std::unordered_map<Ticket, Flight>;

  CurlNetwork(std::string user_agent, ProxyRules proxies, const CurrentAuthorities& authorities,
              Descriptor epoll, Descriptor alarm);

  // Begins a new one if other authorities are trusted now.
  [[nodiscard]] std::shared_ptr<const TrustPeriod> trust_period();
  void retire_groups();
  [[nodiscard]] CurlGroup& group_with_place_for(const std::string& host);
  [[nodiscard]] std::unique_ptr<CurlExchange> take_idle_exchange();
  void complete_ended(CurlGroup& group, std::vector<CompletedRequest>& completed);
  // Out of its group and out of the maps.
  [[nodiscard]] std::unique_ptr<CurlExchange> take(InFlight::iterator found);
  void recycle(std::unique_ptr<CurlExchange> exchange);

  const std::string user_agent_;
  const ProxyRules proxies_;
  const CurrentAuthorities& authorities_;
  std::atomic<std::size_t> received_{0};
  BodyBuffers buffers_;
  Descriptor epoll_;
  Descriptor alarm_;  // an eventfd, written by wake()
  std::shared_ptr<const TrustPeriod> trust_;
  bool retiring_ = false;                           // some groups are of a period that is over
  std::vector<std::unique_ptr<CurlGroup>> groups_;  // null: one of a trust period that is over
  InFlight in_flight_;
  std::unordered_map<CURL*, Ticket> tickets_;
  std::vector<std::unique_ptr<CurlExchange>> idle_;
  std::array<epoll_event, 256> ready_{};  // what wait() saw
  std::size_t ready_count_ = 0;
};

}  // namespace cloud_billing
