#pragma once

// libcurl's errors in words for people.

#include <curl/curl.h>

#include <string>
#include <string_view>

namespace cloud_billing {

// What went wrong with a request to `host`, libcurl's own words for it, and what to do. `detail` is
// the text of CURLOPT_ERRORBUFFER, possibly empty: it names hosts, ports, byte counts and
// certificates; no header and no URL.
[[nodiscard]] std::string explain_curl_error(CURLcode code, std::string_view host,
                                             std::string_view detail);

}  // namespace cloud_billing
