#include "baidu/sub_account_cash.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "baidu/operations.h"
#include "baidu/provider.h"
#include "tests/providers/answer.h"

namespace cloud_billing::baidu::sub_account_cash_test {
namespace {

using testing::HasSubstr;

constexpr UtcSeconds kNow{std::chrono::seconds(1795406400)};  // 2026-11-23T04:00:00Z

// "b1=12.5 b2=-3", then the failure.
std::string text_of(const SubAccountCash& cash) {
  std::string text;
  for (const auto& [id, amount] : cash.balances) {
    text += (text.empty() ? "" : " ") + id + "=" + amount.to_decimal();
  }
  if (cash.failure) {
    text += (text.empty() ? "" : " ") + std::string(reason_name(cash.failure->reason)) + ": " +
            cash.failure->message;
  }
  return text;
}

// What is read for the sub-accounts b1 and b2.
std::string cash_of(std::string_view body) {
  const std::vector<std::string> ids{"b1", "b2"};
  HttpResponse response{200, {}, std::string(body)};
  const auto cash = read_sub_account_cash(response, ids);
  if (cash) return text_of(*cash);
  return std::string(reason_name(cash.error().reason)) + ": " + cash.error().message;
}

TEST(SubAccountCash, IsReadExactlyAndMayBeNegative) {
  EXPECT_EQ(cash_of(R"({"result":[{"accountId":"b1","accountType":"SUB_ACCOUNT","loginName":"one",)"
                    R"("ouName":"","comment":"","cashBalance":1234567890123.123456789012345678},)"
                    R"({"accountId":"b2","cashBalance":"-3.0000"}]})"),
            "b1=1234567890123.123456789012345678 b2=-3");
  EXPECT_EQ(cash_of(R"({"result":[{"accountId":"b1","cashBalance":0}]})"), "b1=0");
}

TEST(SubAccountCash, OfAccountsThatNobodyAskedForIsPassedOver) {
  EXPECT_EQ(cash_of(R"({"result":[{"accountId":"master","accountType":"MASTER_ACCOUNT",)"
                    R"("cashBalance":9},{"accountId":"b2","cashBalance":2},)"
                    R"({"accountId":"b3","cashBalance":"unreadable"}]})"),
            "b2=2");
}

TEST(SubAccountCash, MayBeToldOfNone) {
  EXPECT_EQ(cash_of(R"({"result":[]})"), "");
  EXPECT_EQ(cash_of(R"({"result":null})"), "");
}

TEST(SubAccountCash, ThatCannotBeReadIsLeftOutNamedAndNever0) {
  const std::string good = R"({"result":[{"accountId":"b2","cashBalance":2},{"accountId":"b1")";
  const std::string said =
      "b2=2 decode: cash of the sub-accounts: the answer is not understood: cashBalance of "
      "sub-account b1: ";
  EXPECT_EQ(cash_of(good + R"(,"cashBalance":"abc"}]})"), said + "not a decimal number");
  EXPECT_EQ(cash_of(good + R"(,"cashBalance":true}]})"), said + "not an amount");
  EXPECT_EQ(cash_of(good + R"(,"cashBalance":{"yuan":1}}]})"), said + "not an amount");
  EXPECT_EQ(cash_of(good + R"(,"cashBalance":1e30}]})"), said + "too large");
  EXPECT_EQ(cash_of(good + R"(,"cashBalance":null}]})"), said + "no amount");
  EXPECT_EQ(cash_of(good + R"(,"cashBalance":"/"}]})"), said + "no amount");
  EXPECT_EQ(cash_of(good + "}]}"), said + "no amount");
  EXPECT_THAT(cash_of(R"({"result":[{"accountId":"b1"},{"accountId":"b2"}]})"),
              HasSubstr("sub-account b1: no amount (and of 1 more)"));
}

TEST(SubAccountCash, ThatIsToldTwiceHasToBeTheSame) {
  EXPECT_EQ(cash_of(R"({"result":[{"accountId":"b1","cashBalance":2.50},)"
                    R"({"accountId":"b1","cashBalance":2.5}]})"),
            "b1=2.5");
  EXPECT_EQ(cash_of(R"({"result":[{"accountId":"b1","cashBalance":2},)"
                    R"({"accountId":"b1","cashBalance":3},{"accountId":"b1","cashBalance":3}]})"),
            "decode: cash of the sub-accounts: the answer is not understood: cashBalance of "
            "sub-account b1: told twice, differently");
}

TEST(SubAccountCash, InAnAnswerThatIsNotUnderstoodIsRefused) {
  EXPECT_EQ(cash_of("{}"), "decode: the answer is not understood: no result");
  EXPECT_EQ(cash_of(R"({"result":{}})"),
            "decode: the answer is not understood: result: not a list");
  EXPECT_EQ(cash_of(R"({"result":[5]})"),
            "decode: the answer is not understood: result: not a JSON object");
  EXPECT_EQ(cash_of(R"({"result":[{"cashBalance":5}]})"),
            "decode: the answer is not understood: result: a row without accountId");
  EXPECT_THAT(cash_of(R"({"result":[{"accountId":"b1","cashBalance":5},{"accountId":"b2","cashB)"),
              testing::StartsWith("decode: "))
      << "cut short";
  EXPECT_TRUE(cash_of("<html>").starts_with("transport: "));
  EXPECT_TRUE(cash_of(R"({"code":"AccessDenied","result":[]})").starts_with("permission: "));
  EXPECT_TRUE(cash_of(R"({"code":"InternalError","result":[{"accountId":"b1","cashBalance":5}]})")
                  .starts_with("server: "));
}

// The question of an account with these sub-accounts, if there is one.
class Talk {
 public:
  explicit Talk(std::vector<std::string> ids, bool was_told = false,
                std::optional<UtcSeconds> refused_at = std::nullopt) {
    account_.currency = "CNY";
    account_.settings = provider().facts().default_settings();
    account_.settings.set("sub_accounts", std::move(ids));
    if (refused_at) refusals_.note(kSupervisorBalance, *refused_at);
    auto question = provider().ask_sub_account_cash(account_, {kNow, was_told, refusals_});
    if (!question) return;
    conversation_ = std::move(*question).release();
    while (auto pending = conversation_->next()) requests_.push_back(*std::move(pending));
  }

