#pragma once

// Through which proxy a host is reached, as the environment says: https_proxy, HTTPS_PROXY,
// all_proxy, ALL_PROXY (the first that is set), except no_proxy or NO_PROXY. libcurl never sees
// these variables: it would quote them, passwords included. Pure but for libcurl's parser of URLs;
// immutable, any thread.

#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "config/environment_text.h"
#include "core/http.h"
#include "core/result.h"
#include "transport/no_proxy.h"

namespace cloud_billing {

struct Proxy {
  std::string address;   // "scheme://host:port", without user and password
  std::string variable;  // that names it
  std::string user;      // decoded; empty: none
  std::string password;  // a secret

  // "the proxy host:port (https_proxy)", for people.
  [[nodiscard]] std::string in_words() const;
};

class ProxyRules {
 public:
  // None for any host.
  ProxyRules() = default;
  static ProxyRules read(const Environment& environment);

  // How the endpoint's host is reached: through a proxy, or directly (null). Hosts on loopback
  // are always reached directly. The error says which variable is not understood and what to write
  // instead, without its value.
  [[nodiscard]] Result<std::shared_ptr<const Proxy>> proxy_for(const Endpoint& endpoint) const;

 private:
  std::shared_ptr<const Proxy> proxy_;
  std::optional<Error> problem_;
  NoProxyList no_proxy_;
};

}  // namespace cloud_billing
