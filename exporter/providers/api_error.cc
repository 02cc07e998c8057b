#include "providers/api_error.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <chrono>
#include <optional>
#include <string>
#include <utility>

#include "core/ascii.h"

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
  const auto& [status, code, request_id] = error;
  if (status == 429 || is_throttling(code)) {
    return {code, Reason::kThrottled, true, "too many requests: lower requests_per_second"};
  }
  for (const CodeMeaning& meaning : meanings) {
    if (meaning.code == code) return meaning;
  }
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

std::optional<std::chrono::seconds> read_retry_after(const HttpResponse& response) {
  const auto text = response.header("retry-after");
  if (!text) return std::nullopt;
  int seconds = 0;
  const auto [end, error] = std::from_chars(text->data(), text->data() + text->size(), seconds);
  if (error != std::errc{} || end != text->data() + text->size() || seconds < 0) {
    return std::nullopt;
  }
  return std::chrono::seconds(seconds);
}

bool is_web_page(std::string_view body) { return trim_blanks(body).starts_with('<'); }

Failure classify_web_page(int status) {
  Failure failure;
  failure.reason = Reason::kServer;
  failure.retryable = status < 300 || status >= 500;
  failure.message = "a web page came instead of an API's answer (HTTP " + std::to_string(status) +
                    "): check endpoint and proxy";
  return failure;
}

}  // namespace

Failure classify_api_error(const ApiError& error, std::span<const CodeMeaning> meanings) {
  const CodeMeaning meaning = meaning_of(error, meanings);
  Failure failure;
  failure.reason = meaning.reason;
  failure.retryable = meaning.retryable;
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
  Failure failure = response.status != 429 && is_web_page(response.body)
                        ? classify_web_page(response.status)
                        : classify_api_error(error, meanings);
  failure.retry_after = read_retry_after(response);
  return failure;
}

Failure classify_not_json(const HttpResponse& response, std::string_view problem) {
  return is_web_page(response.body) ? classify_web_page(response.status)
                                    : response_not_understood(problem);
}

Failure response_not_understood(std::string_view what) {
  Failure failure;
  failure.reason = Reason::kDecode;
  failure.message = "the answer is not understood: " + std::string(what);
  return failure;
}

}  // namespace cloud_billing
