#pragma once

// The web server: exact paths to functions, over civetweb, whose only owner it is. Routes are
// called on civetweb's worker threads, several at a time; what they use must outlive the server.

#include <memory>
#include <string>
#include <vector>

#include "core/result.h"
#include "web/listen_address.h"
#include "web/route.h"

namespace cloud_billing {

class WebSecurity;

class MetricsServer {
 public:
  // Listens and serves at once, over TLS and to users if `security` says so; null: neither. It
  // must outlive the server. The error says which address cannot be had and why.
  [[nodiscard]] static Result<std::unique_ptr<MetricsServer>> start(
      const std::vector<ListenAddress>& addresses, std::vector<Route> routes,
      WebSecurity* security = nullptr);

  // Ends all connections, idle ones too, and waits for the functions under way; about 2 s at most
  // beyond these.
  ~MetricsServer();

  MetricsServer(const MetricsServer&) = delete;
  MetricsServer& operator=(const MetricsServer&) = delete;

  // In the order asked for, with the ports that were picked for 0.
  [[nodiscard]] const std::vector<ListenAddress>& bound_addresses() const { return bound_; }

 private:
  class Civetweb;
  explicit MetricsServer(std::unique_ptr<Civetweb> civetweb, std::vector<ListenAddress> bound);

  std::unique_ptr<Civetweb> civetweb_;
  std::vector<ListenAddress> bound_;
};

}  // namespace cloud_billing
