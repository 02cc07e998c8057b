#pragma once

// The network, by libcurl: its only owner in this program. The transport is one multi loop on the
// poller's thread; it verifies TLS, follows no redirect, and honours the proxy variables of the
// environment (https_proxy, no_proxy).

#include <chrono>
#include <memory>
#include <optional>
#include <string>

#include "core/result.h"
#include "runtime/transport.h"

namespace cloud_billing {

// `user_agent` goes out with every request. The error says what this machine's libcurl lacks.
[[nodiscard]] Result<std::unique_ptr<Transport>, std::string> make_curl_transport(
    std::string user_agent);

// One GET on the calling thread, past any proxy, a server's certificate unverified: the answer's
// status, or why there is none.
[[nodiscard]] Result<int, std::string> fetch_status(const std::string& url,
                                                    std::chrono::milliseconds timeout);

// Whether the URL's host accepts a connection; nothing is said on it. Why not, or nothing.
[[nodiscard]] std::optional<std::string> try_connection(const std::string& url,
                                                        std::chrono::milliseconds timeout);

}  // namespace cloud_billing
