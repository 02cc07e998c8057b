#include "transport/curl_network.h"

#include <sys/eventfd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <new>
#include <span>
#include <utility>

namespace cloud_billing {
namespace {

constexpr std::uint64_t kAlarm = ~std::uint64_t{};  // no group has that number
constexpr std::chrono::milliseconds kLongestWait{60'000};

}  // namespace

Result<std::unique_ptr<CurlNetwork>, std::string> CurlNetwork::make(
    std::string user_agent, ProxyRules proxies, const CurrentAuthorities& authorities) {
  Descriptor epoll(epoll_create1(EPOLL_CLOEXEC));
  Descriptor alarm(eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK));
  epoll_event event{};
  event.events = EPOLLIN;
  event.data.u64 = kAlarm;
  if (epoll.get() < 0 || alarm.get() < 0 ||
      epoll_ctl(epoll.get(), EPOLL_CTL_ADD, alarm.get(), &event) != 0) {
    return std::string("cannot watch sockets: ") + std::strerror(errno);
  }
  return std::unique_ptr<CurlNetwork>(new CurlNetwork(
      std::move(user_agent), std::move(proxies), authorities, std::move(epoll), std::move(alarm)));
}

CurlNetwork::CurlNetwork(std::string user_agent, ProxyRules proxies,
                         const CurrentAuthorities& authorities, Descriptor epoll, Descriptor alarm)
    : user_agent_(std::move(user_agent)),
      proxies_(std::move(proxies)),
      authorities_(authorities),
      epoll_(std::move(epoll)),
      alarm_(std::move(alarm)),
      trust_(std::make_shared<const TrustPeriod>(authorities.get())) {}

CurlNetwork::~CurlNetwork() {
  while (!in_flight_.empty()) recycle(take(in_flight_.begin()));
}

void CurlNetwork::start(const StartedRequest& started, std::vector<CompletedRequest>& completed) {
  const Endpoint& endpoint = started.request.endpoint();
  auto proxy = proxies_.proxy_for(endpoint);
  if (!proxy) {
    Failure failure{Reason::kTransport, "no request to " + endpoint.authority() + ": "};
    failure.message += proxy.error().message;
    completed.push_back({started.ticket, Completion{started.id, std::move(failure)}});
    return;
  }
  std::unique_ptr<CurlExchange> exchange = take_idle_exchange();
  CURLcode code = exchange->prepare(started.id, started.request, started.timeout,
                                    {*std::move(proxy), trust_period()});
  CurlGroup& group = group_with_place_for(exchange->host());
  if (code == CURLE_OK && !group.add(exchange->easy())) code = CURLE_OUT_OF_MEMORY;
  if (code == CURLE_OK) {
    tickets_.emplace(exchange->easy(), started.ticket);
    in_flight_.emplace(started.ticket, Flight{&group, std::move(exchange)});
  } else {
    Completion unsent = exchange->finish(code);
    unsent.duration.reset();  // the handle tells that of the request before
    completed.push_back({started.ticket, std::move(unsent)});
    recycle(std::move(exchange));
  }
}

void CurlNetwork::abandon(Ticket ticket) {
  const auto found = in_flight_.find(ticket);
  if (found != in_flight_.end()) recycle(take(found));
}

void CurlNetwork::perform(std::vector<CompletedRequest>& completed) {
  const std::span ready(ready_.data(), std::exchange(ready_count_, 0));
  for (const epoll_event& event : ready) {
    if (event.data.u64 == kAlarm) continue;
    CurlGroup* const group = groups_[event.data.u64 >> 32U].get();
    if (group == nullptr) continue;
    group->act(static_cast<int>(event.data.u64 & 0xFFFFFFFFU), event.events);
    complete_ended(*group, completed);
  }
  const SteadyTime now = std::chrono::steady_clock::now();
  for (const auto& group : groups_) {
    if (group == nullptr || group->due() > now) continue;
    group->on_timeout();
    complete_ended(*group, completed);
  }
  if (retiring_) retire_groups();
}

void CurlNetwork::wait() {
  SteadyTime until = std::chrono::steady_clock::now() + kLongestWait;
  for (const auto& group : groups_) {
    if (group != nullptr) until = std::min(until, group->due());
  }
  const auto left =
      std::chrono::ceil<std::chrono::milliseconds>(until - std::chrono::steady_clock::now());
  const int count = epoll_wait(epoll_.get(), ready_.data(), static_cast<int>(ready_.size()),
                               static_cast<int>(std::max(left.count(), std::int64_t{0})));
  ready_count_ = static_cast<std::size_t>(std::max(count, 0));
  const bool woken = std::any_of(ready_.begin(), ready_.begin() + ready_count_,
                                 [](const epoll_event& event) { return event.data.u64 == kAlarm; });
  if (!woken) return;
  std::uint64_t times = 0;
  [[maybe_unused]] const ssize_t got = ::read(alarm_.get(), &times, sizeof times);
}

void CurlNetwork::wake() {
  const std::uint64_t once = 1;
  [[maybe_unused]] const ssize_t written = ::write(alarm_.get(), &once, sizeof once);
}

// Groups of the period before end with their last request: what they are connected to was believed
// for other reasons.
std::shared_ptr<const TrustPeriod> CurlNetwork::trust_period() {
  auto authorities = authorities_.get();
  if (trust_->authorities() == authorities) return trust_;
  trust_ = std::make_shared<const TrustPeriod>(std::move(authorities));
  retiring_ = true;
  return trust_;
}

void CurlNetwork::retire_groups() {
  retiring_ = false;
  for (auto& group : groups_) {
    if (group == nullptr || group->belongs_to(*trust_)) continue;
    if (group->is_idle()) {
      group.reset();
    } else {
      retiring_ = true;
    }
  }
}

// The first, so that few requests use few connections. Groups of one host: a connection is used
// again by its own group only.
CurlGroup& CurlNetwork::group_with_place_for(const std::string& host) {
  std::size_t number = groups_.size();
  for (std::size_t i = 0; i < groups_.size(); ++i) {
    if (groups_[i] == nullptr) {
      number = i;
    } else if (groups_[i]->has_room_for(host, *trust_)) {
      return *groups_[i];
    }
  }
  if (number == groups_.size()) groups_.emplace_back();
  groups_[number] =
      std::make_unique<CurlGroup>(epoll_.get(), static_cast<std::uint32_t>(number), host, trust_);
  return *groups_[number];
}

std::unique_ptr<CurlExchange> CurlNetwork::take_idle_exchange() {
  if (!idle_.empty()) {
    std::unique_ptr<CurlExchange> exchange = std::move(idle_.back());
    idle_.pop_back();
    return exchange;
  }
  auto exchange = std::make_unique<CurlExchange>(user_agent_, received_, buffers_);
  // make_curl_transport() has seen the lasting options accepted.
  if (exchange->lasting_options() != CURLE_OK) throw std::bad_alloc();
  return exchange;
}

void CurlNetwork::complete_ended(CurlGroup& group, std::vector<CompletedRequest>& completed) {
  for (const CurlGroup::Ended& ended : group.take_ended()) {
    const auto found = tickets_.find(ended.easy);
    if (found == tickets_.end()) continue;  // reported twice, or a handle of libcurl's own
    const Ticket ticket = found->second;
    std::unique_ptr<CurlExchange> exchange = take(in_flight_.find(ticket));
    completed.push_back({ticket, exchange->finish(ended.code)});
    recycle(std::move(exchange));
  }
}

std::unique_ptr<CurlExchange> CurlNetwork::take(InFlight::iterator found) {
  Flight flight = std::move(found->second);
  in_flight_.erase(found);
  tickets_.erase(flight.exchange->easy());
  flight.group->remove(flight.exchange->easy());
  return std::move(flight.exchange);
}

void CurlNetwork::recycle(std::unique_ptr<CurlExchange> exchange) {
  exchange->clear();
  idle_.push_back(std::move(exchange));
  if (in_flight_.empty()) buffers_.release();
}

}  // namespace cloud_billing