  // What each request asks for.
  std::vector<nlohmann::json> bodies() const {
    std::vector<nlohmann::json> bodies;
    for (const PendingRequest& pending : requests_) {
      EXPECT_EQ(pending.request.operation, &kSupervisorBalance);
      bodies.push_back(nlohmann::json::parse(pending.request.body));
    }
    return bodies;
  }
  std::optional<Failure> response(std::size_t request, std::string body) {
    return answer(*requests_.at(request).reply, {200, {}, std::move(body)});
  }
  void fail(int status, std::string_view code) {
    HttpResponse response{status, {}, R"({"code":")" + std::string(code) + R"("})"};
    requests_.at(0).reply->fail(provider().classify_error(response));
  }
  // What it ended in.
  std::string result() {
    if (!conversation_ || !conversation_->finished()) return "not finished";
    if (const auto& failure = conversation_->failure()) {
      return "failed: " + std::string(reason_name(failure->reason));
    }
    const SubAccountCash cash = conversation_->take_result();
    EXPECT_EQ(cash.currency, "CNY");
    return text_of(cash);
  }
  bool refused() const { return refusals_.holds(kSupervisorBalance, kNow); }

 private:
  AccountConfig account_;
  Refusals refusals_;
  std::unique_ptr<Conversation<SubAccountCash>> conversation_;
  std::vector<PendingRequest> requests_;
};

using Bodies = std::vector<nlohmann::json>;

TEST(SubAccountCash, OfAllSubAccountsIsAskedForInOneCall) {
  Talk talk({"b1", "b2"});
  EXPECT_EQ(talk.bodies(), Bodies{nlohmann::json::parse(R"({"accountIds":["b1","b2"]})")});
  EXPECT_FALSE(talk.response(0, R"({"result":[{"accountId":"b2","cashBalance":2}]})"));
  EXPECT_EQ(talk.result(), "b2=2");
  EXPECT_FALSE(talk.refused());
}

TEST(SubAccountCash, IsNotAskedForWithoutSubAccounts) { EXPECT_EQ(Talk({}).bodies(), Bodies{}); }

TEST(SubAccountCash, OfMoreThanAThousandIsAskedForInSeveralCalls) {
  std::vector<std::string> ids;
  for (int i = 0; i < 2500; ++i) ids.push_back("b" + std::to_string(10000 + i));
  Talk talk(ids);
  const Bodies bodies = talk.bodies();
  ASSERT_EQ(bodies.size(), 3U);
  std::vector<std::string> asked;
  for (const nlohmann::json& body : bodies) {
    EXPECT_LE(body.at("accountIds").size(), 1000U);
    for (const auto& id : body.at("accountIds")) asked.push_back(id);
  }
  EXPECT_EQ(asked, ids);
  std::string expected;
  std::string all = R"({"result":[)";  // each response tells all of them
  for (const std::string& id : ids) {
    all += (all.back() == '[' ? "" : ",") + std::string(R"({"accountId":")") + id +
           R"(","cashBalance":)" + id.substr(1) + ".25}";
    expected += (expected.empty() ? "" : " ") + id + "=" + id.substr(1) + ".25";
  }
  all += "]}";
  for (std::size_t request = 0; request < 3; ++request) {
    EXPECT_EQ(talk.result(), "not finished");
    EXPECT_FALSE(talk.response(request, all));
  }
  EXPECT_EQ(talk.result(), expected);
}

