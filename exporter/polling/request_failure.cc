#include "polling/request_failure.h"

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <utility>

#include "core/http_date.h"

namespace cloud_billing {

std::string hide_secrets(std::string message, const Credentials& credentials) {
  for (const std::string* secret : {&credentials.secret_access_key, &credentials.session_token}) {
    if (secret->empty()) continue;
    for (std::size_t at = 0; (at = message.find(*secret, at)) != std::string::npos;) {
      message.replace(at, secret->size(), "***");
      at += 3;
    }
  }
  return message;
}

void name_clock_difference(Failure& failure, const HttpResponse& response, WallTime now) {
  const std::string difference = explain_clock_difference(
      response.header("date").value_or(""), std::chrono::floor<std::chrono::seconds>(now));
  if (!difference.empty()) failure.message += "; " + difference;
}

RetryLimits limit_informational(RetryLimits limits) {
  constexpr int kMostRetries = 1;
  constexpr std::chrono::seconds kLongestWait{5};
  return {std::min(limits.max_retries, kMostRetries), std::min(limits.longest_wait, kLongestWait)};
}

}  // namespace cloud_billing
