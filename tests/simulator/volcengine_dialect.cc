#include <array>
#include <cstdio>

#include "deterministic.h"
#include "dialect.h"
#include "digest.h"
#include "field_writer.h"
#include "logged_body.h"
#include "volcengine_actions.h"
#include "volcengine_signature.h"

namespace simulator {
namespace {

constexpr std::chrono::minutes kClockTolerance{15};

struct ErrorFacts {
  std::string_view code;
  int number;  // CodeN
  int status;
  std::string_view message;
};

constexpr std::array kErrors{
    ErrorFacts{"MissingAuthenticationToken", 100003, 401, "The Authorization header is missing."},
    ErrorFacts{"MissingRequestInfo", 100004, 400, "The X-Date header is missing."},
    ErrorFacts{"MissingSignature", 100005, 401, "The request has no signature."},
    ErrorFacts{"InvalidTimestamp", 100006, 400, "The request's time is too far from the server's."},
    ErrorFacts{"InvalidActionOrVersion", 100008, 404, ""},
    ErrorFacts{"InvalidAccessKey", 100009, 401, "The access key is unknown."},
    ErrorFacts{"SignatureDoesNotMatch", 100010, 401,
               "The request signature we calculated does not match the signature you provided."},
    ErrorFacts{"AccessDenied", 100013, 403,
               "User is not authorized to perform this action on resource: "},
    ErrorFacts{"InternalError", 100014, 500, "Service has some internal error."},
    ErrorFacts{"FlowLimitExceeded", 100018, 429,
               "The request speed of this openAPI is beyond the current flow control limit."},
    ErrorFacts{"MethodNotAllowed", 100020, 405, ""},
    ErrorFacts{"InvalidAuthorization", 100024, 400, "The Authorization header is malformed."},
    ErrorFacts{"InvalidCredential", 100025, 400, "The credential's scope is wrong."},
    ErrorFacts{"InvalidSecretToken", 100026, 401, "The security token is missing or wrong."},
    ErrorFacts{"AccountFlowLimitExceeded", 100027, 400,
               "The request speed of this openAPI is beyond the current flow control limit."},
    ErrorFacts{"InvalidParam", 100001, 400, ""},
};

const ErrorFacts* find_error(std::string_view code) {
  for (const ErrorFacts& error : kErrors) {
    if (error.code == code) {
      return &error;
    }
  }
  return nullptr;
}

Refusal refuse(std::string_view code) {
  const ErrorFacts& error = *find_error(code);
  return {error.status, std::string(code), std::string(error.message)};
}

std::optional<VolcengineAuthorization> authorization_of(const WireRequest& request) {
  const std::string* header = request.header("authorization");
  return header == nullptr ? std::nullopt : parse_volcengine_authorization(*header);
}

std::optional<Refusal> check_token(const WireRequest& request, const Account& account,
                                   const VolcengineAuthorization& authorization) {
  const std::string* token = request.header("x-security-token");
  if (token == nullptr && account.session_token.empty()) {
    return std::nullopt;
  }
  if (token == nullptr || *token != account.session_token) {
    return refuse("InvalidSecretToken");
  }
  return contains(authorization.signed_headers, "x-security-token")
             ? std::nullopt
             : std::optional(refuse("SignatureDoesNotMatch"));
}

// The headers that must be signed, and a hash of the body that is not of this body.
bool signs_enough(const WireRequest& request, const VolcengineAuthorization& authorization) {
  const std::string* body_hash = request.header("x-content-sha256");
  return contains(authorization.signed_headers, "host") &&
         contains(authorization.signed_headers, "x-date") &&
         (body_hash == nullptr || *body_hash == hex(sha256(request.body)));
}

class VolcengineDialect : public Dialect {
 public:
  std::string claimed_key(const WireRequest& request) const override {
    const auto authorization = authorization_of(request);
    return authorization ? authorization->access_key_id : "";
  }

  std::string operation_name(const WireRequest& request) const override {
    const Parameters query = parse_query(request.query);
    return is_volcengine_action(query) ? parameter(query, "Action") : "unknown";
  }

  std::string logged_query(const WireRequest& request) const override {
    return add_logged_body(request.query, request.body);
  }

