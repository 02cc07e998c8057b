#include "baidu/money.h"

#include <gtest/gtest.h>

#include <string>
#include <string_view>

namespace cloud_billing::baidu {
namespace {

std::string text_of(const Failure& failure) {
  return std::string(reason_name(failure.reason)) + ": " + failure.message;
}

template <typename T>
std::string text_of(const Result<T, Failure>& result) {
  return result ? result->to_decimal() : text_of(result.error());
}

HttpResponse response_of(std::string_view body) { return {200, {}, std::string(body)}; }

std::string summary_of(std::string_view body) {
  HttpResponse response = response_of(body);
  return text_of(read_summary(response));
}

std::string cash_of(std::string_view body) {
  HttpResponse response = response_of(body);
  return text_of(read_cash(response));
}

// "quota remaining"
std::string credit_of(std::string_view body) {
  HttpResponse response = response_of(body);
  const auto credit = read_credit(response, "me");
  if (!credit) return text_of(credit.error());
  if (!*credit) return "none";
  return (*credit)->quota.to_decimal() + " " + (*credit)->remaining.to_decimal();
}

TEST(MonthSummary, IsTheRootsOwnTotalElseThatOfItsItems) {
  EXPECT_EQ(summary_of(R"({"accountId":"me","data":{"financePrice":119.68}})"), "119.68");
  EXPECT_EQ(summary_of(R"({"data":{"items":[{"financePrice":1.5},{"financePrice":"2"}],)"
                       R"("financePrice":3.5}})"),
            "3.5");
  // Where both are there and differ, the root's own is the provider's word.
  EXPECT_EQ(summary_of(R"({"data":{"items":[{"financePrice":1}],"financePrice":5}})"), "5");
  EXPECT_EQ(summary_of(R"({"data":{"items":[{"financePrice":1.5},{"financePrice":2}]}})"), "3.5");
  EXPECT_EQ(summary_of(R"({"data":{"financePrice":"/","items":[{"financePrice":1}]}})"), "1");
  EXPECT_EQ(
      summary_of(R"({"data":{"items":[{"serviceType":"BCC","items":[{"financePrice":1},)"
                 R"({"financePrice":2}]},{"financePrice":4,"items":[{"financePrice":4}]}]}})"),
      "7");
  EXPECT_EQ(summary_of(R"({"data":[{"financePrice":1},{"financePrice":2}]})"), "3");
  EXPECT_EQ(summary_of(R"({"data":{"financePrice":-0.01,"items":null}})"), "-0.01");
}

TEST(MonthSummary, WithoutATotalOrWithAnUnreadableOneIsRefused) {
  EXPECT_EQ(summary_of(R"({"data":{}})"), "decode: the answer is not understood: no financePrice");
  EXPECT_EQ(summary_of(R"({"data":null})"),
            "decode: the answer is not understood: no financePrice");
  EXPECT_EQ(summary_of("{}"), "decode: the answer is not understood: no financePrice");
  EXPECT_EQ(summary_of(R"({"data":{"financePrice":"x"}})"),
            "decode: the answer is not understood: data: not a decimal number");
  EXPECT_EQ(summary_of(R"({"data":{"items":[{"financePrice":1.7e20},{"financePrice":1.7e20}]}})"),
            "decode: the answer is not understood: data: too large");
  EXPECT_EQ(summary_of(R"({"data":5})"),
            "decode: the answer is not understood: data: not a JSON object");
  std::string deep = R"({"financePrice":1})";
  for (int i = 0; i < 100; ++i) deep.insert(0, R"({"items":[)").append("]}");
  EXPECT_EQ(summary_of(R"({"data":)" + deep + "}"),
            "decode: the answer is not understood: data: nested too deep");
  EXPECT_TRUE(summary_of(R"({"code":"AccessDenied"})").starts_with("permission: "));
}

TEST(CashBalance, IsReadExactlyAndMayBeNegative) {
  EXPECT_EQ(cash_of(R"({"cashBalance": 850.0000})"), "850");
  EXPECT_EQ(cash_of(R"({"other":{},"cashBalance":"-12.345"})"), "-12.345");
}

TEST(CashBalance, ThatIsMissingIsNotZero) {
  EXPECT_EQ(cash_of("{}"), "decode: the answer is not understood: no cashBalance");
  EXPECT_EQ(cash_of(R"({"cashBalance":null})"),
            "decode: the answer is not understood: no cashBalance");
  EXPECT_EQ(cash_of(R"({"cashBalance":"/"})"),
            "decode: the answer is not understood: no cashBalance");
  EXPECT_EQ(cash_of(R"({"cashBalance":true})"),
            "decode: the answer is not understood: cashBalance: not an amount");
  EXPECT_TRUE(cash_of(R"({"code":"InternalError","message":"m"})").starts_with("server: "));
  EXPECT_TRUE(cash_of("").starts_with("decode: "));
  EXPECT_TRUE(cash_of("<html>").starts_with("transport: "));
}

TEST(CreditQuota, IsThatOfTheAskedAccount) {
  EXPECT_EQ(credit_of(R"({"result":[{"accountId":"me","quota":999999999999.0000,)"
                      R"("remainQuota":-1.5,"beginTime":"2022-12-14T16:00:00Z"}]})"),
            "999999999999 -1.5");
  EXPECT_EQ(credit_of(R"({"result":[{"accountId":"other","quota":7,"remainQuota":7},)"
                      R"({"accountId":"me","quota":2,"remainQuota":1}]})"),
            "2 1");
  EXPECT_EQ(credit_of(R"({"result":[{"accountId":"me","quota":2,"remainQuota":1},)"
                      R"({"accountId":"me","quota":3,"remainQuota":3}]})"),
            "5 4");
}

TEST(CreditQuota, MayNotExist) {
  EXPECT_EQ(credit_of(R"({"result":[]})"), "none");
  EXPECT_EQ(credit_of(R"({"result":null})"), "none");
  EXPECT_EQ(credit_of(R"({"result":[{"accountId":"other","quota":7,"remainQuota":7}]})"), "none");
}

TEST(CreditQuota, ThatIsHalfThereOrUnreadableIsRefused) {
  EXPECT_EQ(credit_of(R"({"result":[{"accountId":"me","quota":7}]})"),
            "decode: the answer is not understood: result: a row without quota or remainQuota");
  EXPECT_EQ(credit_of(R"({"result":[{"accountId":"me","quota":"x","remainQuota":1}]})"),
            "decode: the answer is not understood: result: not a decimal number");
  EXPECT_EQ(credit_of(R"({"result":{}})"),
            "decode: the answer is not understood: result: not a list");
  EXPECT_EQ(credit_of("{}"), "decode: the answer is not understood: no result");
  EXPECT_TRUE(credit_of(R"({"code":"AccessDenied"})").starts_with("permission: "));
}

// ---- an error's code beside data ----

TEST(BaiduMoney, WithACodeOfSuccessIsRead) {
  for (const std::string code : {"0", R"("0")", "null", R"("")"}) {
    const std::string rest = R"(,"message":"success","code":)" + code + "}";
    EXPECT_EQ(cash_of(R"({"cashBalance":850)" + rest), "850") << code;
    EXPECT_EQ(summary_of(R"({"data":{"financePrice":1})" + rest), "1") << code;
    EXPECT_EQ(credit_of(R"({"result":[{"accountId":"me","quota":2,"remainQuota":1}])" + rest),
              "2 1")
        << code;
  }
  EXPECT_EQ(cash_of(R"({"code":"0"})"), "decode: the answer is not understood: no cashBalance");
}

TEST(BaiduMoney, BesideAnErrorIsNone) {
  const std::string rest = R"(,"code":"InternalError"})";
  for (const std::string& text :
       {cash_of(R"({"cashBalance":0)" + rest), summary_of(R"({"data":{"financePrice":0})" + rest),
        credit_of(R"({"result":[])" + rest)}) {
    EXPECT_EQ(text, "server: the service failed (HTTP 200, InternalError)");
  }
}

}  // namespace
}  // namespace cloud_billing::baidu
