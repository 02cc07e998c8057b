#pragma once

// A request with its signature, put together in the same way for every cloud. Pure, any thread.

#include <string>
#include <string_view>
#include <vector>

#include "core/http.h"
#include "providers/conversation.h"
#include "providers/operation.h"

namespace cloud_billing {

inline constexpr std::string_view kContentType = "application/json; charset=utf-8";

// `signed_headers` are those that the signature covers; they are sent, but for the host, which the
// transport sends itself. What they lack of content-type and authorization is added.
[[nodiscard]] SignedRequest signed_request(const ApiRequest& request, const Endpoint& endpoint,
                                           std::vector<Header> signed_headers,
                                           std::string authorization);

}  // namespace cloud_billing
