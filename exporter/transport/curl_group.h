#pragma once

// A few requests to one host on one multi handle of libcurl. For each new request libcurl looks
// through all connections of its multi handle to that host, and all accounts of a cloud ask one
// host: many small groups cost less than one large one. The network's thread.

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "system/clock.h"
#include "transport/curl_handles.h"
#include "transport/trust_period.h"

namespace cloud_billing {

class CurlGroup {
 public:
  // Its sockets are watched by this epoll instance, which must outlive it, as
  // event_data(number, socket). `host` is what its owner asks it for: "name:port".
  CurlGroup(int epoll, std::uint32_t number, std::string host,
            std::shared_ptr<const TrustPeriod> trust);
  CurlGroup(const CurlGroup&) = delete;
  CurlGroup& operator=(const CurlGroup&) = delete;
  ~CurlGroup() = default;

  [[nodiscard]] static std::uint64_t event_data(std::uint32_t number, int socket) {
    return std::uint64_t{number} << 32U | static_cast<std::uint32_t>(socket);
  }

  [[nodiscard]] bool has_room_for(std::string_view host, const TrustPeriod& trust) const {
    return requests_ < kMostRequests && host_ == host && belongs_to(trust);
  }
  [[nodiscard]] bool belongs_to(const TrustPeriod& trust) const { return trust_.get() == &trust; }
  [[nodiscard]] bool is_idle() const { return requests_ == 0; }

  // A request: it begins at the next on_timeout(). False if libcurl does not take it.
  [[nodiscard]] bool add(CURL* easy);
  void remove(CURL* easy);

  // Sends and receives on a socket with these epoll events.
  void act(int socket, std::uint32_t events);
  // When on_timeout() has something to do; SteadyTime::max() for never.
  [[nodiscard]] SteadyTime due() const { return due_; }
  // Begins requests, ends those that took too long.
  void on_timeout();

  struct Ended {
    CURL* easy;
    CURLcode code;
  };
  // Those that have ended and were not reported yet. They are still to be removed. One whose
  // socket cannot be watched has ended with CURLE_OUT_OF_MEMORY; libcurl may report it again.
  [[nodiscard]] std::vector<Ended> take_ended();

 private:
  static constexpr std::size_t kMostRequests = 16;
  static constexpr long kKeptConnections = kMostRequests;

  static int watch_socket(CURL* easy, curl_socket_t socket, int what, void* user, void* watched);
  static int set_due(CURLM* multi, long milliseconds, void* user);

  int epoll_;
  std::uint32_t number_;
  std::string host_;
  std::shared_ptr<const TrustPeriod> trust_;
  MultiHandle multi_;
  std::size_t requests_ = 0;
  std::vector<Ended> unwatched_;  // ended here, not by libcurl
  SteadyTime due_ = SteadyTime::max();
};

}  // namespace cloud_billing
