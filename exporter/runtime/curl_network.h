#pragma once

// The requests that are under way on one multi handle of libcurl: requests in, completions out. On
// the network's thread only; the transport owns it.

#include <atomic>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <unordered_map>
#include <vector>

#include "providers/operations.h"
#include "runtime/curl_exchange.h"
#include "runtime/curl_handles.h"
#include "runtime/transport.h"

namespace cloud_billing {

// Tells one request from another with the same id, which was abandoned.
using Ticket = std::uint64_t;

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
    return completion.answer ? completion.answer->body.size() : 0;
  }
};

class CurlNetwork {
 public:
  // All must outlive it. `received` counts the bytes of answers that are not complete.
  CurlNetwork(CURLM* multi, const std::string& user_agent, std::atomic<std::size_t>& received);
  CurlNetwork(const CurlNetwork&) = delete;
  CurlNetwork& operator=(const CurlNetwork&) = delete;
  ~CurlNetwork();

  // What cannot be sent has completed at once.
  void start(const StartedRequest& started, std::vector<CompletedRequest>& completed);
  // Nothing happens for one that has completed.
  void abandon(Ticket ticket);
  // Sends and receives what can be now.
  void perform(std::vector<CompletedRequest>& completed);

 private:
  using InFlight = std::unordered_map<Ticket, std::unique_ptr<CurlExchange>>;

  [[nodiscard]] std::unique_ptr<CurlExchange> take_idle_exchange();
  // Out of the multi handle and out of the maps.
  [[nodiscard]] std::unique_ptr<CurlExchange> take(InFlight::iterator found);
  void recycle(std::unique_ptr<CurlExchange> exchange);

  CURLM* multi_;
  const std::string& user_agent_;
  std::atomic<std::size_t>& received_;
  InFlight in_flight_;
  std::unordered_map<CURL*, Ticket> tickets_;
  std::vector<std::unique_ptr<CurlExchange>> idle_;
};

}  // namespace cloud_billing
