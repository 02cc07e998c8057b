#pragma once

// Requests of this program to its own server, for --probe: on the calling thread, past any proxy, a
// server's certificate unverified.

#include <chrono>
#include <string>

#include "core/result.h"

namespace cloud_billing {

// One GET: the answer's status, or why there is none.
[[nodiscard]] Result<int> fetch_status(const std::string& url, std::chrono::milliseconds timeout);

// Whether the URL's host accepts a connection; nothing is said on it.
[[nodiscard]] Status try_connection(const std::string& url, std::chrono::milliseconds timeout);

}  // namespace cloud_billing
