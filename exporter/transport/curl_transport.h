#pragma once

// The transport over libcurl, on a thread of its own, so that requests leave on time while the
// caller reads responses. It verifies TLS against the system's certificates, follows no redirect,
// and honours the proxy variables of the environment (https_proxy, no_proxy).

#include <memory>
#include <string>

#include "core/result.h"
#include "transport/transport.h"

namespace cloud_billing {

// `user_agent` goes out with every request. The error says what this machine's libcurl lacks.
[[nodiscard]] Result<std::unique_ptr<Transport>, std::string> make_curl_transport(
    std::string user_agent);

}  // namespace cloud_billing
