#include "volcengine/access.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "volcengine/provider.h"

namespace cloud_billing::volcengine {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

constexpr UtcSeconds kAskedAt{std::chrono::seconds(1795406400)};  // 2026-11-23T04:00:00Z

class AccessTest : public testing::Test {
 protected:
  AccessTest() {
    account_.collectors = {Collector::kBalance, Collector::kBills, Collector::kOrders};
    account_.currency = "CNY";
  }

  std::vector<AccessQuestion> ask(std::chrono::hours window = std::chrono::hours(24 * 30)) const {
    return provider().ask_access(account_, {kAskedAt, window});
  }

  // The fact, or the failure's reason.
  std::string read(std::size_t question, const std::string& result) const {
    HttpResponse response{200, {}, R"({"ResponseMetadata":{},"Result":)" + result + "}"};
    const auto fact = ask()[question].read(response, "");
    return fact ? fact->text : std::string(reason_name(fact.error().reason));
  }

  AccountConfig account_;
};

TEST_F(AccessTest, AsksInTheCollectorsOrder) {
  std::vector<std::string> labels;
  for (const AccessQuestion& question : ask()) {
    labels.emplace_back(question.operation->label);
    if (question.dispensable) labels.back() += " (dispensable)";
  }
  EXPECT_THAT(labels, ElementsAre("QueryBalanceAcct", "ListBillDetail",
                                  "ListBillOverviewByProd (dispensable)", "ListOrders"));
  account_.collectors = {Collector::kBalance};
  EXPECT_EQ(ask().size(), 1U);
}

TEST_F(AccessTest, WithTheHistoryTheOverviewIsNeeded) {
  account_.collectors = {Collector::kHistory};
  const auto questions = ask();
  ASSERT_EQ(questions.size(), 1U);
  EXPECT_EQ(questions[0].operation->label, "ListBillOverviewByProd");
  EXPECT_FALSE(questions[0].dispensable);
  EXPECT_THAT(std::string(questions[0].if_refused.what),
              HasSubstr("billing:ListBillOverviewByProd"));
  account_.collectors = {Collector::kBills, Collector::kHistory};
  EXPECT_EQ(ask().size(), 2U);
  EXPECT_FALSE(ask()[1].dispensable);
}

TEST_F(AccessTest, OfTheAmortizationAsksForItsBill) {
  account_.collectors = {Collector::kAmortization};
  const auto questions = ask();
  ASSERT_EQ(questions.size(), 1U);
  EXPECT_EQ(questions[0].operation->label, "ListAmortizedCostBillMonthly");
  EXPECT_FALSE(questions[0].dispensable);
  const auto body = nlohmann::json::parse(questions[0].request("").body);
  EXPECT_EQ(body["AmortizedMonth"], "2026-11");
  EXPECT_EQ(body["Limit"], 1);
  EXPECT_EQ(read(0, R"({"Total":700,"List":[{"NowAmortizedPayableAmount":"1"}]})"),
            "700 rows in the amortised bill of 2026-11");
  const std::string what(questions[0].if_refused.what);
  EXPECT_THAT(what, HasSubstr("billing:ListAmortizedCostBillMonthly"));
  EXPECT_THAT(what, HasSubstr("BillingCenterReadOnlyAccess"));
}

TEST_F(AccessTest, OfTheCouponsTellsHowManyAreEffective) {
  account_.collectors = {Collector::kCoupons};
  const auto questions = ask();
  ASSERT_EQ(questions.size(), 1U);
  EXPECT_EQ(questions[0].operation->label, "ListCoupons");
  EXPECT_FALSE(questions[0].dispensable);
  const auto body = nlohmann::json::parse(questions[0].request("").body);
  EXPECT_EQ(body, (nlohmann::json{{"Limit", 1}, {"Offset", 0}, {"Status", "2"}}));
  const std::string one = R"("List":[{"CouponID":"DT1","Status":2,"RemainingAmount":1}])";
  EXPECT_EQ(read(0, "{\"Total\":12," + one + "}"), "12 effective coupons");
  EXPECT_EQ(read(0, "{" + one + "}"), "at least 1 effective coupon");
  EXPECT_EQ(read(0, R"({"Total":0,"List":[]})"), "0 effective coupons");
  const std::string what(questions[0].if_refused.what);
  EXPECT_THAT(what, HasSubstr("billing:ListCoupons"));
  EXPECT_THAT(what, HasSubstr("BillingCenterReadOnlyAccess"));
}

TEST_F(AccessTest, OfPackagesAndBudgetsAskForOneOfEach) {
  account_.collectors = {Collector::kPackages, Collector::kBudgets};
  const auto questions = ask();
  ASSERT_EQ(questions.size(), 2U);
  EXPECT_EQ(
      nlohmann::json::parse(questions[0].request("").body),
      (nlohmann::json{{"MaxResults", "1"}, {"ResourceType", "Package"}, {"Status", "Effective"}}));
  EXPECT_EQ(nlohmann::json::parse(questions[1].request("").body),
            (nlohmann::json{{"Limit", 1}, {"Offset", 0}}));
  const std::string package = R"({"InstanceNo":"p","Status":"Effective","Product":"TOS"})";
  EXPECT_EQ(read(0, R"({"List":[)" + package + R"(],"NextToken":"more"})"),
            "at least 1 effective package");
  EXPECT_EQ(read(0, R"({"List":[]})"), "no effective package");
  EXPECT_EQ(read(1, R"({"BudgetList":[{"BudgetID":"b","BudgetType":"cost_budget"}],"Total":3})"),
            "3 budgets");
  for (const AccessQuestion& question : questions) {
    EXPECT_FALSE(question.dispensable);
    EXPECT_THAT(std::string(question.if_refused.what),
                HasSubstr("billing:" + std::string(question.operation->label)));
  }
}

TEST_F(AccessTest, OfTheRenewalsAsksForOneInstance) {
  account_.collectors = {Collector::kRenewals};
  const auto questions = ask();
  ASSERT_EQ(questions.size(), 1U);
  EXPECT_EQ(nlohmann::json::parse(questions[0].request("").body).at("MaxResults"), 1);
  const std::string instance = R"({"InstanceID":"i","Product":"ECS","RenewType":"AutoRenewal"})";
  EXPECT_EQ(read(0, R"({"InstanceList":[)" + instance + R"(],"NextToken":"more"})"),
            "at least 1 instance that ends within 90 days");
  EXPECT_EQ(read(0, R"({"InstanceList":[]})"), "no instance that ends within 90 days");
  EXPECT_FALSE(questions[0].dispensable);
  const std::string what(questions[0].if_refused.what);
  EXPECT_THAT(what, HasSubstr("billing:ListAvailableInstances"));
  EXPECT_THAT(what, HasSubstr("BillingCenterReadOnlyAccess"));
}

TEST_F(AccessTest, RequestsAreTheSmallestThatThereAre) {
  const auto questions = ask();
  for (const std::size_t paged : {1U, 2U}) {
    const auto body = nlohmann::json::parse(questions[paged].request("").body);
    EXPECT_EQ(body["Limit"], 1);
    EXPECT_EQ(body["Offset"], 0);
    EXPECT_EQ(body["BillPeriod"], "2026-11");
  }
  EXPECT_EQ(nlohmann::json::parse(questions[3].request("").body)["MaxResults"], 1);
}

TEST_F(AccessTest, AWindowOfOrdersIsNoLongerThanTheApiTakes) {
  const auto body = nlohmann::json::parse(ask(std::chrono::hours(24 * 90))[3].request("").body);
  EXPECT_EQ(body["CreateTimeStart"], "2026-10-23T04:00:00Z");
  EXPECT_EQ(body["CreateTimeEnd"], "2026-11-23T04:00:00Z");
}

TEST_F(AccessTest, TellsOneFactOfEachOperation) {
  EXPECT_EQ(read(0, R"({"AvailableBalance":"77.01","CashBalance":"70.00"})"),
            "77.01 CNY available");
  EXPECT_EQ(read(0, R"({"AvailableBalance":"5","CashBalance":"5","Currency":"USD"})"),
            "5 USD available");
  EXPECT_EQ(read(1, R"({"Total":0,"List":[]})"), "0 rows in the bill of 2026-11");
  EXPECT_EQ(read(2, R"({"Total":1,"List":[{"PayableAmount":"1"}]})"),
            "1 total by product in 2026-11");
  EXPECT_EQ(read(3, R"({"OrderInfos":[],"NextToken":""})"), "no order in 30 days");
}

TEST_F(AccessTest, RefusalsNameThePolicyAndTheConsoleInBothLanguages) {
  for (const AccessQuestion& question : ask()) {
    const std::string what(question.if_refused.what);
    EXPECT_THAT(what, HasSubstr("billing:" + std::string(question.operation->label)));
    if (question.dispensable) continue;
    EXPECT_THAT(what, HasSubstr("BillingCenterReadOnlyAccess"));
    EXPECT_THAT(std::string(question.if_refused.where), HasSubstr("Permissions"));
    EXPECT_THAT(std::string(question.if_refused.where), HasSubstr("访问控制 > 用户 > 权限"));
  }
}

}  // namespace
}  // namespace cloud_billing::volcengine
