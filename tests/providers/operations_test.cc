#include "providers/operations.h"

#include <gtest/gtest.h>

#include <set>
#include <string>
#include <string_view>
#include <type_traits>

#include "core/ascii.h"

namespace cloud_billing {
namespace {

// What the billing documents and SDKs list as changing something, and words of such calls.
constexpr std::string_view kForbiddenActions[] = {
    "PayOrder",       "CancelOrder",      "RenewInstance", "UnsubscribeInstance",
    "SetRenewalType", "CommonBuy",        "CreateBudget",  "UpdateBudget",
    "DeleteBudget",   "HandleInvitation", "UpdateAuth"};
constexpr std::string_view kForbiddenPaths[] = {
    "/v1/order/cancel",
    "/v1/order/pay",
    "/v1/order/renew",
    "/v1/renew/resource/rule/create",
    "/v1/finance/supervisor/balance/transfer",
    "/v1/finance/supervisor/balance/gather",
};
constexpr std::string_view kForbiddenWords[] = {
    "pay",    "cancel", "renew", "transfer",  "gather", "create", "update",
    "delete", "refund", "rule",  "subscribe", "set",    "buy",    "handle"};

// What names an operation, in one text: "POST /?Action=QueryBalanceAcct&Version=2022-01-01".
std::string call_of(const Operation& operation) {
  std::string call = std::string(method_name(operation.method)) + " " + std::string(operation.path);
  return operation.query.empty() ? call : call + "?" + std::string(operation.query);
}

TEST(Operations, CanNeitherPayNorCancelNorRenewNorTransfer) {
  for (const Operation& operation : kOperations) {
    for (const std::string_view path : kForbiddenPaths) EXPECT_NE(operation.path, path);
    const std::string call = call_of(operation);
    for (const std::string_view action : kForbiddenActions) {
      EXPECT_EQ(call.find(action), std::string::npos) << call;
    }
    for (const std::string_view word : kForbiddenWords) {
      EXPECT_EQ(to_lower_case(call).find(word), std::string::npos) << call;
    }
  }
}

TEST(Operations, AreTheReadingOnesOfTheDocuments) {
  std::set<std::string> calls;
  for (const Operation& operation : kOperations) {
    calls.insert(call_of(operation));
  }
  const std::set<std::string> documented{"GET /v1/bill/resource/month",
                                         "GET /v1/bill/month/summary",
                                         "POST /v1/finance/cash/balance",
                                         "POST /v1/finance/supervisor/credit/quota",
                                         "POST /v1/order/list",
                                         "POST /?Action=ListBillDetail&Version=2022-01-01",
                                         "POST /?Action=ListBillOverviewByProd&Version=2022-01-01",
                                         "POST /?Action=QueryBalanceAcct&Version=2022-01-01",
                                         "POST /?Action=ListOrders&Version=2022-01-01"};
  EXPECT_EQ(calls, documented);
}

TEST(Operations, AreFoundByTheirIdAndHaveALabelOfTheirOwn) {
  std::set<std::string_view> labels;
  for (std::size_t i = 0; i < kOperations.size(); ++i) {
    EXPECT_EQ(static_cast<std::size_t>(kOperations[i].id), i);
    EXPECT_EQ(&operation(kOperations[i].id), &kOperations[i]);
    labels.insert(kOperations[i].label);
  }
  const std::set<std::string_view> documented{
      "resource_month_bill",    "month_summary",    "cash_balance",
      "credit_quota",           "order_list",       "ListBillDetail",
      "ListBillOverviewByProd", "QueryBalanceAcct", "ListOrders"};
  EXPECT_EQ(labels, documented);
}

TEST(Operations, StandInTheTableOfTheirProvider) {
  for (const Operation& operation : kBaiduOperations) EXPECT_EQ(operation.provider, "baidu");
  for (const Operation& operation : kVolcengineOperations) {
    EXPECT_EQ(operation.provider, "volcengine");
  }
  EXPECT_EQ(kOperations.size(), kBaiduOperations.size() + kVolcengineOperations.size());
}

// A request can be made for a row of the table only: there is no way to give a path.
static_assert(!std::is_default_constructible_v<SignedRequest>);
static_assert(!std::is_constructible_v<SignedRequest, std::string_view, const Endpoint&,
                                       std::string_view, std::vector<Header>, std::string>);
static_assert(!std::is_constructible_v<SignedRequest, Operation, const Endpoint&, std::string_view,
                                       std::vector<Header>, std::string>);

TEST(SignedRequest, TakesItsPathFromTheTableAndItsOriginFromTheEndpoint) {
  const Endpoint endpoint{"http", "127.0.0.1", "8080"};
  const SignedRequest with_query(OperationId::kBaiduMonthSummary, endpoint, "a=b", {}, "");
  EXPECT_EQ(with_query.url(), "http://127.0.0.1:8080/v1/bill/month/summary?a=b");
  EXPECT_EQ(with_query.operation().method, HttpMethod::kGet);
  const SignedRequest without(OperationId::kBaiduCashBalance, endpoint, "", {{"a", "b"}}, "{}");
  EXPECT_EQ(without.url(), "http://127.0.0.1:8080/v1/finance/cash/balance");
  EXPECT_EQ(without.operation().method, HttpMethod::kPost);
  EXPECT_EQ(without.body(), "{}");
  const SignedRequest named(OperationId::kVolcengineQueryBalanceAcct, endpoint, "", {}, "{}");
  EXPECT_EQ(named.url(), "http://127.0.0.1:8080/?Action=QueryBalanceAcct&Version=2022-01-01");
  const SignedRequest further(OperationId::kVolcengineQueryBalanceAcct, endpoint, "a=b", {}, "");
  EXPECT_EQ(further.url(), "http://127.0.0.1:8080/?Action=QueryBalanceAcct&Version=2022-01-01&a=b");
}

}  // namespace
}  // namespace cloud_billing
