#include <array>
#include <cstdio>

#include "bce_signature.h"
#include "deterministic.h"
#include "dialect.h"
#include "field_writer.h"
#include "logged_body.h"

namespace simulator {
namespace {

std::string key_of(const WireRequest& request) {
  const std::string* header = request.header("authorization");
  const auto authorization = header == nullptr ? std::nullopt : parse_authorization(*header);
  return authorization ? authorization->access_key_id : "";
}

// Why the request is not let in; nothing when it is.
std::optional<Refusal> check_entry(const WireRequest& request, const Company& company, Moment now) {
  const std::string* header = request.header("authorization");
  if (header == nullptr) {
    return Refusal{403, "AccessDenied", "Access denied."};
  }
  const auto authorization = parse_authorization(*header);
  if (!authorization) {
    return Refusal{400, "InvalidHTTPAuthHeader", "The Authorization header is malformed."};
  }
  const Account* account = company.find_by_key(authorization->access_key_id);
  if (account == nullptr || account->cloud != Cloud::kBaidu) {
    return Refusal{403, "InvalidAccessKeyId", "The access key id is unknown."};
  }
  if (!is_in_time(request, *authorization, now)) {
    return Refusal{400, "RequestExpired", "Request has expired."};
  }
  const std::string* token = request.header("x-bce-security-token");
  const bool has_token = token != nullptr && *token == account->session_token &&
                         signs_header(*authorization, "x-bce-security-token");
  if (!account->session_token.empty() && !has_token) {
    return Refusal{403, "AccessDenied", "The session token is missing, wrong or not signed."};
  }
  const bool matches = expected_signature(request, *authorization, account->secret_access_key) ==
                       authorization->signature;
  if (!signs_header(*authorization, "host") || !matches) {
    return Refusal{400, "SignatureDoesNotMatch", "The request signature does not match."};
  }
  return std::nullopt;
}

struct ErrorOfFault {
  FaultKind kind;
  int status;
  const char* code;
  const char* message;
};

constexpr std::array kErrors{
    ErrorOfFault{FaultKind::kStatus500, 500, "InternalError",
                 "We encountered an internal error. Please try again."},
    ErrorOfFault{FaultKind::kErrorIn200, 200, "InternalError",
                 "We encountered an internal error. Please try again."},
    ErrorOfFault{FaultKind::kThrottled, 429, "RequestLimitExceeded", "Too many requests."},
    ErrorOfFault{FaultKind::kThrottled400, 400, "RequestLimitExceeded", "Too many requests."},
    ErrorOfFault{FaultKind::kForbidden, 403, "AccessDenied", "Access denied."},
    ErrorOfFault{FaultKind::kBadKey, 403, "InvalidAccessKeyId", "The access key id is unknown."},
    ErrorOfFault{FaultKind::kBadSignature, 400, "SignatureDoesNotMatch",
                 "The request signature does not match."},
    ErrorOfFault{FaultKind::kExpired, 400, "RequestExpired", "Request has expired."},
};

class BaiduDialect : public Dialect {
 public:
  std::string claimed_key(const WireRequest& request) const override { return key_of(request); }

  std::string operation_name(const WireRequest& request) const override {
    const Operation* operation = find_operation(request.path);
    return std::string(operation == nullptr ? "unknown" : operation->name);
  }

  std::string logged_query(const WireRequest& request) const override {
    return add_logged_body(request.query, request.body);
  }

  std::optional<Refusal> check_signature(const WireRequest& request, const Company& company,
                                         Moment now) const override {
    return check_entry(request, company, now);
  }

  OperationResult prepare(const OperationRequest& request) const override {
    const Operation* operation = find_operation(request.wire.path);
    if (operation == nullptr) {
      return Refusal{404, "InvalidURI", "Could not parse the specified URI."};
    }
    if (operation->method != request.wire.method) {
      return Refusal{405, "MethodNotAllowed", "The method is not allowed for this resource."};
    }
    return prepare_answer(*operation, request);
  }

  std::optional<Refusal> error_of(FaultKind kind) const override {
    for (const ErrorOfFault& error : kErrors) {
      if (error.kind == kind) {
        return Refusal{error.status, error.code, error.message};
      }
    }
    return std::nullopt;
  }

  Refusal refuse_rate() const override {
    return {429, "RequestLimitExceeded", "Too many requests."};
  }

  std::string make_request_id(std::uint64_t number, Moment /*now*/) const override {
    const std::uint64_t a = mix(number, 1);
    const std::uint64_t b = mix(number, 2);
    std::array<char, 40> text{};
    std::snprintf(text.data(), text.size(), "%08x-%04x-4%03x-8%03x-%012llx",
                  static_cast<unsigned>(a >> 32U), static_cast<unsigned>(a & 0xffffU),
                  static_cast<unsigned>((a >> 16U) & 0xfffU), static_cast<unsigned>(b >> 52U),
                  static_cast<unsigned long long>(b & 0xffffffffffffULL));
    return text.data();
  }

  Answer write_refusal(const WireRequest& /*request*/, const Refusal& refusal,
                       const std::string& request_id) const override {
    Answer answer;
    answer.status = refusal.status;
    answer.body = R"({"code":)";
    append_json_string(answer.body, refusal.code);
    answer.body += R"(,"message":)";
    append_json_string(answer.body, refusal.message);
    answer.body += R"(,"requestId":")" + request_id + "\"}";
    return answer;
  }

  Answer write_answer(const WireRequest& /*request*/, std::shared_ptr<const std::string> body,
                      const std::string& /*request_id*/) const override {
    Answer answer;
    answer.shared_body = std::move(body);
    return answer;
  }

  std::string request_id_header() const override { return "x-bce-request-id"; }
};

}  // namespace

const Dialect& baidu_dialect() {
  static const BaiduDialect dialect;
  return dialect;
}

}  // namespace simulator
