#include "volcengine/provider.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "tests/providers/answer.h"
#include "volcengine/bill_listing.h"
#include "volcengine/operations.h"

namespace cloud_billing::volcengine {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::StartsWith;

constexpr UtcSeconds kTime{std::chrono::seconds(1792045800)};  // 2026-10-15T06:30:00Z

ProviderSettings in_region(std::string region) {
  ProviderSettings settings;
  settings.set("region", std::move(region));
  return settings;
}

SignedRequest sign(const Operation& operation, std::string body, std::string token = {},
                   Endpoint endpoint = {"https", "billing.volcengineapi.com", ""}) {
  ApiRequest request;
  request.operation = &operation;
  request.body = std::move(body);
  const Credentials credentials{"AKLTEXAMPLEEXPORTER0001",
                                "c2VjcmV0LWV4YW1wbGUtZm9yLXRlc3RzLW9ubHk=", std::move(token)};
  return provider().sign(request, {endpoint, in_region("cn-beijing"), credentials}, {kTime, ""});
}

// The signatures are those of the official SDKs for the same requests.

TEST(VolcengineRequest, IsSignedOverItsBodyAndNamesItsAction) {
  const SignedRequest request =
      sign(kListBillDetail,
           R"({"BillPeriod":"2026-09","GroupPeriod":1,"GroupTerm":0,"IgnoreZero":1,"Limit":300,)"
           R"("NeedRecordNum":1,"Offset":0})");
  EXPECT_EQ(request.url(),
            "https://billing.volcengineapi.com/?Action=ListBillDetail&Version=2022-01-01");
  EXPECT_EQ(request.operation().method, HttpMethod::kPost);
  EXPECT_THAT(
      request.headers(),
      ElementsAre(
          Header{"content-type", "application/json; charset=utf-8"},
          Header{"x-content-sha256",
                 "39b67c54ee370348392ff42172f31bd2271071a7f5032367a89894c6bfb69228"},
          Header{"x-date", "20261015T063000Z"},
          Header{"authorization",
                 "HMAC-SHA256 Credential=AKLTEXAMPLEEXPORTER0001/20261015/cn-beijing/billing/"
                 "request, SignedHeaders=content-type;host;x-content-sha256;x-date, "
                 "Signature=1440f902efb9c2c5c068db3c69214db85c05e0ddab436b997ce0c4097d24b132"}));
}

TEST(VolcengineRequest, OfTheAmortisedBillAsksForAllRowsOfTheMonth) {
  GrowingPages::Page page;
  page.limit = 300;
  const ApiRequest asked =
      amortized_request(BillingMonth(std::chrono::year(2026) / std::chrono::September), page);
  EXPECT_EQ(
      asked.body,
      R"({"AmortizedMonth":"2026-09","IgnoreZero":0,"Limit":300,"NeedRecordNum":1,"Offset":0})");
  EXPECT_THAT(sign(*asked.operation, asked.body).headers().back().value,
              testing::EndsWith(
                  "Signature=7ac59a19bf4fe0bf08cec2f0a0aa7d4230fc6946e86289e743c3dfc4afa1bfb5"));
}

TEST(VolcengineRequest, CarriesAndSignsTheSessionToken) {
  const SignedRequest request = sign(kQueryBalanceAcct, "{}", "STS2eyJFWEFNUExFIn0.abc+/=");
  EXPECT_THAT(request.headers(),
              Contains(Header{"x-security-token", "STS2eyJFWEFNUExFIn0.abc+/="}));
  EXPECT_THAT(request.headers().back().value,
              testing::EndsWith(
                  "SignedHeaders=content-type;host;x-content-sha256;x-date;x-security-token, "
                  "Signature=db36c82a7daed8fe81b88e7e3d740ce8af920fcaab608adefc92effe6acfb57d"));
}

TEST(VolcengineRequest, SignsTheHostWithoutItsDefaultPortAndWithAnyOther) {
  const auto signature = [](const char* port) {
    return sign(kQueryBalanceAcct, "{}", "", {"https", "billing.volcengineapi.com", port})
        .headers()
        .back()
        .value;
  };
  EXPECT_EQ(signature("443"), signature(""));
  EXPECT_NE(signature("8443"), signature(""));
}

TEST(VolcengineRequest, IsScopedToTheAccountsRegion) {
  ApiRequest request;
  request.operation = &kQueryBalanceAcct;
  const SignedRequest signed_request =
      provider().sign(request, {{}, in_region("cn-shanghai"), {"AK", "SK", ""}}, {kTime, ""});
  EXPECT_THAT(signed_request.headers().back().value,
              StartsWith("HMAC-SHA256 Credential=AK/20261015/cn-shanghai/billing/request, "));
}

TEST(VolcengineDay, IsCompleteAfterTwoDays) {
  const auto newest = [](long seconds) {
    return day_text(*provider().newest_complete_day(UtcSeconds(std::chrono::seconds(seconds))));
  };
  EXPECT_EQ(newest(1796054399), "2026-11-28") << "2026-11-30 23:59:59 in China";
  EXPECT_EQ(newest(1796054400), "2026-11-29") << "2026-12-01 00:00:00 in China";
}

// ---- the balance ----

struct BalanceTalk {
  AccountConfig account;
  Refusals refusals;
  std::unique_ptr<Conversation<Balance>> conversation;

