#pragma once

// The fixed list of API operations this program can send. A SignedRequest can only be made for a
// row of it, and the transport takes nothing else: read-only by construction. None of the rows can
// pay, cancel, renew or transfer.

#include <array>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "core/http.h"

namespace cloud_billing {

enum class OperationId {
  kBaiduResourceMonthBill,
  kBaiduMonthSummary,
  kBaiduCashBalance,
  kBaiduCreditQuota,
  kBaiduOrderList
};

struct Operation {
  OperationId id;
  std::string_view provider;
  std::string_view label;  // the value of the label `operation`
  HttpMethod method;
  std::string_view path;
};

// In the order of OperationId. Paths: Baidu's billing documentation and SDKs (balance, quota
// and order list are POST, but read only).
inline constexpr std::array kOperations{
    Operation{OperationId::kBaiduResourceMonthBill, "baidu", "resource_month_bill",
              HttpMethod::kGet, "/v1/bill/resource/month"},
    Operation{OperationId::kBaiduMonthSummary, "baidu", "month_summary", HttpMethod::kGet,
              "/v1/bill/month/summary"},
    Operation{OperationId::kBaiduCashBalance, "baidu", "cash_balance", HttpMethod::kPost,
              "/v1/finance/cash/balance"},
    Operation{OperationId::kBaiduCreditQuota, "baidu", "credit_quota", HttpMethod::kPost,
              "/v1/finance/supervisor/credit/quota"},
    Operation{OperationId::kBaiduOrderList, "baidu", "order_list", HttpMethod::kPost,
              "/v1/order/list"},
};

[[nodiscard]] constexpr const Operation& operation(OperationId id) {
  return kOperations[static_cast<std::size_t>(id)];
}

// A request ready to send. Method and path come from the table; the URL's origin from the account's
// endpoint.
class SignedRequest {
 public:
  // `canonical_query` is already percent-encoded, without '?'. `headers` hold the signature.
  SignedRequest(OperationId id, const Endpoint& endpoint, std::string_view canonical_query,
                std::vector<Header> headers, std::string body);

  [[nodiscard]] const Operation& operation() const { return *operation_; }
  [[nodiscard]] const std::string& url() const { return url_; }
  [[nodiscard]] const std::vector<Header>& headers() const { return headers_; }
  [[nodiscard]] const std::string& body() const { return body_; }  // empty: no body is sent

 private:
  const Operation* operation_;
  std::string url_;
  std::vector<Header> headers_;
  std::string body_;
};

}  // namespace cloud_billing
