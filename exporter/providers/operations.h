#pragma once

// The fixed lists of API operations this program can send, one table for each provider. A
// SignedRequest can only be made for a row of them, and the transport takes nothing else: read-only
// by construction. None of the rows can pay, cancel, renew or transfer.

#include <algorithm>
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
  kBaiduOrderList,
  kVolcengineListBillDetail,
  kVolcengineListBillOverviewByProd,
  kVolcengineQueryBalanceAcct,
  kVolcengineListOrders
};

struct Operation {
  OperationId id;
  std::string_view provider;
  std::string_view label;  // the value of the label `operation`
  HttpMethod method;
  std::string_view path;
  std::string_view query;  // part of the operation, canonical; further parameters may follow
};

// All in the order of OperationId. Paths: Baidu's billing documentation and SDKs (balance, quota
// and order list are POST, but read only).
inline constexpr std::array kBaiduOperations{
    Operation{OperationId::kBaiduResourceMonthBill, "baidu", "resource_month_bill",
              HttpMethod::kGet, "/v1/bill/resource/month", ""},
    Operation{OperationId::kBaiduMonthSummary, "baidu", "month_summary", HttpMethod::kGet,
              "/v1/bill/month/summary", ""},
    Operation{OperationId::kBaiduCashBalance, "baidu", "cash_balance", HttpMethod::kPost,
              "/v1/finance/cash/balance", ""},
    Operation{OperationId::kBaiduCreditQuota, "baidu", "credit_quota", HttpMethod::kPost,
              "/v1/finance/supervisor/credit/quota", ""},
    Operation{OperationId::kBaiduOrderList, "baidu", "order_list", HttpMethod::kPost,
              "/v1/order/list", ""},
};

// All are POST to "/"; which one it is stands in the query (www.volcengine.com/docs/6269/1165275).
inline constexpr std::array kVolcengineOperations{
    Operation{OperationId::kVolcengineListBillDetail, "volcengine", "ListBillDetail",
              HttpMethod::kPost, "/", "Action=ListBillDetail&Version=2022-01-01"},
    Operation{OperationId::kVolcengineListBillOverviewByProd, "volcengine",
              "ListBillOverviewByProd", HttpMethod::kPost, "/",
              "Action=ListBillOverviewByProd&Version=2022-01-01"},
    Operation{OperationId::kVolcengineQueryBalanceAcct, "volcengine", "QueryBalanceAcct",
              HttpMethod::kPost, "/", "Action=QueryBalanceAcct&Version=2022-01-01"},
    Operation{OperationId::kVolcengineListOrders, "volcengine", "ListOrders", HttpMethod::kPost,
              "/", "Action=ListOrders&Version=2022-01-01"},
};

inline constexpr auto kOperations = [] {
  std::array<Operation, kBaiduOperations.size() + kVolcengineOperations.size()> all{};
  const auto next = std::copy(kBaiduOperations.begin(), kBaiduOperations.end(), all.begin());
  std::copy(kVolcengineOperations.begin(), kVolcengineOperations.end(), next);
  return all;
}();

[[nodiscard]] constexpr const Operation& operation(OperationId id) {
  return kOperations[static_cast<std::size_t>(id)];
}

// A request ready to send. Method, path and the query that names it come from the table; the URL's
// origin from the account's endpoint.
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
