#include "baidu_service.h"

#include <zlib.h>

#include <array>
#include <cstdio>

#include "bce_signature.h"
#include "deterministic.h"
#include "field_writer.h"
#include "operations.h"

namespace simulator {
namespace {

constexpr std::size_t kHugePadding = 9U << 20U;  // clients are expected to stop at 8 MiB

Answer refuse(const Refusal& refusal) {
  Answer answer;
  answer.status = refusal.status;
  answer.body = R"({"code":)";
  append_json_string(answer.body, refusal.code);
  answer.body += R"(,"message":)";
  append_json_string(answer.body, refusal.message);
  answer.body += "}";
  return answer;
}

// Why the request is not let in; nothing when it is.
std::optional<Refusal> check_signature(const WireRequest& request, const Company& company,
                                       Moment now) {
  const std::string* header = request.header("authorization");
  if (header == nullptr) {
    return Refusal{403, "AccessDenied", "Access denied."};
  }
  const auto authorization = parse_authorization(*header);
  if (!authorization) {
    return Refusal{400, "InvalidHTTPAuthHeader", "The Authorization header is malformed."};
  }
  const Account* account = company.find_by_key(authorization->access_key_id);
  if (account == nullptr) {
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

// The answers of faults that ignore what was asked; nothing for the other kinds.
std::optional<Answer> replace_answer(const Fault& fault) {
  switch (fault.kind) {
    case FaultKind::kStatus500:
      return refuse({500, "InternalError", "We encountered an internal error. Please try again."});
    case FaultKind::kBadGateway: {
      Answer answer;
      answer.status = 502;
      answer.content_type = "text/html";
      answer.body =
          "<html><head><title>502 Bad Gateway</title></head><body><h1>502 Bad "
          "Gateway</h1></body></html>\r\n";
      return answer;
    }
    case FaultKind::kThrottled: {
      Answer answer = refuse({429, "RequestLimitExceeded", "Too many requests."});
      if (fault.retry_after) {
        answer.headers.emplace_back("Retry-After", std::to_string(*fault.retry_after));
      }
      return answer;
    }
    case FaultKind::kForbidden:
      return refuse({403, "AccessDenied", "Access denied."});
    case FaultKind::kBadKey:
      return refuse({403, "InvalidAccessKeyId", "The access key id is unknown."});
    case FaultKind::kBadSignature:
      return refuse({400, "SignatureDoesNotMatch", "The request signature does not match."});
    case FaultKind::kExpired:
      return refuse({400, "RequestExpired", "Request has expired."});
    case FaultKind::kErrorIn200:
      return refuse({200, "InternalError", "We encountered an internal error. Please try again."});
    case FaultKind::kNotJson: {
      Answer answer;
      answer.body = "this is not JSON";
      return answer;
    }
    case FaultKind::kEmptyBody:
      return Answer{};
    default:
      return std::nullopt;
  }
}

std::optional<Delivery> spoiled_delivery(FaultKind kind) {
  switch (kind) {
    case FaultKind::kHang:
      return Delivery::kHang;
    case FaultKind::kSlow:
      return Delivery::kDrip;
    case FaultKind::kTruncatedBody:
      return Delivery::kTruncated;
    case FaultKind::kReset:
      return Delivery::kReset;
    default:
      return std::nullopt;
  }
}

std::string make_request_id(std::uint64_t number) {
  const std::uint64_t a = mix(number, 1);
  const std::uint64_t b = mix(number, 2);
  std::array<char, 40> text{};
  std::snprintf(text.data(), text.size(), "%08x-%04x-4%03x-8%03x-%012llx",
                static_cast<unsigned>(a >> 32U), static_cast<unsigned>(a & 0xffffU),
                static_cast<unsigned>((a >> 16U) & 0xfffU), static_cast<unsigned>(b >> 52U),
                static_cast<unsigned long long>(b & 0xffffffffffffULL));
  return text.data();
}

std::string compress_gzip(const std::string& text) {
  z_stream stream = {};
  deflateInit2(&stream, Z_BEST_SPEED, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY);
  std::string out(deflateBound(&stream, text.size()), '\0');
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(text.data()));
  stream.avail_in = static_cast<uInt>(text.size());
  stream.next_out = reinterpret_cast<Bytef*>(out.data());
  stream.avail_out = static_cast<uInt>(out.size());
  deflate(&stream, Z_FINISH);
  out.resize(stream.total_out);
  deflateEnd(&stream);
  return out;
}

std::string claimed_key(const WireRequest& request) {
  const std::string* header = request.header("authorization");
  const auto authorization = header == nullptr ? std::nullopt : parse_authorization(*header);
  return authorization ? authorization->access_key_id : "";
}

}  // namespace

Answer BaiduService::answer(const WireRequest& request, Moment now, RequestLog::Time arrived) {
  const std::string key = claimed_key(request);
  const bool within_rate = log_.arrive(key, arrived);
  const Operation* operation = find_operation(request.path);
  const std::string operation_name(operation == nullptr ? "unknown" : operation->name);
  Answer answer = make_answer(request, now, within_rate, operation_name);

  const std::string request_id = make_request_id(answers_.fetch_add(1));
  if (answer.status != 200 && answer.body.size() > 1 && answer.body.front() == '{') {
    answer.body.pop_back();
    answer.body += R"(,"requestId":")" + request_id + "\"}";
  }
  answer.headers.emplace_back("x-bce-request-id", request_id);
  const std::string* accepted = request.header("accept-encoding");
  if (options_.gzip && accepted != nullptr && accepted->find("gzip") != std::string::npos &&
      !answer.body.empty()) {
    answer.body = compress_gzip(answer.body);
    answer.headers.emplace_back("Content-Encoding", "gzip");
  }
  if (options_.latency.count() > 0) {
    faults_.pause(options_.latency);
  }
  const bool unanswered = answer.delivery == Delivery::kHang || answer.delivery == Delivery::kReset;
  log_.leave(key, operation_name, request.query, unanswered ? 0 : answer.status, arrived);
  return answer;
}

Answer BaiduService::make_answer(const WireRequest& request, Moment now, bool within_rate,
                                 const std::string& operation_name) {
  if (const auto refusal = check_signature(request, company_, now)) {
    log_.count_signature_failure();
    return refuse(*refusal);
  }
  if (!within_rate) {
    return refuse({429, "RequestLimitExceeded", "Too many requests."});
  }
  const Operation* operation = find_operation(request.path);
  if (operation == nullptr) {
    return refuse({404, "InvalidURI", "Could not parse the specified URI."});
  }
  if (operation->method != request.method) {
    return refuse({405, "MethodNotAllowed", "The method is not allowed for this resource."});
  }
  const Account& account = *company_.find_by_key(claimed_key(request));
  const OperationResult result = prepare_answer(
      *operation, {request, account, company_, billing_time(now), options_.page_cap});
  const auto* prepared = std::get_if<Prepared>(&result);

  FaultTarget target{account.access_key_id, operation_name, false, 0, 0};
  if (prepared != nullptr) {
    target.is_bill_page = prepared->is_bill_page;
    target.page_number = prepared->page_number;
    target.page_rows = prepared->page_rows;
  }
  const auto fault = faults_.claim(target);
  if (auto replaced = fault ? replace_answer(*fault) : std::nullopt) {
    return *std::move(replaced);
  }
  Answer answer;
  if (prepared == nullptr) {
    answer = refuse(std::get<Refusal>(result));
  } else {
    answer.body = prepared->write(fault ? &*fault : nullptr);
  }
  if (fault && fault->kind == FaultKind::kHugeBody) {
    answer.body.insert(1, R"("padding":")" + std::string(kHugePadding, 'x') + "\",");
  }
  if (const auto delivery = fault ? spoiled_delivery(fault->kind) : std::nullopt) {
    answer.delivery = *delivery;
    answer.fault = fault;
  }
  return answer;
}

}  // namespace simulator