  std::optional<Refusal> check_signature(const WireRequest& request, const Company& company,
                                         Moment now) const override {
    if (request.header("authorization") == nullptr) {
      return refuse("MissingAuthenticationToken");
    }
    const auto authorization = authorization_of(request);
    if (!authorization) {
      return refuse("InvalidAuthorization");
    }
    if (authorization->signature.empty()) {
      return refuse("MissingSignature");
    }
    const std::string* date = request.header("x-date");
    if (date == nullptr) {
      return refuse("MissingRequestInfo");
    }
    const auto sent = parse_x_date(*date);
    if (!sent || *sent - now > kClockTolerance || now - *sent > kClockTolerance) {
      return refuse("InvalidTimestamp");
    }
    if (authorization->date != date->substr(0, 8) || authorization->service != "billing" ||
        authorization->region.empty()) {
      return refuse("InvalidCredential");
    }
    const Account* account = company.find_by_key(authorization->access_key_id);
    if (account == nullptr || account->cloud != Cloud::kVolcengine) {
      return refuse("InvalidAccessKey");
    }
    // Each site has regions of its own.
    if (account->is_overseas != (authorization->region.compare(0, 3, "ap-") == 0)) {
      return refuse("InvalidCredential");
    }
    if (auto refusal = check_token(request, *account, *authorization)) {
      return refusal;
    }
    const bool matches =
        volcengine_expected_signature(request, *authorization, account->secret_access_key) ==
        authorization->signature;
    return matches && signs_enough(request, *authorization)
               ? std::nullopt
               : std::optional(refuse("SignatureDoesNotMatch"));
  }

  OperationResult prepare(const OperationRequest& request) const override {
    return prepare_volcengine_action(request);
  }

  std::optional<Refusal> error_of(FaultKind kind) const override {
    switch (kind) {
      case FaultKind::kStatus500:
        return refuse("InternalError");
      case FaultKind::kErrorIn200: {
        Refusal refusal = refuse("InternalError");
        refusal.status = 200;
        return refusal;
      }
      case FaultKind::kThrottled:
        return refuse("FlowLimitExceeded");
      case FaultKind::kThrottled400:
        return refuse("AccountFlowLimitExceeded");
      case FaultKind::kForbidden:
        return refuse("AccessDenied");
      case FaultKind::kBadKey:
        return refuse("InvalidAccessKey");
      case FaultKind::kBadSignature:
        return refuse("SignatureDoesNotMatch");
      case FaultKind::kExpired:
        return refuse("InvalidTimestamp");
      default:
        return std::nullopt;
    }
  }

  Refusal refuse_rate() const override { return refuse("AccountFlowLimitExceeded"); }

  // The time in China and 20 digits: 20220812112024010133031077101D7CBB.
  std::string make_request_id(std::uint64_t number, Moment now) const override {
    std::string time;
    for (const char c : write_utc(now + std::chrono::hours{8})) {
      time += c >= '0' && c <= '9' ? std::string(1, c) : "";
    }
    std::array<char, 40> text{};
    std::snprintf(text.data(), text.size(), "%012llX%08X",
                  static_cast<unsigned long long>(mix(number, 1) & 0xffffffffffffULL),
                  static_cast<unsigned>(mix(number, 2) & 0xffffffffU));
    return time + text.data();
  }

  Answer write_refusal(const WireRequest& request, const Refusal& refusal,
                       const std::string& request_id) const override {
    Answer answer;
    answer.status = refusal.status;
    answer.content_type = "application/json; charset=utf-8";
    answer.body = open_envelope(request, request_id) + R"(,"Error":{"CodeN":)" +
                  std::to_string(find_error(refusal.code)->number) + R"(,"Code":)";
    append_json_string(answer.body, refusal.code);
    answer.body += R"(,"Message":)";
    append_json_string(answer.body, refusal.message);
    answer.body += "}}}";
    return answer;
  }

  Answer write_answer(const WireRequest& request, std::shared_ptr<const std::string> body,
                      const std::string& request_id) const override {
    Answer answer;
    answer.content_type = "application/json; charset=utf-8";
    answer.body = open_envelope(request, request_id) + R"(},"Result":)" + *body + "}";
    return answer;
  }

  std::string request_id_header() const override { return "X-Tt-Logid"; }

 private:
  // ResponseMetadata, left open. Not every action says its region, nor the version as it was asked.
  static std::string open_envelope(const WireRequest& request, const std::string& request_id) {
    const std::string action = parameter(parse_query(request.query), "Action");
    const bool is_detail = action == "ListBillDetail";
    std::string out = R"({"ResponseMetadata":{"RequestId":")" + request_id + R"(","Action":)";
    append_json_string(out, action);
    out += is_detail ? R"(,"Version":"20220101")" : R"(,"Version":"2022-01-01")";
    out += R"(,"Service":"billing")";
    if (!is_detail) {
      const auto authorization = authorization_of(request);
      out += R"(,"Region":)";
      append_json_string(out, authorization ? authorization->region : "cn-beijing");
    }
    return out;
  }
};

}  // namespace

const Dialect& volcengine_dialect() {
  static const VolcengineDialect dialect;
  return dialect;
}

}  // namespace simulator
