#pragma once

// The transport over libcurl, on a thread of its own, so that requests leave on time while the
// caller reads responses. It verifies TLS and follows no redirect.

#include <memory>
#include <string>

#include "core/result.h"
#include "transport/proxy_rules.h"
#include "transport/transport.h"
#include "transport/trusted_authorities.h"

namespace cloud_billing {

struct TransportSettings {
  std::string user_agent;  // goes out with every request
  ProxyRules proxies;
  const CurrentAuthorities* authorities = nullptr;  // never null; outlives the transport
};

// The error says what this machine's libcurl lacks.
[[nodiscard]] Result<std::unique_ptr<Transport>, std::string> make_curl_transport(
    TransportSettings settings);

}  // namespace cloud_billing
