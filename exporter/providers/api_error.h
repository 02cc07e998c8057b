#pragma once

// The vocabulary of errors that the clouds have in common: what an error's code means, and what a
// gateway or a portal sends instead of an API's response. Each provider brings its own table of
// codes. Messages show codes and request ids if they look like such, and never a response's text.
// Pure, any thread.

#include <span>
#include <string_view>

#include "core/failure.h"
#include "core/http.h"

namespace cloud_billing {

// A row of a provider's table.
struct CodeMeaning {
  std::string_view code;
  Reason reason;
  bool retryable;
  std::string_view advice;  // what is wrong and what to do
};

inline constexpr std::string_view kRequestRefused = "the request is refused";
inline constexpr std::string_view kServiceFailed = "the service failed";

// What an error's response says of itself; empty if it does not.
struct ApiError {
  int status = 0;
  std::string_view code;
  std::string_view request_id;
  std::string_view message{};  // for people
};

// An error by its code, at any HTTP status (an error may come with status 200): by status 429, the
// provider's table, the words of throttling, then the status.
[[nodiscard]] Failure classify_api_error(const ApiError& error,
                                         std::span<const CodeMeaning> meanings);

// A response outside 2xx: the same, but for what no API sends. A redirect, 407 and 511 come from a
// portal or a proxy on the way (transport); a web page with another status is a gateway's (server).
[[nodiscard]] Failure classify_error_response(const HttpResponse& response, const ApiError& error,
                                              std::span<const CodeMeaning> meanings);

// A 2xx response that is not JSON: a portal's page (transport), or something not understood.
[[nodiscard]] Failure classify_not_json(const HttpResponse& response, std::string_view problem);

// A decode failure: "the answer is not understood: ...".
[[nodiscard]] Failure response_not_understood(std::string_view what);

}  // namespace cloud_billing
