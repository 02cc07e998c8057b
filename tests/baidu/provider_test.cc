#include "baidu/provider.h"
#include "baidu/renewals.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <ostream>
#include <string>
#include <string_view>
#include <vector>

#include "baidu/bill_listings.h"
#include "baidu/operations.h"
#include "baidu/sub_account_cash.h"

namespace cloud_billing::baidu::provider_test {
namespace {

using testing::Contains;
using testing::ElementsAre;

const std::string kId = "0123456789abcdef0123456789abcdef";
const std::string kKey = "fedcba9876543210fedcba9876543210";
constexpr UtcSeconds kTime{std::chrono::seconds(1768444200)};  // 2026-01-15T02:30:00Z

SignedRequest sign(const ApiRequest& request, const Endpoint& endpoint,
                   const std::string& session_token = {}) {
  return provider().sign(request, {endpoint, {}, {kId, kKey, session_token}}, {kTime, ""});
}

const Endpoint kBilling{"https", "billing.baidubce.com", ""};

std::string authorization(std::string_view signature) {
  return "bce-auth-v1/" + kId + "/2026-01-15T02:30:00Z/1800/host;x-bce-date/" +
         std::string(signature);
}

// The signatures were also computed by the official Python SDK.

TEST(BaiduSignature, OfABillPage) {
  ApiRequest request;
  request.operation = &kResourceMonthBill;
  request.query = {
      {"month", "2026-01"}, {"productType", "postpay"}, {"pageNo", "1"}, {"pageSize", "100"}};
  const SignedRequest request_signed = sign(request, kBilling);
  EXPECT_EQ(request_signed.url(),
            "https://billing.baidubce.com/v1/bill/resource/month?month=2026-01&pageNo=1&"
            "pageSize=100&productType=postpay");
  EXPECT_THAT(
      request_signed.headers(),
      ElementsAre(Header{"x-bce-date", "2026-01-15T02:30:00Z"},
                  Header{"content-type", "application/json; charset=utf-8"},
                  Header{"authorization",
                         authorization(
                             "ddec2fed13f10f3bc223461999b165cc360d86bc0c275e2abf63635e5627b7ed")}));
  EXPECT_EQ(request_signed.body(), "");
}

TEST(BaiduSignature, OfASubAccountsPageWithAnEmptyParameter) {
  ApiRequest request;
  request.operation = &kResourceMonthBill;
  request.query = {{"month", "2026-01"}, {"productType", "prepay"},
                   {"serviceType", ""},  {"queryAccountId", "90d8ba00000000000000000000005a61"},
                   {"pageNo", "2"},      {"pageSize", "100"}};
  const SignedRequest request_signed = sign(request, kBilling);
  EXPECT_EQ(request_signed.url(),
            "https://billing.baidubce.com/v1/bill/resource/month?month=2026-01&pageNo=2&"
            "pageSize=100&productType=prepay&queryAccountId=90d8ba00000000000000000000005a61&"
            "serviceType=");
  EXPECT_THAT(
      request_signed.headers(),
      Contains(Header{
          "authorization",
          authorization("9202519183dd613f09124a8bbe0194d914c376b8a28d8a3cab0786853340aba9")}));
}

TEST(BaiduSignature, OfAPageOfTheAmortisedBill) {
  ApiRequest request =
      share_request(BillPeriod::of(BillingMonth(std::chrono::year(2026) / std::chrono::January)),
                    "prepay", "", 1, 100);
  const SignedRequest request_signed = sign(request, kBilling);
  EXPECT_EQ(request_signed.url(),
            "https://billing.baidubce.com/v1/bill/share/bill?month=2026-01&pageNo=1&pageSize=100&"
            "productType=prepay&showTags=true");
  EXPECT_THAT(
      request_signed.headers(),
      Contains(Header{
          "authorization",
          authorization("56ad8ef32926ffee605573ae46b6f686df2ace77a5f5049977c15572d4897633")}));
}

TEST(BaiduSignature, OfTheCashBalance) {
  ApiRequest request;
  request.operation = &kCashBalance;
  request.body = "{}";
  const SignedRequest request_signed = sign(request, kBilling);
  EXPECT_EQ(request_signed.url(), "https://billing.baidubce.com/v1/finance/cash/balance");
  EXPECT_EQ(request_signed.body(), "{}");
  EXPECT_THAT(
      request_signed.headers(),
      Contains(Header{
          "authorization",
          authorization("49998cf997ca11b997d74ffb7c73f8924693b57ef4530082eda6e20529baee4b")}));
}

TEST(BaiduSignature, OfTheSubAccountsCash) {
  const std::vector<std::string> ids{"90d8ba00000000000000000000005a61"};
  const SignedRequest request_signed = sign(sub_account_cash_request(ids), kBilling);
  EXPECT_EQ(request_signed.url(),
            "https://billing.baidubce.com/v1/finance/supervisor/cash/balance");
  EXPECT_EQ(request_signed.body(), R"({"accountIds":["90d8ba00000000000000000000005a61"]})");
  EXPECT_THAT(
      request_signed.headers(),
      Contains(Header{
          "authorization",
          authorization("56becd24db4498e3dc451f0e409eff288a60b0a178b3d130d3b5fb941cdac27b")}));
}

TEST(BaiduSignature, OfTheRenewals) {
  const SignedRequest request_signed = sign(renewal_request("BCC", "", 1, 1000), kBilling);
  EXPECT_EQ(request_signed.url(), "https://billing.baidubce.com/v1/renew/resource/list");
  EXPECT_THAT(
      request_signed.headers(),
      Contains(Header{
          "authorization",
          authorization("674be7fdda73cbade0800a338d7aadade832704d6bfe0da080b0ab13f039df3b")}));
}

TEST(BaiduSignature, CoversTheSessionTokenAndSendsIt) {
  ApiRequest request;
  request.operation = &kCashBalance;
  const SignedRequest request_signed = sign(request, kBilling, "token/1");
  EXPECT_THAT(request_signed.headers(), Contains(Header{"x-bce-security-token", "token/1"}));
  // HMAC computed with Python's hmac over
  // POST\n/v1/finance/cash/balance\n\nhost:billing.baidubce.com\n
  // x-bce-date:2026-01-15T02%3A30%3A00Z\nx-bce-security-token:token%2F1
  EXPECT_THAT(
      request_signed.headers(),
      Contains(Header{"authorization",
                      "bce-auth-v1/" + kId +
                          "/2026-01-15T02:30:00Z/1800/"
                          "host;x-bce-date;x-bce-security-token/"
                          "ac353aa53ad281e16e8ef76f518690a8b5c30ce749f116ddf35cd1450a71cdba"}));
}

TEST(BaiduSignature, CoversAHostWithAPortOnlyWhereItIsSent) {
  ApiRequest request;
  request.operation = &kCashBalance;
  const auto authorization_at = [&request](const Endpoint& endpoint) {
    return sign(request, endpoint).headers().back();
  };
  EXPECT_EQ(authorization_at({"https", "billing.baidubce.com", "443"}), authorization_at(kBilling));
  // Computed with Python's hmac, with the line host:127.0.0.1%3A18080.
  EXPECT_EQ(authorization_at({"http", "127.0.0.1", "18080"}).value,
            authorization("ef1a0643076f3a5d58231fdc45a0f3fea5c80e5dceaa4279c3815c6a819411c5"));
  EXPECT_EQ(sign(request, {"http", "[::1]", "18080"}).url(),
            "http://[::1]:18080/v1/finance/cash/balance");
}

// ---- until when the bill covers ----

struct CoverCase {
  const char* name;
  long now;
  long month_start;  // any time in the month that is asked for
  long expected;
};

void PrintTo(const CoverCase& test_case, std::ostream* out) { *out << test_case.name; }

class DataThrough : public testing::TestWithParam<CoverCase> {};

TEST_P(DataThrough, IsTheEndOfTheNewestCompleteDay) {
  const auto at = [](long seconds) { return UtcSeconds(std::chrono::seconds(seconds)); };
  EXPECT_EQ(data_through(kChinaTime.month_at(at(GetParam().month_start)), at(GetParam().now)),
            at(GetParam().expected));
}

// 2026-12-01 00:00 in China.
constexpr long kDecember = 1796054400;
constexpr long kHour = 3600;
constexpr long kDay = 24 * kHour;
constexpr long kNovember = kDecember - 30 * kDay;

INSTANTIATE_TEST_SUITE_P(
    Case, DataThrough,
    testing::Values(
        CoverCase{"CurrentOnTheFirstAtMidnight", kDecember, kDecember, kDecember},
        CoverCase{"CurrentOnTheFirstAtTen", kDecember + 10 * kHour, kDecember, kDecember},
        CoverCase{"CurrentOnTheSecondBeforeTen", kDecember + kDay + 10 * kHour - 1, kDecember,
                  kDecember},
        CoverCase{"CurrentOnTheSecondAtTen", kDecember + kDay + 10 * kHour, kDecember,
                  kDecember + kDay},
        CoverCase{"CurrentInMidMonthBeforeTen", kDecember + 14 * kDay + 10 * kHour - 1, kDecember,
                  kDecember + 13 * kDay},
        CoverCase{"CurrentInMidMonthAfterTen", kDecember + 14 * kDay + 23 * kHour, kDecember,
                  kDecember + 14 * kDay},
        CoverCase{"PreviousOnTheFirstBeforeTen", kDecember + 9 * kHour, kNovember,
                  kDecember - kDay},
        CoverCase{"PreviousOnTheFirstAtTen", kDecember + 10 * kHour, kNovember, kDecember},
        CoverCase{"PreviousLater", kDecember + 20 * kDay, kNovember, kDecember}),
    [](const auto& cover) { return std::string(cover.param.name); });

}  // namespace
}  // namespace cloud_billing::baidu::provider_test
