#pragma once

// Failures of connections in words for people.

#include <curl/curl.h>

#include <string>
#include <string_view>
#include <vector>

#include "core/failure.h"
#include "transport/proxy_rules.h"

namespace cloud_billing {

// What went wrong with a request to `host` (through `proxy`, if not null), and what to do. `detail`
// is the text of CURLOPT_ERRORBUFFER, possibly empty: shown for errors of which it names no more
// than hosts, ports, byte counts and certificates.
[[nodiscard]] std::string explain_curl_error(CURLcode code, std::string_view host,
                                             const Proxy* proxy, std::string_view detail);

// A proxy's answer to CONNECT that is no 2xx. `wants` are the schemes of Proxy-Authenticate, ""
// for one without a readable name.
[[nodiscard]] Failure explain_proxy_refusal(const Proxy& proxy, std::string_view host, int status,
                                            const std::vector<std::string>& wants);

}  // namespace cloud_billing
