#include "baidu/product_costs.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "baidu/operations.h"
#include "tests/providers/answer.h"

namespace cloud_billing::baidu::product_costs_test {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Pair;

constexpr Days kMarch{std::chrono::year(2026) / 3 / 1, std::chrono::year(2026) / 3 / 31};

Amount amount(std::string_view text) { return Amount::parse(text).value(); }

std::string product(std::string_view service, std::string_view cost) {
  return R"({"serviceType":")" + std::string(service) + R"(","financePrice":)" + std::string(cost) +
         "}";
}

std::string summary(std::string_view total, const std::vector<std::string>& items,
                    std::string_view member = "/") {
  std::string body = R"({"accountId":"me","subAccountId":")" + std::string(member) +
                     R"(","data":{"financePrice":)" + std::string(total) + R"(,"items":[)";
  for (std::size_t i = 0; i < items.size(); ++i) body += (i == 0 ? "" : ",") + items[i];
  return body + "]}}";
}

class Talk {
 public:
  explicit Talk(std::vector<std::string> sub_accounts = {}) {
    account_.settings.set("sub_accounts", std::move(sub_accounts));
    conversation_ = read_product_costs(account_, kMarch, "2026-03");
  }

  // "prepay", "postpay sub-1"
  std::vector<std::string> ask_all() {
    std::vector<std::string> asked;
    while (const auto pending = conversation_->next()) {
      EXPECT_EQ(pending->request.operation, &kMonthSummary);
      std::map<std::string, std::string> query;
      for (const QueryParameter& part : pending->request.query) query[part.name] = part.value;
      EXPECT_EQ(query["billMonth"], "2026-03");
      EXPECT_EQ(query["startDay"], "2026-03-01");
      EXPECT_EQ(query["endDay"], "2026-03-31");
      std::string words = query["productType"];
      if (query.contains("queryAccountId")) words += " " + query["queryAccountId"];
      replies_[words] = pending->reply;
      subjects_.push_back(pending->request.subject);
      asked.push_back(std::move(words));
    }
    return asked;
  }
  std::optional<Failure> response(const std::string& words, std::string body) {
    return answer(*replies_.at(words), {200, {}, std::move(body)});
  }
  const std::vector<std::string>& subjects() const { return subjects_; }
  Conversation<ServiceCosts>* operator->() { return conversation_.get(); }

 private:
  AccountConfig account_;
  std::unique_ptr<Conversation<ServiceCosts>> conversation_;
  std::map<std::string, std::shared_ptr<Reply>> replies_;
  std::vector<std::string> subjects_;
};

TEST(BaiduProducts, AreThoseOfBothProductTypesAndAllBilledAccountsByServiceAndMode) {
  Talk talk({"sub-1"});
  EXPECT_THAT(talk.ask_all(), ElementsAre("prepay", "postpay", "prepay sub-1", "postpay sub-1"));
  EXPECT_EQ(talk.subjects()[0], "prepay month summary of 2026-03");
  EXPECT_EQ(talk.subjects()[3], "postpay month summary of 2026-03 of sub-account sub-1");
  EXPECT_FALSE(talk.response("prepay", summary("7", {product("BCC", "7")})));
  EXPECT_FALSE(
      talk.response("postpay", summary("5.1", {product("BCC", "0.1"), product("SCS", "5")})));
  EXPECT_FALSE(talk.response("prepay sub-1", summary("0", {})));
  EXPECT_FALSE(talk->finished());
  // Asked for by the master, a member's own bill is not masked.
  EXPECT_FALSE(talk.response("postpay sub-1", summary("0.2", {product("BCC", "0.2")}, "sub-1")));
  ASSERT_TRUE(talk->finished());
  ASSERT_FALSE(talk->failure());
  const ServiceCosts costs = talk->take_result();
  EXPECT_EQ(costs.account_id, "me");
  EXPECT_THAT(costs.billed_costs,
              ElementsAre(Pair(DayCostKey{"CNY", "BCC", "postpaid"}, amount("0.3")),
                          Pair(DayCostKey{"CNY", "BCC", "prepaid"}, amount("7")),
                          Pair(DayCostKey{"CNY", "SCS", "postpaid"}, amount("5"))));
}

TEST(BaiduProducts, MayBeNone) {
  Talk talk;
  EXPECT_THAT(talk.ask_all(), ElementsAre("prepay", "postpay"));
  EXPECT_FALSE(talk.response("prepay", summary("0", {})));
  EXPECT_FALSE(talk.response("postpay", summary("0", {})));
  ASSERT_TRUE(talk->finished());
  EXPECT_THAT(talk->take_result().billed_costs, IsEmpty());
}

TEST(BaiduProducts, OfAMemberThatAsksForItselfAreMaskedNotZero) {
  Talk talk;
  talk.ask_all();
  const auto failure = talk.response("postpay", summary("0", {}, "me"));
  ASSERT_TRUE(failure);
  EXPECT_EQ(failure->reason, Reason::kPermission);
  EXPECT_THAT(failure->message, HasSubstr("sub_accounts"));
  EXPECT_TRUE(talk->failure());
}

TEST(BaiduProducts, ThatAreCutShortAreNotCounted) {
  Talk talk;
  talk.ask_all();
  EXPECT_FALSE(talk.response("prepay", summary("1", {product("BCC", "1")})));
  const auto failure = talk.response("postpay", summary("9", {product("BCC", "1")}));
  ASSERT_TRUE(failure);
  EXPECT_EQ(failure->reason, Reason::kInconsistent);
  EXPECT_TRUE(talk->failure());
}

TEST(BaiduProducts, WhoseSumIsBeyondTheRangeFail) {
  Talk talk({"sub-1"});
  talk.ask_all();
  for (const char* one : {"prepay", "postpay", "prepay sub-1", "postpay sub-1"}) {
    EXPECT_FALSE(talk.response(one, summary("1.7e20", {product("BCC", "1.7e20")})));
  }
  ASSERT_TRUE(talk->failure());
  EXPECT_EQ(talk->failure()->reason, Reason::kDecode);
}

}  // namespace
}  // namespace cloud_billing::baidu::product_costs_test
