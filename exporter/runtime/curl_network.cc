#include "runtime/curl_network.h"

#include <new>
#include <utility>

namespace cloud_billing {
namespace {

constexpr long kKeptConnections = 1024;

}  // namespace

CurlNetwork::CurlNetwork(CURLM* multi, const std::string& user_agent,
                         std::atomic<std::size_t>& received)
    : multi_(multi), user_agent_(user_agent), received_(received) {
  curl_multi_setopt(multi_, CURLMOPT_PIPELINING, static_cast<long>(CURLPIPE_NOTHING));
  curl_multi_setopt(multi_, CURLMOPT_MAXCONNECTS, kKeptConnections);
}

CurlNetwork::~CurlNetwork() {
  for (const auto& entry : in_flight_) curl_multi_remove_handle(multi_, entry.second->easy());
}

void CurlNetwork::start(const StartedRequest& started, std::vector<CompletedRequest>& completed) {
  std::unique_ptr<CurlExchange> exchange = take_idle_exchange();
  CURLcode code = exchange->prepare(started.id, started.request, started.timeout);
  if (code == CURLE_OK && curl_multi_add_handle(multi_, exchange->easy()) != CURLM_OK) {
    code = CURLE_FAILED_INIT;
  }
  if (code == CURLE_OK) {
    tickets_.emplace(exchange->easy(), started.ticket);
    in_flight_.emplace(started.ticket, std::move(exchange));
  } else {
    completed.push_back({started.ticket, exchange->finish(code)});
    recycle(std::move(exchange));
  }
}

void CurlNetwork::abandon(Ticket ticket) {
  const auto found = in_flight_.find(ticket);
  if (found != in_flight_.end()) recycle(take(found));
}

void CurlNetwork::perform(std::vector<CompletedRequest>& completed) {
  int running = 0;
  curl_multi_perform(multi_, &running);
  int left = 0;
  while (const CURLMsg* message = curl_multi_info_read(multi_, &left)) {
    if (message->msg != CURLMSG_DONE) continue;
    const CURLcode code = message->data.result;
    const Ticket ticket = tickets_.at(message->easy_handle);
    std::unique_ptr<CurlExchange> exchange = take(in_flight_.find(ticket));
    completed.push_back({ticket, exchange->finish(code)});
    recycle(std::move(exchange));
  }
}

std::unique_ptr<CurlExchange> CurlNetwork::take_idle_exchange() {
  if (!idle_.empty()) {
    std::unique_ptr<CurlExchange> exchange = std::move(idle_.back());
    idle_.pop_back();
    return exchange;
  }
  auto exchange = std::make_unique<CurlExchange>(user_agent_, received_);
  // make_curl_transport() has seen every option accepted.
  if (exchange->lasting_options() != CURLE_OK) throw std::bad_alloc();
  return exchange;
}

std::unique_ptr<CurlExchange> CurlNetwork::take(InFlight::iterator found) {
  std::unique_ptr<CurlExchange> exchange = std::move(found->second);
  in_flight_.erase(found);
  tickets_.erase(exchange->easy());
  curl_multi_remove_handle(multi_, exchange->easy());
  return exchange;
}

void CurlNetwork::recycle(std::unique_ptr<CurlExchange> exchange) {
  exchange->clear();
  idle_.push_back(std::move(exchange));
}

}  // namespace cloud_billing