TEST(SubAccountCash, OfAKeyThatMayNotReadItIsNoneAndNoFailure) {
  for (const bool was_told : {false, true}) {
    Talk talk({"b1"}, was_told);
    talk.fail(403, "AccessDenied");
    EXPECT_EQ(talk.result(), "");
    EXPECT_TRUE(talk.refused());
  }
}

TEST(SubAccountCash, IsAskedForAgainADayAfterItWasRefused) {
  EXPECT_EQ(Talk({"b1"}, false, kNow - std::chrono::hours(23)).bodies(), Bodies{});
  EXPECT_EQ(Talk({"b1"}, false, kNow - std::chrono::hours(24)).bodies().size(), 1U);
}

TEST(SubAccountCash, OfAnAccountThatHasNoneToAskForIsNone) {
  Talk talk({"b1"});
  talk.fail(400, "InvalidHTTPRequest");
  EXPECT_EQ(talk.result(), "");
  EXPECT_TRUE(talk.refused());
}

TEST(SubAccountCash, ThatWasToldBeforeAndIsRefusedForAnotherReasonThanPermissionFails) {
  Talk talk({"b1"}, true);
  talk.fail(400, "InvalidHTTPRequest");
  EXPECT_EQ(talk.result(), "failed: request");
  EXPECT_FALSE(talk.refused());
}

TEST(SubAccountCash, ThatCannotBeHadNowFailsAndIsAskedForAtTheNextPoll) {
  Talk throttled({"b1"});
  throttled.fail(429, "RequestLimitExceeded");
  EXPECT_EQ(throttled.result(), "failed: throttled");
  EXPECT_FALSE(throttled.refused());
  Talk broken({"b1"});
  broken.fail(500, "InternalError");
  EXPECT_EQ(broken.result(), "failed: server");
  Talk truncated({"b1"});
  EXPECT_TRUE(truncated.response(0, R"({"result":[{"accountId":"b1","cashBalance":1)"));
  EXPECT_EQ(truncated.result(), "failed: decode");
  EXPECT_FALSE(truncated.refused());
}

}  // namespace
}  // namespace cloud_billing::baidu::sub_account_cash_test
