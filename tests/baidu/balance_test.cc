#include "baidu/balance.h"

#include <gtest/gtest.h>

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "baidu/operations.h"
#include "baidu/provider.h"
#include "tests/providers/answer.h"

namespace cloud_billing::baidu {
namespace {

constexpr UtcSeconds kNow{std::chrono::seconds(1795406400)};  // 2026-11-23T04:00:00Z

// A balance conversation and what it has asked for.
class Talk {
 public:
  explicit Talk(std::string account_id, bool had_credit_limit = false,
                std::optional<UtcSeconds> refused_at = std::nullopt) {
    account_.currency = "CNY";
    if (refused_at) refusals_.note(kCreditQuota, *refused_at);
    conversation_ =
        provider()
            .ask_balance(account_, {kNow, std::move(account_id), had_credit_limit, refusals_})
            .release();
  }

  // The label of the operation asked for next, or "".
  std::string ask() {
    auto pending = conversation_->next();
    if (!pending) return "";
    last_ = pending->request;
    std::string label(last_.operation->label);
    replies_[label] = pending->reply;
    return label;
  }
  std::optional<Failure> response(const std::string& label, std::string body) {
    return answer(*replies_.at(label), {200, {}, std::move(body)});
  }
  void fail(const std::string& label, int status, std::string_view code) {
    HttpResponse response{status, {}, R"({"code":")" + std::string(code) + R"("})"};
    replies_.at(label)->fail(provider().classify_error(response));
  }
  bool credit_refused() const { return refusals_.holds(kCreditQuota, kNow); }
  const ApiRequest& last() const { return last_; }
  Conversation<Balance>* operator->() { return conversation_.get(); }