  BalanceTalk() {
    account.currency = "CNY";
    conversation = provider().ask_balance(account, {kTime, "", false, refusals}).release();
  }
  std::optional<Failure> response(std::string_view result) {
    const auto pending = conversation->next();
    EXPECT_TRUE(pending);
    EXPECT_EQ(pending->request.operation, &kQueryBalanceAcct);
    EXPECT_EQ(pending->request.body, "{}");
    return answer(*pending->reply,
                  {200, {}, R"({"ResponseMetadata":{},"Result":)" + std::string(result) + "}"});
  }
};

TEST(VolcengineBalance, HasEachOfItsPartsExactly) {
  BalanceTalk talk;
  EXPECT_FALSE(
      talk.response(R"({"AccountID":3001315456,"AvailableBalance":"-77.01",)"
                    R"("CashBalance":"10.10","FreezeAmount":"1.00","CreditLimit":"500.00",)"
                    R"("ArrearsBalance":"87.11"})"));
  EXPECT_FALSE(talk.conversation->next());
  ASSERT_TRUE(talk.conversation->finished());
  const Balance balance = talk.conversation->take_result();
  EXPECT_EQ(balance.currency, "CNY");
  EXPECT_EQ(balance.account_id, "3001315456");
  EXPECT_EQ(balance.available->to_decimal(), "-77.01");
  EXPECT_EQ(balance.cash.to_decimal(), "10.1");
  EXPECT_EQ(balance.frozen->to_decimal(), "1");
  EXPECT_EQ(balance.credit_limit->to_decimal(), "500");
  EXPECT_EQ(balance.arrears->to_decimal(), "87.11");
}

TEST(VolcengineBalance, TakesNumbersAndTextsAlikeAndLacksWhatIsNotTold) {
  BalanceTalk talk;
  EXPECT_FALSE(talk.response(R"({"AccountID":"2100052604","AvailableBalance":77.01,)"
                             R"("CashBalance":0,"FreezeAmount":"-","CreditLimit":""})"));
  const Balance balance = talk.conversation->take_result();
  EXPECT_EQ(balance.account_id, "2100052604");
  EXPECT_EQ(balance.available->to_decimal(), "77.01");
  EXPECT_FALSE(balance.frozen);
  EXPECT_FALSE(balance.credit_limit);
  EXPECT_FALSE(balance.arrears);
}

TEST(VolcengineBalance, IsInItsOwnCurrencyIfItNamesOne) {
  const auto currency = [](std::string_view text) {
    BalanceTalk talk;
    const auto failure = talk.response(R"({"AvailableBalance":"1","CashBalance":"1","Currency":)" +
                                       std::string(text) + "}");
    return failure ? std::string(reason_name(failure->reason)) + ": " + failure->message
                   : talk.conversation->take_result().currency;
  };
  EXPECT_EQ(currency(R"("USD")"), "USD");
  EXPECT_EQ(currency(R"("￥")"), "CNY");
  EXPECT_EQ(currency(R"("rmb")"), "CNY");
  EXPECT_EQ(currency(R"("")"), "CNY");
  EXPECT_EQ(currency("null"), "CNY");
  EXPECT_EQ(currency(R"("$")"),
            "decode: the answer is not understood: Currency: not a currency code");
}

TEST(VolcengineBalance, WithoutWhatCanBeSpentIsNotUnderstood) {
  for (const std::string_view result : {R"({"CashBalance":"1"})", R"({"AvailableBalance":"1"})",
                                        R"({"AvailableBalance":"-","CashBalance":"1"})",
                                        R"({"AvailableBalance":"much","CashBalance":"1"})"}) {
    BalanceTalk talk;
    const auto failure = talk.response(result);
    ASSERT_TRUE(failure) << result;
    EXPECT_EQ(failure->reason, Reason::kDecode);
    EXPECT_TRUE(talk.conversation->finished());
    EXPECT_TRUE(talk.conversation->failure());
  }
}

}  // namespace
}  // namespace cloud_billing::volcengine
