#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "tests/providers/answer.h"
#include "volcengine/operations.h"
#include "volcengine/overview.h"
#include "volcengine/provider.h"

namespace cloud_billing::volcengine::product_costs_test {
namespace {

using nlohmann::json;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Pair;

const BillingMonth kMarch(std::chrono::year(2026) / 3);

Amount amount(std::string_view text) { return Amount::parse(text).value(); }

// A row with the fields that the documents and the SDK name (www.volcengine.com/docs/6269/1127843).
json product(const std::string& code, const std::string& mode, const std::string& payable,
             const std::string& currency = "CNY") {
  return {{"BillPeriod", "2026-03"},
          {"PayerID", "3001315456"},
          {"OwnerID", "3001315456"},
          {"Product", code},
          {"ProductZh", "云服务器"},
          {"BusinessMode", "普通模式"},
          {"BillingMode", mode},
          {"BillCategoryParent", "消费"},
          {"CountryRegion", "中国内地"},
          {"OriginalBillAmount", "900.000000"},
          {"DiscountBillAmount", "800.00"},
          {"CouponAmount", "0.00"},
          {"PayableAmount", payable},
          {"Currency", currency}};
}

class Talk {
 public:
  Talk() : conversation_(provider().ask_closed_month(account_, kMarch).release()) {}

  // The body of the next request.
  json ask() {
    const auto pending = conversation_->next();
    if (!pending) return nullptr;
    EXPECT_EQ(pending->request.operation, &kListBillOverviewByProd);
    EXPECT_EQ(pending->request.subject, "overview by product of 2026-03");
    reply_ = pending->reply;
    return json::parse(pending->request.body);
  }
  std::optional<Failure> response(const std::vector<json>& rows, int total) {
    return response({{"List", rows.empty() ? json() : json(rows)}, {"Total", total}});
  }
  std::optional<Failure> response(const json& result) {
    const json body{{"ResponseMetadata", {{"RequestId", "r"}}}, {"Result", result}};
    return answer(*reply_, {200, {}, body.dump()});
  }
  Conversation<ServiceCosts>* operator->() { return conversation_.get(); }

 private:
  AccountConfig account_;
  std::unique_ptr<Conversation<ServiceCosts>> conversation_;
  std::shared_ptr<Reply> reply_;
};

TEST(VolcengineProducts, AreTheRowsOfTheOverviewByCodeModeAndCurrency) {
  Talk talk;
  EXPECT_EQ(talk.ask(),
            (json{{"BillPeriod", "2026-03"}, {"Limit", 300}, {"NeedRecordNum", 1}, {"Offset", 0}}));
  // Modes come as digits or in words.
  EXPECT_FALSE(talk.response({product("ECS", "按量计费", "0.10"), product("ECS", "2", "0.20"),
                              product("ECS", "包年包月", "7.00"), product("TOS", "3", "-5.00"),
                              product("ark_bd", "2", "0.01", "USD")},
                             5));
  ASSERT_TRUE(talk->finished());
  ASSERT_FALSE(talk->failure());
  const ServiceCosts costs = talk->take_result();
  EXPECT_EQ(costs.account_id, "3001315456");
  EXPECT_THAT(costs.billed_costs,
              ElementsAre(Pair(DayCostKey{"CNY", "ECS", "postpaid"}, amount("0.3")),
                          Pair(DayCostKey{"CNY", "ECS", "prepaid"}, amount("7")),
                          Pair(DayCostKey{"CNY", "TOS", "contract"}, amount("-5")),
                          Pair(DayCostKey{"USD", "ark_bd", "postpaid"}, amount("0.01"))));
}

TEST(VolcengineProducts, AreReadPageByPageUpToTheirTotal) {
  Talk talk;
  talk.ask();
  EXPECT_FALSE(talk.response(std::vector<json>(300, product("ECS", "2", "0.01")), 301));
  EXPECT_EQ(talk.ask()["Offset"], 300);
  EXPECT_FALSE(talk.response({product("ECS", "2", "0.01")}, 301));
  ASSERT_TRUE(talk->finished());
  EXPECT_EQ(talk->take_result().billed_costs.at({"CNY", "ECS", "postpaid"}), amount("3.01"));
}

// BytePlus answered so although asked for the total.
TEST(VolcengineProducts, WithoutATotalEndWithAnEmptyPage) {
  Talk talk;
  talk.ask();
  EXPECT_FALSE(talk.response({product("ECS", "2", "1.00")}, -1));
  EXPECT_EQ(talk.ask()["Offset"], 1);
  EXPECT_FALSE(talk.response({}, -1));
  ASSERT_TRUE(talk->finished());
  EXPECT_EQ(talk->take_result().billed_costs.size(), 1U);
}

TEST(VolcengineProducts, MayBeNone) {
  Talk talk;
  talk.ask();
  EXPECT_FALSE(talk.response({}, 0));
  ASSERT_TRUE(talk->finished());
  EXPECT_THAT(talk->take_result().billed_costs, IsEmpty());
}

TEST(VolcengineProducts, WithoutAListAreNotUnderstoodUnlessThereAreNone) {
  Talk none;
  none.ask();
  EXPECT_FALSE(none.response(json{{"Total", 0}}));
  ASSERT_TRUE(none->finished());
  EXPECT_THAT(none->take_result().billed_costs, IsEmpty());
  for (const json& result : {json::object(), json{{"Total", 2}}, json{{"Total", -1}}}) {
    Talk talk;
    talk.ask();
    const auto failure = talk.response(result);
    ASSERT_TRUE(failure) << result;
    EXPECT_EQ(failure->reason, Reason::kDecode) << result;
    EXPECT_EQ(failure->message, "the answer is not understood: no List") << result;
    EXPECT_TRUE(talk->failure()) << result;
  }
}

TEST(VolcengineProducts, FewerThanTheirTotalAreReadOnceMoreAndThenNotCounted) {
  Talk talk;
  for (int reading = 0; reading < 2; ++reading) {
    talk.ask();
    EXPECT_FALSE(talk.response({product("ECS", "2", "1.00")}, 2));
    talk.ask();
    const auto failure = talk.response({}, 2);
    ASSERT_TRUE(failure);
    EXPECT_EQ(failure->reason, Reason::kInconsistent);
    EXPECT_THAT(failure->message, HasSubstr("1 rows instead of 2"));
  }
  EXPECT_TRUE(talk->failure());
}

TEST(VolcengineProducts, WithoutAnAmountAreNotUnderstood) {
  Talk talk;
  talk.ask();
  json row = product("ECS", "2", "1.00");
  row.erase("PayableAmount");
  EXPECT_EQ(talk.response({row}, 1)->reason, Reason::kDecode);
  EXPECT_TRUE(talk->failure());
}

}  // namespace
}  // namespace cloud_billing::volcengine::product_costs_test
