#include "cloud_service.h"

#include <zlib.h>

#include <algorithm>
#include <utility>

#include "dialect.h"

namespace simulator {
namespace {

constexpr std::size_t kHugePadding = 9U << 20U;  // clients are expected to stop at 8 MiB

// Answers that no cloud's API gives, but what stands before it; nothing for the other kinds.
std::optional<Answer> answer_of_gateway(FaultKind kind) {
  Answer answer;
  switch (kind) {
    case FaultKind::kBadGateway:
      answer.status = 502;
      answer.content_type = "text/html";
      answer.body =
          "<html><head><title>502 Bad Gateway</title></head><body><h1>502 Bad "
          "Gateway</h1></body></html>\r\n";
      return answer;
    case FaultKind::kGatewayJson:
      answer.status = 503;
      answer.body =
          R"({"HTTPCode":503,"errorcode":"ServiceUnavailable","message":"upstream not available"})";
      return answer;
    case FaultKind::kNotJson:
      answer.body = "this is not JSON";
      return answer;
    case FaultKind::kEmptyBody:
      return answer;
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

}  // namespace

Answer CloudService::answer(const WireRequest& request, Moment host_now, RequestLog::Time arrived) {
  const Moment now = host_now + options_.clock_ahead;
  const Dialect& dialect = dialect_of(request);
  const std::string key = dialect.claimed_key(request);
  const int rate =
      cloud_of(request) == Cloud::kBaidu ? options_.baidu_rate : options_.volcengine_rate;
  const bool within_rate = log_.arrive(key, rate, arrived);
  const std::string operation = dialect.operation_name(request);
  const std::string request_id = dialect.make_request_id(answers_.fetch_add(1), now);
  Answer answer = make_answer(request, now, within_rate, operation, request_id);

  answer.headers.emplace_back(dialect.request_id_header(), request_id);
  answer.headers.emplace_back("Date", write_http_date(now));
  const std::string* accepted = request.header("accept-encoding");
  if (options_.gzip && accepted != nullptr && accepted->find("gzip") != std::string::npos &&
      !answer.sent_body().empty()) {
    answer.body = compress_gzip(answer.sent_body());
    answer.shared_body = nullptr;
    answer.headers.emplace_back("Content-Encoding", "gzip");
  }
  answer.latency = options_.latency;
  const bool unanswered = answer.delivery == Delivery::kHang || answer.delivery == Delivery::kReset;
  answer.before_sending = [this, key, operation, query = dialect.logged_query(request),
                           status = unanswered ? 0 : answer.status,
                           arrived] { log_.leave(key, operation, query, status, arrived); };
  return answer;
}

Answer CloudService::make_answer(const WireRequest& request, Moment now, bool within_rate,
                                 const std::string& operation, const std::string& request_id) {
  const Dialect& dialect = dialect_of(request);
  const auto refuse = [&](const Refusal& refusal) {
    return dialect.write_refusal(request, refusal, request_id);
  };
  if (const auto refusal = dialect.check_signature(request, company_, now)) {
    log_.count_signature_failure();
    return refuse(*refusal);
  }
  if (!within_rate) {
    return refuse(dialect.refuse_rate());
  }
  const Account& account = *company_.find_by_key(dialect.claimed_key(request));
  const auto& refused = account.refused_operations;
  if (std::find(refused.begin(), refused.end(), operation) != refused.end()) {
    return refuse(*dialect.error_of(FaultKind::kForbidden));
  }
  const bool reuses = options_.shared_bill && faults_.is_empty();
  const auto written = reuses ? written_.find(request) : nullptr;
  if (written != nullptr) {
    return dialect.write_answer(request, written, request_id);
  }
  const OperationResult result =
      dialect.prepare({request, account, company_, billing_time(now), options_.page_cap, growth_});
  const auto* prepared = std::get_if<Prepared>(&result);
  const auto fault = faults_.claim(
      {account.access_key_id, operation, prepared == nullptr ? PageFacts{} : prepared->page});
  if (auto replaced = fault ? answer_of_gateway(fault->kind) : std::nullopt) {
    return *std::move(replaced);
  }
  Answer answer;
  if (const auto error = fault ? dialect.error_of(fault->kind) : std::nullopt) {
    answer = refuse(*error);
    if (fault->retry_after) {
      answer.headers.emplace_back("Retry-After", std::to_string(*fault->retry_after));
    }
    return answer;
  }
  if (prepared == nullptr) {
    answer = refuse(std::get<Refusal>(result));
  } else {
    const auto body =
        std::make_shared<const std::string>(prepared->write(fault ? &*fault : nullptr));
    if (reuses) {
      written_.keep(request, body);
    }
    answer = dialect.write_answer(request, body, request_id);
  }
  if (fault && fault->kind == FaultKind::kHugeBody) {
    answer.body = answer.sent_body();
    answer.shared_body = nullptr;
    answer.body.insert(1, R"("padding":")" + std::string(kHugePadding, 'x') + "\",");
  }
  if (const auto delivery = fault ? spoiled_delivery(fault->kind) : std::nullopt) {
    answer.delivery = *delivery;
    answer.fault = fault;
  }
  return answer;
}

}  // namespace simulator
