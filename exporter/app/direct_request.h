#pragma once

// Requests of this program to its own server, for --probe: on the calling thread, past any proxy, a
// server's certificate unverified.

#include <chrono>
#include <optional>
#include <string>

#include "core/result.h"

namespace cloud_billing {

// One GET: the response's status, or why there is none.
[[nodiscard]] Result<int, std::string> fetch_status(const std::string& url,
                                                    std::chrono::milliseconds timeout);

// Whether the URL's host accepts a connection; nothing is said on it. Why not, or nothing.
[[nodiscard]] std::optional<std::string> try_connection(const std::string& url,
                                                        std::chrono::milliseconds timeout);

}  // namespace cloud_billing