 private:
  AccountConfig account_;
  Refusals refusals_;
  std::unique_ptr<Conversation<Balance>> conversation_;
  std::map<std::string, std::shared_ptr<Reply>> replies_;
  ApiRequest last_;
};

constexpr const char* kCash = R"({"cashBalance":850.0000})";
constexpr const char* kQuota =
    R"({"result":[{"accountId":"me","quota":1000,"remainQuota":100.5}]})";

TEST(BaiduBalance, IsCashPlusTheRemainingCredit) {
  Talk talk("me");
  EXPECT_EQ(talk.ask(), "cash_balance");
  EXPECT_EQ(talk.last().body, "{}");
  EXPECT_EQ(talk.ask(), "credit_quota");
  EXPECT_EQ(talk.last().body, R"({"accountIds":["me"]})");
  EXPECT_EQ(talk.ask(), "");
  EXPECT_FALSE(talk.response("credit_quota", kQuota));
  EXPECT_FALSE(talk->finished());
  EXPECT_FALSE(talk.response("cash_balance", kCash));
  ASSERT_TRUE(talk->finished());
  ASSERT_FALSE(talk->failure());
  const Balance balance = talk->take_result();
  EXPECT_EQ(balance.cash.to_decimal(), "850");
  EXPECT_EQ(balance.available->to_decimal(), "950.5");
  EXPECT_EQ(balance.credit_limit->to_decimal(), "1000");
  EXPECT_EQ(balance.currency, "CNY");
  EXPECT_EQ(balance.account_id, "me");
  EXPECT_FALSE(talk.credit_refused());
}

TEST(BaiduBalance, WithoutAQuotaIsTheCash) {
  Talk talk("me");
  talk.ask();
  talk.ask();
  EXPECT_FALSE(talk.response("cash_balance", R"({"cashBalance":-3})"));
  EXPECT_FALSE(talk.response("credit_quota", R"({"result":[]})"));
  ASSERT_TRUE(talk->finished());
  const Balance balance = talk->take_result();
  EXPECT_EQ(balance.available->to_decimal(), "-3");
  EXPECT_FALSE(balance.credit_limit);
}

TEST(BaiduBalance, OfAnUnknownAccountAsksTheBillForOneRowFirst) {
  Talk talk("");
  EXPECT_EQ(talk.ask(), "cash_balance");
  EXPECT_EQ(talk.ask(), "resource_month_bill");
  EXPECT_EQ(talk.last().query[0], (QueryParameter{"month", "2026-11"}));
  EXPECT_EQ(talk.last().query[3], (QueryParameter{"pageSize", "1"}));
  EXPECT_EQ(talk.ask(), "");
  EXPECT_FALSE(talk.response("cash_balance", kCash));
  EXPECT_FALSE(talk->finished());
  EXPECT_FALSE(talk.response("resource_month_bill", R"({"accountId":"me","bills":[]})"));
  EXPECT_EQ(talk.ask(), "credit_quota");
  EXPECT_EQ(talk.last().body, R"({"accountIds":["me"]})");
  EXPECT_FALSE(talk.response("credit_quota", kQuota));
  ASSERT_TRUE(talk->finished());
  EXPECT_EQ(talk->take_result().account_id, "me");
}

TEST(BaiduBalance, OfAKeyThatMayNotReadTheQuotaIsTheCashAndIsNoFailure) {
  Talk talk("me");
  talk.ask();
  talk.ask();
  EXPECT_FALSE(talk.response("cash_balance", kCash));
  talk.fail("credit_quota", 403, "AccessDenied");
  ASSERT_TRUE(talk->finished());
  EXPECT_FALSE(talk->failure());
  EXPECT_TRUE(talk.credit_refused());
  EXPECT_EQ(talk->take_result().available->to_decimal(), "850");
}

TEST(BaiduBalance, OfAKeyThatMayNotReadTheBillIsTheCashAndIsNoFailure) {
  Talk talk("");
  talk.ask();
  talk.ask();
  talk.fail("resource_month_bill", 403, "AccessDenied");
  EXPECT_FALSE(talk->finished());
  EXPECT_EQ(talk.ask(), "");
  EXPECT_FALSE(talk.response("cash_balance", kCash));
  ASSERT_TRUE(talk->finished());
  EXPECT_FALSE(talk->failure());
  EXPECT_TRUE(talk.credit_refused());
}

TEST(BaiduBalance, DoesNotAskForTheQuotaAgainWhereItWasRefused) {
  for (const std::string account_id : {"me", ""}) {
    Talk talk(account_id, false, kNow - std::chrono::hours(23));
    EXPECT_EQ(talk.ask(), "cash_balance");
    EXPECT_EQ(talk.ask(), "");
    EXPECT_FALSE(talk.response("cash_balance", kCash));
    EXPECT_TRUE(talk->finished());
    EXPECT_FALSE(talk->failure());
  }
  Talk next_day("me", false, kNow - std::chrono::hours(24));
  EXPECT_EQ(next_day.ask(), "cash_balance");
  EXPECT_EQ(next_day.ask(), "credit_quota");
}

// What is told of a balance whose credit could not be read.
void expect_cash_only(Talk& talk, Reason reason, std::string_view message) {
  ASSERT_TRUE(talk->finished());
  ASSERT_FALSE(talk->failure());
  const Balance balance = talk->take_result();
  EXPECT_EQ(balance.cash.to_decimal(), "850");
  EXPECT_FALSE(balance.available) << "a part of it is not known";
  EXPECT_FALSE(balance.credit_limit);
  ASSERT_TRUE(balance.available_failure);
  EXPECT_EQ(balance.available_failure->reason, reason);
  EXPECT_EQ(balance.available_failure->message, message);
}

TEST(BaiduBalance, IsTheCashAloneIfTheQuotaFailsAndSaysSo) {
  Talk talk("me");
  talk.ask();
  talk.ask();
  EXPECT_FALSE(talk.response("cash_balance", kCash));
  talk.fail("credit_quota", 500, "InternalError");
  EXPECT_FALSE(talk.credit_refused());
  expect_cash_only(talk, Reason::kServer,
                   "the cash balance was read, the credit quota was not: the service failed "
                   "(HTTP 500, InternalError)");
}

TEST(BaiduBalance, IsTheCashAloneIfTheBillThatTellsTheIdFailsAndSaysSo) {
  Talk talk("");
  talk.ask();
  talk.ask();
  EXPECT_EQ(talk.last().subject, "the account's id, from the postpay bill of 2026-11");
  talk.fail("resource_month_bill", 500, "InternalError");
  EXPECT_FALSE(talk->finished()) << "the cash may still come";
  EXPECT_FALSE(talk.response("cash_balance", kCash));
  expect_cash_only(talk, Reason::kServer,
                   "the cash balance was read, the credit quota was not: the service failed "
                   "(HTTP 500, InternalError)");
}

TEST(BaiduBalance, OfAnAccountThatHasNoQuotaToAskForIsTheCash) {
  Talk talk("me");
  talk.ask();
  talk.ask();
  EXPECT_FALSE(talk.response("cash_balance", kCash));
  talk.fail("credit_quota", 400, "InvalidHTTPRequest");
  ASSERT_TRUE(talk->finished());
  EXPECT_FALSE(talk->failure());
  EXPECT_TRUE(talk.credit_refused());
}

TEST(BaiduBalance, IsTheCashAloneIfAQuotaReadBeforeIsRefusedAndSaysSo) {
  Talk talk("me", true);
  talk.ask();
  talk.ask();
  EXPECT_FALSE(talk.response("cash_balance", kCash));
  talk.fail("credit_quota", 400, "InvalidHTTPRequest");
  EXPECT_FALSE(talk.credit_refused());
  expect_cash_only(talk, Reason::kRequest,
                   "the cash balance was read, the credit quota was not: the request is refused "
                   "(HTTP 400, InvalidHTTPRequest)");
}

TEST(BaiduBalance, IsTheCashAloneIfAKeyMayNoLongerReadTheQuotaAndSaysSo) {
  Talk talk("me", true);
  talk.ask();
  talk.ask();
  EXPECT_FALSE(talk.response("cash_balance", kCash));
  talk.fail("credit_quota", 403, "AccessDenied");
  EXPECT_FALSE(talk.credit_refused()) << "it is asked for at the next poll";
  expect_cash_only(talk, Reason::kPermission,
                   "the cash balance was read, the credit quota was not: the key may not read "
                   "this: grant the policy FCReadAccessPolicy, and check sub_accounts (HTTP 403, "
                   "AccessDenied)");
}

TEST(BaiduBalance, FailsWhereTheCashMayNotBeRead) {
  Talk talk("me");
  talk.ask();
  talk.fail("cash_balance", 403, "AccessDenied");
  ASSERT_TRUE(talk->finished());
  ASSERT_TRUE(talk->failure());
  EXPECT_EQ(talk->failure()->reason, Reason::kPermission);
  EXPECT_EQ(talk.ask(), "");
}

TEST(BaiduBalance, BeyondTheRangeIsTheCashAlone) {
  Talk talk("me");
  talk.ask();
  talk.ask();
  EXPECT_FALSE(talk.response("cash_balance", R"({"cashBalance":1.7e20})"));
  EXPECT_TRUE(talk.response("credit_quota",
                            R"({"result":[{"accountId":"me","quota":1,"remainQuota":1.7e20}]})"));
  ASSERT_TRUE(talk->finished());
  ASSERT_FALSE(talk->failure());
  const Balance balance = talk->take_result();
  EXPECT_EQ(balance.cash.to_decimal(), "170000000000000000000");
  EXPECT_FALSE(balance.available);
  EXPECT_FALSE(balance.credit_limit);
  EXPECT_EQ(balance.available_failure->reason, Reason::kDecode);
}

}  // namespace
}  // namespace cloud_billing::baidu
