#pragma once

// Why a request or a poll failed, in the words of the `reason` label. Pure values, any thread.

#include <array>
#include <chrono>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace cloud_billing {

enum class Reason {
  kTransport,     // name, connection, TLS, reset, a body cut short, a proxy or portal on the way
  kTimeout,       // no complete response within http.timeout
  kAuth,          // key, signature, token, clock, unreadable secret file
  kPermission,    // the key may not read this, or the bill is masked
  kThrottled,     // 429 or a throttling code at any status
  kServer,        // 5xx, InternalError and its like, a gateway's page
  kRequest,       // any other 4xx
  kDecode,        // a response not understood, too large, or with an unreadable amount
  kInconsistent,  // pages that do not add up
};

inline constexpr std::array kAllReasons{
    Reason::kTransport,  Reason::kTimeout,   Reason::kAuth,
    Reason::kPermission, Reason::kThrottled, Reason::kServer,
    Reason::kRequest,    Reason::kDecode,    Reason::kInconsistent,
};

// The value of the label `reason`.
[[nodiscard]] constexpr std::string_view reason_name(Reason reason) {
  switch (reason) {
    case Reason::kTransport:
      return "transport";
    case Reason::kTimeout:
      return "timeout";
    case Reason::kAuth:
      return "auth";
    case Reason::kPermission:
      return "permission";
    case Reason::kThrottled:
      return "throttled";
    case Reason::kServer:
      return "server";
    case Reason::kRequest:
      return "request";
    case Reason::kDecode:
      return "decode";
    case Reason::kInconsistent:
      break;
  }
  return "inconsistent";
}

// One failed request. `message` is for people and logs: it names the provider's error code and
// request id if given, and never holds a key, a signature or a response's body.
struct Failure {
  Reason reason = Reason::kTransport;
  std::string message;
  bool retryable = false;                             // may succeed when sent again, signed anew
  std::optional<std::chrono::seconds> retry_after{};  // what the server asked for
  // The cloud's own code and message as they came, which may echo keys: for the debug log only, and
  // only through masked_words() (providers/masked_words.h).
  std::string words{};

  // A response that is not understood: sending again would bring the same.
  [[nodiscard]] static Failure decode(std::string message) {
    return Failure{Reason::kDecode, std::move(message)};
  }
  // Pages that do not add up.
  [[nodiscard]] static Failure inconsistent(std::string what) {
    return Failure{Reason::kInconsistent, "the pages do not add up: " + std::move(what)};
  }
  [[nodiscard]] Failure with_prefix(std::string_view where) const {
    Failure failure = *this;
    failure.message = std::string(where) + ": " + message;
    return failure;
  }
};

}  // namespace cloud_billing
