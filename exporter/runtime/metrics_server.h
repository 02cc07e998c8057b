#pragma once

// The web server: exact paths to functions, over civetweb, whose only owner it is. Routes are
// called on civetweb's worker threads, several at a time; what they use must outlive the server.

#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "core/result.h"
#include "runtime/listen_address.h"

namespace cloud_billing {

struct WebRequest {
  std::string method;           // HEAD comes as GET
  std::string accept;           // the header's value, several joined by ", "; empty: not sent
  std::string accept_encoding;  // likewise
  std::string authorization;    // likewise
  std::string query;            // what follows "?", as received
};

// The first value of that name in a query, decoded; empty where there is none or it is longer than
// 1 kB.
[[nodiscard]] std::string find_query_value(const std::string& query, const char* name);

struct WebResponse {
  int status = 200;
  std::string content_type = "text/plain; charset=utf-8";
  // The body is these parts, one after the other; none of them null. Shared, so that large ones are
  // not copied.
  std::vector<std::shared_ptr<const std::string>> body;
  std::vector<std::pair<std::string, std::string>> headers;  // beyond type, length and nosniff
};

[[nodiscard]] WebResponse make_text_response(int status, std::string text);

class WebSecurity;

// Whom a route answers where the web configuration has users.
enum class Reader { kUsers, kAnybody };

struct Route {
  std::string path;                  // compared with the request's as received
  std::vector<std::string> methods;  // upper case; "GET" allows HEAD as well
  std::function<WebResponse(const WebRequest&)> answer;
  Reader reader = Reader::kUsers;
};

class MetricsServer {
 public:
  // Listens and serves at once, over TLS and to users where `security` says so; null: neither. It
  // must outlive the server. The error says which address cannot be had and why.
  [[nodiscard]] static Result<std::unique_ptr<MetricsServer>, std::string> start(
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
