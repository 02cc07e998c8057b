#include "providers/baidu_answer.h"

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

struct CodeMeaning {
  std::string_view code;
  Reason reason;
  bool retryable;
  std::string_view advice;
};

constexpr std::string_view kRefused = "the request is refused";
constexpr std::string_view kFailed = "the service failed";

constexpr std::array kMeanings{
    CodeMeaning{"AccessDenied", Reason::kPermission, false,
                "the key may not read this: grant the policy FCReadAccessPolicy, and check "
                "sub_accounts"},
    CodeMeaning{"QualifyNotPass", Reason::kPermission, false,
                "the account is not real-name verified"},
    CodeMeaning{"OptInRequired", Reason::kPermission, false, "the service is not opened"},
    CodeMeaning{"InvalidAccessKeyId", Reason::kAuth, false,
                "the access key id is not known: check access_key_id"},
    CodeMeaning{"SignatureDoesNotMatch", Reason::kAuth, false,
                "the signature is refused: check secret_access_key"},
    CodeMeaning{"InvalidHTTPAuthHeader", Reason::kAuth, false,
                "the authorization is refused: check access_key_id and secret_access_key"},
    CodeMeaning{"RequestExpired", Reason::kAuth, true,
                "the request's time is refused: check this host's clock"},
    CodeMeaning{"InvalidHTTPRequest", Reason::kRequest, false, kRefused},
    CodeMeaning{"MalformedJSON", Reason::kRequest, false, kRefused},
    CodeMeaning{"InappropriateJSON", Reason::kRequest, false, kRefused},
    CodeMeaning{"InvalidURI", Reason::kRequest, false, kRefused},
    CodeMeaning{"InvalidVersion", Reason::kRequest, false, kRefused},
    CodeMeaning{"PreconditionFailed", Reason::kRequest, false, kRefused},
    CodeMeaning{"InternalError", Reason::kServer, true, kFailed},
};

// Parts of codes, in lower case: no list of the codes is published.
constexpr std::array<std::string_view, 4> kThrottlingWords{"limit", "throttl", "toomany",
                                                           "frequen"};

bool is_throttling(std::string_view code) {
  const std::string lower = to_lower_case(code);
  for (const std::string_view word : kThrottlingWords) {
    if (lower.find(word) != std::string::npos) return true;
  }
  return false;
}

CodeMeaning judge_status(int status, std::string_view code) {
  if (status == 429 || is_throttling(code)) {
    return {code, Reason::kThrottled, true, "too many requests: lower requests_per_second"};
  }
  for (const CodeMeaning& meaning : kMeanings) {
    if (meaning.code == code) return meaning;
  }
  if (to_lower_case(code).find("token") != std::string::npos || status == 401) {
    return {code, Reason::kAuth, false, "the credentials are refused: check key and session token"};
  }
  if (status == 403) return {code, Reason::kPermission, false, "the key may not read this"};
  if (status >= 400 && status < 500) {
    return {code, Reason::kRequest, false, kRefused};
  }
  return {code, Reason::kServer, true, kFailed};
}

// Codes and ids are shown only where they look like such: an answer's text never reaches a log.
std::string_view printable_id(std::string_view text) {
  constexpr std::size_t kLongest = 64;
  const bool plain = std::all_of(text.begin(), text.end(), [](char c) {
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '-' ||
           c == '_' || c == '.';
  });
  return plain && text.size() <= kLongest ? text : std::string_view{};
}

std::optional<std::chrono::seconds> read_retry_after(const HttpAnswer& answer) {
  const auto text = answer.header("retry-after");
  if (!text) return std::nullopt;
  int seconds = 0;
  const auto [end, error] = std::from_chars(text->data(), text->data() + text->size(), seconds);
  if (error != std::errc{} || end != text->data() + text->size() || seconds < 0) {
    return std::nullopt;
  }
  return std::chrono::seconds(seconds);
}

bool is_web_page(std::string_view body) { return trim_blanks(body).starts_with('<'); }

Failure judge_web_page(int status) {
  Failure failure;
  failure.reason = Reason::kServer;
  failure.retryable = status < 300 || status >= 500;
  failure.message = "a web page came instead of an API's answer (HTTP " + std::to_string(status) +
                    "): check endpoint and proxy";
  return failure;
}

}  // namespace

Failure judge_baidu_code(int status, std::string_view code, std::string_view request_id) {
  const CodeMeaning meaning = judge_status(status, code);
  Failure failure;
  failure.reason = meaning.reason;
  failure.retryable = meaning.retryable;
  failure.message = std::string(meaning.advice) + " (HTTP " + std::to_string(status);
  for (const auto& [label, id] : {std::pair("", code), std::pair("request ", request_id)}) {
    const std::string_view printable = printable_id(id);
    if (!printable.empty()) failure.message += ", " + std::string(label) + std::string(printable);
  }
  failure.message += ')';
  return failure;
}

Failure judge_baidu_refusal(HttpAnswer& answer) {
  const auto opened = open_baidu_answer(answer, [](auto, auto) { return JsonProblem{}; });
  const std::string code = opened ? opened->code : "";
  std::string request_id = opened ? opened->request_id : "";
  if (request_id.empty()) request_id = answer.header("x-bce-request-id").value_or("");
  Failure failure = answer.status != 429 && is_web_page(answer.body)
                        ? judge_web_page(answer.status)
                        : judge_baidu_code(answer.status, code, request_id);
  failure.retry_after = read_retry_after(answer);
  return failure;
}

Failure answer_not_understood(std::string_view what) {
  Failure failure;
  failure.reason = Reason::kDecode;
  failure.message = "the answer is not understood: " + std::string(what);
  return failure;
}

Failure BaiduAnswer::explain_missing(int status, std::string_view field) const {
  if (!code.empty()) return judge_baidu_code(status, code, request_id);
  return answer_not_understood("no " + std::string(field));
}

Result<BaiduAnswer, Failure> open_baidu_answer(HttpAnswer& answer, const FieldVisitor& visit) {
  auto document = open_json(answer.body);
  if (!document) {
    if (is_web_page(answer.body)) return judge_web_page(answer.status);
    return answer_not_understood(document.error());
  }
  BaiduAnswer opened{std::move(document).value(), {}, {}};
  JsonObject root;
  if (opened.document.get_object().get(root) != simdjson::SUCCESS) {
    return answer_not_understood("not JSON");
  }
  for (auto field : root) {
    std::string_view name;
    JsonValue value;
    if (field.unescaped_key().get(name) != simdjson::SUCCESS ||
        field.value().get(value) != simdjson::SUCCESS) {
      return answer_not_understood("not JSON");
    }
    std::string* const error_part = name == "code"        ? &opened.code
                                    : name == "requestId" ? &opened.request_id
                                                          : nullptr;
    std::string_view text;
    const JsonProblem problem = error_part != nullptr ? read_text(value, text) : visit(name, value);
    if (!problem.empty()) {
      return answer_not_understood(std::string(name) + ": " + std::string(problem));
    }
    if (error_part != nullptr) *error_part = text;
  }
  // Nothing may follow the object.
  if (opened.document.current_location().error() != simdjson::OUT_OF_BOUNDS) {
    return answer_not_understood("not JSON");
  }
  opened.document.rewind();
  return opened;
}

}  // namespace cloud_billing
