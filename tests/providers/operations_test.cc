#include "providers/operations.h"

#include <gtest/gtest.h>

#include <set>
#include <string>
#include <string_view>
#include <type_traits>

namespace cloud_billing {
namespace {

// What the billing documents and SDKs list as changing something, and words of such calls.
constexpr std::string_view kForbiddenPaths[] = {
    "/v1/order/cancel",
    "/v1/order/pay",
    "/v1/order/renew",
    "/v1/renew/resource/rule/create",
    "/v1/finance/supervisor/balance/transfer",
    "/v1/finance/supervisor/balance/gather",
};
constexpr std::string_view kForbiddenWords[] = {"pay",    "cancel", "renew",  "transfer", "gather",
                                                "create", "update", "delete", "refund",   "rule"};

TEST(Operations, CanNeitherPayNorCancelNorRenewNorTransfer) {
  for (const Operation& operation : kOperations) {
    for (const std::string_view path : kForbiddenPaths) EXPECT_NE(operation.path, path);
    for (const std::string_view word : kForbiddenWords) {
      EXPECT_EQ(operation.path.find(word), std::string_view::npos) << operation.path;
    }
  }
}

TEST(Operations, AreTheReadingOnesOfTheDocuments) {
  std::set<std::string> calls;
  for (const Operation& operation : kOperations) {
    calls.insert(std::string(method_name(operation.method)) + " " + std::string(operation.path));
  }
  const std::set<std::string> documented{
      "GET /v1/bill/resource/month", "GET /v1/bill/month/summary", "POST /v1/finance/cash/balance",
      "POST /v1/finance/supervisor/credit/quota", "POST /v1/order/list"};
  EXPECT_EQ(calls, documented);
}

TEST(Operations, AreFoundByTheirIdAndHaveALabelOfTheirOwn) {
  std::set<std::string_view> labels;
  for (std::size_t i = 0; i < kOperations.size(); ++i) {
    EXPECT_EQ(static_cast<std::size_t>(kOperations[i].id), i);
    EXPECT_EQ(&operation(kOperations[i].id), &kOperations[i]);
    labels.insert(kOperations[i].label);
  }
  const std::set<std::string_view> documented{"resource_month_bill", "month_summary",
                                              "cash_balance", "credit_quota", "order_list"};
  EXPECT_EQ(labels, documented);
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
}

}  // namespace
}  // namespace cloud_billing
