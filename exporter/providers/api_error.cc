#include "providers/api_error.h"

#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <utility>

#include "config/endpoint.h"
#include "core/ascii.h"
#include "core/byte_order_mark.h"

namespace cloud_billing {
namespace {

// Parts of codes, in lower case: no cloud publishes the whole list of its codes.
constexpr std::array<std::string_view, 4> kThrottlingWords{"limit", "throttl", "toomany",
                                                           "frequen"};

bool is_throttling(std::string_view code) {
  const std::string lower = to_lower_case(code);
  for (const std::string_view word : kThrottlingWords) {
    if (lower.find(word) != std::string::npos) return true;
  }
  return false;
}

// A session's token, not one that stands for the next page.
bool names_credential_token(std::string_view code) {
  const std::string lower = to_lower_case(code);
  return lower.find("token") != std::string::npos && lower.find("nexttoken") == std::string::npos &&
         lower.find("pagetoken") == std::string::npos;
}

CodeMeaning meaning_of(const ApiError& error, std::span<const CodeMeaning> meanings) {
  const int status = error.status;
  const std::string_view code = error.code;
  const CodeMeaning throttled{code, Reason::kThrottled, true,
                              "too many requests: lower requests_per_second"};
  if (status == 429) return throttled;
  for (const CodeMeaning& meaning : meanings) {
    if (meaning.code == code) return meaning;
  }
  if (is_throttling(code)) return throttled;
  if (names_credential_token(code) || status == 401) {
    return {code, Reason::kAuth, false, "the credentials are refused: check key and session token"};
  }
  if (status == 403) return {code, Reason::kPermission, false, "the key may not read this"};
  if (status >= 400 && status < 500) return {code, Reason::kRequest, false, kRequestRefused};
  return {code, Reason::kServer, true, kServiceFailed};
}

// Codes and ids are shown only if they look like such: a response's text never reaches a log.
std::string_view printable_id(std::string_view text) {
  constexpr std::size_t kLongest = 64;
  const bool plain = std::all_of(text.begin(), text.end(), [](char c) {
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '-' ||
           c == '_' || c == '.';
  });
  return plain && text.size() <= kLongest ? text : std::string_view{};
}

bool is_web_page(std::string_view body) {
  return trim_blanks(without_byte_order_mark(body)).starts_with('<');
}

// The host of a redirect's target, if it looks like one. The rest may hold anything.
std::string target_host(const HttpResponse& response) {
  const std::string_view target = response.header("location").value_or("");
  const std::size_t scheme_end = target.find("://");
  if (scheme_end == target.npos) return {};
  const std::string_view rest = target.substr(scheme_end + 3);
  const auto endpoint =
      parse_endpoint("https://" + std::string(rest.substr(0, rest.find_first_of("/?#"))));
  return endpoint ? endpoint->host : std::string();
}

// What came instead of an API's answer, from whom, and what that means.
struct Interloper {
  std::string what;
  bool portal = true;  // in the cloud's place; else a gateway of the cloud
  bool retryable = false;
};

std::optional<Interloper> find_interloper(const HttpResponse& response) {
  const int status = response.status;
  if (status >= 300 && status < 400) {
    const std::string host = target_host(response);
    return Interloper{host.empty() ? "a redirect" : "a redirect to " + host};
  }
  if (status == 407) return Interloper{"a proxy's demand for a user and password"};
  if (status == 511) return Interloper{"a network's demand for a log-in"};
  if (status == 429 || !is_web_page(response.body)) return std::nullopt;
  return Interloper{"a web page", status < 300, status < 300 || status >= 500};
}

Failure classify_interloper(const Interloper& interloper, const HttpResponse& response) {
  Failure failure;
  failure.reason = interloper.portal ? Reason::kTransport : Reason::kServer;
  failure.retryable = interloper.retryable;
  failure.message = interloper.what + " came instead of an API's answer (HTTP " +
                    std::to_string(response.status) + ")";
  if (interloper.portal) failure.message += ", as from a portal in the cloud's place";
  failure.message += ": check endpoint and proxy";
  if (!response.proxy.empty()) failure.message += "; it came through " + response.proxy;
  return failure;
}

}  // namespace

Failure classify_api_error(const ApiError& error, std::span<const CodeMeaning> meanings) {
  const CodeMeaning meaning = meaning_of(error, meanings);
  Failure failure;
  failure.reason = meaning.reason;
  failure.retryable = meaning.retryable;
  failure.words = std::string(error.code);
  if (!error.message.empty()) {
    failure.words += (failure.words.empty() ? "" : ": ") + std::string(error.message);
  }
  failure.message = std::string(meaning.advice) + " (HTTP " + std::to_string(error.status);
  for (const auto& [label, id] :
       {std::pair("", error.code), std::pair("request ", error.request_id)}) {
    const std::string_view printable = printable_id(id);
    if (!printable.empty()) failure.message += ", " + std::string(label) + std::string(printable);
  }
  failure.message += ')';
  return failure;
}

Failure classify_error_response(const HttpResponse& response, const ApiError& error,
                                std::span<const CodeMeaning> meanings) {
  const auto interloper = find_interloper(response);
  return interloper ? classify_interloper(*interloper, response)
                    : classify_api_error(error, meanings);
}

Failure classify_not_json(const HttpResponse& response, std::string_view problem) {
  const auto interloper = find_interloper(response);
  return interloper ? classify_interloper(*interloper, response) : response_not_understood(problem);
}

Failure response_not_understood(std::string_view what) {
  Failure failure;
  failure.reason = Reason::kDecode;
  failure.message = "the answer is not understood: " + std::string(what);
  return failure;
}

}  // namespace cloud_billing
