#include "baidu/access.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "baidu/provider.h"

namespace cloud_billing::baidu {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

constexpr UtcSeconds kAskedAt{std::chrono::seconds(1795406400)};   // 2026-11-23T04:00:00Z
constexpr UtcSeconds kFirstDay{std::chrono::seconds(1793581200)};  // 2026-11-02T01:00:00Z

class AccessTest : public testing::Test {
 protected:
  AccessTest() {
    account_.collectors = {Collector::kBalance, Collector::kBills, Collector::kOrders};
    account_.currency = "CNY";
    account_.settings = provider().facts().default_settings();
  }

  std::vector<AccessQuestion> ask(UtcSeconds now = kAskedAt) const {
    return provider().ask_access(account_, {now, std::chrono::hours(24 * 30)});
  }

  static std::vector<std::string> labels(const std::vector<AccessQuestion>& questions) {
    std::vector<std::string> labels;
    for (const AccessQuestion& question : questions) {
      labels.emplace_back(question.operation->label);
      if (!question.sub_account.empty()) labels.back() += " of " + question.sub_account;
      if (question.dispensable) labels.back() += " (dispensable)";
    }
    return labels;
  }

  // The fact, or the failure's reason and code.
  std::string read(std::string_view label, std::string body, UtcSeconds now = kAskedAt) const {
    for (const AccessQuestion& question : ask(now)) {
      if (question.operation->label != label) continue;
      HttpResponse response{200, {}, std::move(body)};
      const auto fact = question.read(response, "5a1");
      if (fact) return fact->text + (fact->account_id.empty() ? "" : " @" + fact->account_id);
      return std::string(reason_name(fact.error().reason)) + ": " + fact.error().message;
    }
    return "not asked";
  }

  AccountConfig account_;
};

TEST_F(AccessTest, AsksInTheCollectorsOrderAndForTheQuotaAfterTheBill) {
  EXPECT_THAT(labels(ask()),
              ElementsAre("cash_balance", "resource_month_bill", "credit_quota (dispensable)",
                          "month_summary (dispensable)", "order_list"));
  account_.collectors = {Collector::kBills};
  EXPECT_THAT(labels(ask()), ElementsAre("resource_month_bill", "month_summary (dispensable)"));
  account_.collectors = {Collector::kOrders};
  EXPECT_THAT(labels(ask()), ElementsAre("order_list"));
}

TEST_F(AccessTest, WithTheHistoryTheMonthSummaryIsNeeded) {
  account_.collectors = {Collector::kBills, Collector::kHistory};
  EXPECT_THAT(labels(ask()), ElementsAre("resource_month_bill", "month_summary"));
  EXPECT_EQ(
      read("month_summary", R"({"data":{"financePrice":1.5,"items":[{"financePrice":1.5}]}})"),
      "22 days of 2026-11 covered");
  EXPECT_THAT(read("month_summary", R"({"subAccountId":"5b1","data":{"financePrice":0}})"),
              testing::StartsWith("permission: "));
  account_.settings.set("sub_accounts", std::vector<std::string>{"5b1"});
  account_.collectors = {Collector::kHistory};
  const auto questions = ask();
  EXPECT_THAT(labels(questions), ElementsAre("month_summary", "month_summary of 5b1"));
  EXPECT_THAT(questions[1].request("").query,
              testing::Contains(QueryParameter{"queryAccountId", "5b1"}));
  EXPECT_THAT(std::string(questions[0].if_refused.what), HasSubstr("FCReadAccessPolicy"));
}

TEST_F(AccessTest, OfTheAmortizationAsksForItsBill) {
  account_.settings.set("sub_accounts", std::vector<std::string>{"5b1"});
  account_.collectors = {Collector::kAmortization};
  const auto questions = ask();
  EXPECT_THAT(labels(questions), ElementsAre("share_bill", "share_bill of 5b1"));
  EXPECT_THAT(questions[0].request("").query, testing::Contains(QueryParameter{"pageSize", "1"}));
  EXPECT_THAT(questions[1].request("").query,
              testing::Contains(QueryParameter{"queryAccountId", "5b1"}));
  EXPECT_THAT(std::string(questions[0].if_refused.what), HasSubstr("FCFullControlPolicy"));
  EXPECT_THAT(std::string(questions[0].if_refused.what), HasSubstr("FCDenyOrderPayPolicy"));
  account_.settings.set("sub_accounts", std::vector<std::string>{});
  EXPECT_EQ(read("share_bill", R"({"totalCount":7,"bills":[{"shareFinancePrice":1}]})"),
            "7 rows in the amortised postpaid bill of 2026-11");
  EXPECT_THAT(read("share_bill", R"({"subAccountId":"5b1","bills":[]})"),
              testing::StartsWith("permission: "));
}

TEST_F(AccessTest, OfTheRenewalsAsksForAServiceAndWithoutBillsForThePrepaidOnes) {
  account_.collectors = {Collector::kBills, Collector::kRenewals};
  EXPECT_THAT(labels(ask()), ElementsAre("resource_month_bill", "month_summary (dispensable)",
                                         "renew_resource_list"));
  account_.collectors = {Collector::kRenewals};
  EXPECT_THAT(labels(ask()), ElementsAre("month_summary", "renew_resource_list"));
  EXPECT_EQ(
      nlohmann::json::parse(ask()[1].request("").body),
      nlohmann::json::parse(R"({"serviceType":"BCC","expiredDays":90,"pageNo":1,"pageSize":1})"));
  account_.settings.set("renewal_services", std::vector<std::string>{"CDS"});
  account_.settings.set("sub_accounts", std::vector<std::string>{"5b1"});
  const auto questions = ask();
  EXPECT_THAT(labels(questions), ElementsAre("month_summary (dispensable)", "renew_resource_list",
                                             "renew_resource_list of 5b1"));
  EXPECT_THAT(questions[1].request("").body, HasSubstr(R"("serviceType":"CDS")"));
  EXPECT_THAT(questions[2].request("").body, HasSubstr(R"("queryAccountId":"5b1")"));
  EXPECT_THAT(std::string(questions[1].if_refused.what), HasSubstr("FCReadAccessPolicy"));
  EXPECT_EQ(read("renew_resource_list", R"({"totalCount":7,"resources":[]})"),
            "7 resources of CDS within 90 days");
}

TEST_F(AccessTest, WithoutBillsTheBillOnlyTellsTheAccountId) {
  account_.collectors = {Collector::kBalance};
  EXPECT_THAT(labels(ask()), ElementsAre("cash_balance", "resource_month_bill (dispensable)",
                                         "credit_quota (dispensable)"));
}

TEST_F(AccessTest, EachSubAccountHasOneLineAfterTheOwnOnes) {
  account_.settings.set("sub_accounts", std::vector<std::string>{"5b1", "5b2"});
  account_.collectors = {Collector::kBills, Collector::kOrders};
  EXPECT_THAT(labels(ask()),
              ElementsAre("resource_month_bill", "month_summary (dispensable)", "order_list",
                          "resource_month_bill of 5b1", "resource_month_bill of 5b2"));
  const auto questions = ask();
  EXPECT_THAT(questions[3].request("").query,
              testing::Contains(QueryParameter{"queryAccountId", "5b1"}));
  account_.collectors = {Collector::kOrders};
  EXPECT_THAT(labels(ask()), ElementsAre("order_list", "order_list of 5b1", "order_list of 5b2"));
  account_.collectors = {Collector::kBalance};
  EXPECT_THAT(labels(ask()),
              ElementsAre("cash_balance", "resource_month_bill (dispensable)",
                          "credit_quota (dispensable)", "supervisor_balance (dispensable)"))
      << "one line tells of all";
}

TEST_F(AccessTest, OfTheSubAccountsCashTellsHowManyHaveIt) {
  EXPECT_EQ(read("supervisor_balance", R"({"result":[]})"), "not asked");
  account_.settings.set("sub_accounts", std::vector<std::string>{"5b1", "5b2"});
  EXPECT_EQ(read("supervisor_balance", R"({"result":[{"accountId":"5b2","cashBalance":3},)"
                                       R"({"accountId":"5b9","cashBalance":3}]})"),
            "cash of 1 of 2 sub-accounts");
  EXPECT_THAT(
      read("supervisor_balance", R"({"result":[{"accountId":"5b1","cashBalance":"much"}]})"),
      testing::StartsWith("decode: "));
  for (const AccessQuestion& question : ask()) {
    if (question.operation->label != "supervisor_balance") continue;
    EXPECT_EQ(question.request("").body, R"({"accountIds":["5b1","5b2"]})");
    EXPECT_THAT(std::string(question.if_refused.what), HasSubstr("FCReadAccessPolicy"));
    EXPECT_THAT(std::string(question.if_refused.what), HasSubstr("财务圈"));
  }
}

TEST_F(AccessTest, RequestsAreTheSmallestThatThereAre) {
  const auto questions = ask();
  EXPECT_THAT(questions[1].request("").query, testing::Contains(QueryParameter{"pageSize", "1"}));
  EXPECT_THAT(questions[4].request("").body, HasSubstr("\"pageSize\":1,"));
  EXPECT_THAT(questions[2].request("5a1").body, HasSubstr("5a1"));
}

TEST_F(AccessTest, TellsOneFactOfEachOperation) {
  EXPECT_EQ(read("cash_balance", R"({"cashBalance":850.0000})"), "850 CNY cash");
  EXPECT_EQ(
      read("resource_month_bill",
           R"({"accountId":"5a1","subAccountId":"/","pageNo":1,"pageSize":1,"totalCount":700,)"
           R"("bills":[{"serviceType":"BCC","financePrice":1,"originPrice":2}]})"),
      "700 rows in the postpaid bill of 2026-11 @5a1");
  EXPECT_EQ(read("credit_quota",
                 R"({"result":[{"accountId":"5a1","quota":10000,"remainQuota":8000.5}]})"),
            "8000.5 of 10000 CNY of credit left");
  EXPECT_EQ(read("credit_quota", R"({"result":[]})"), "no credit quota in effect");
  EXPECT_EQ(read("month_summary", R"({"data":{"financePrice":12.5}})"),
            "22 days of 2026-11 covered");
  EXPECT_EQ(read("order_list", R"({"pageNo":1,"pageSize":1,"totalCount":1,"orders":[]})"),
            "1 order in 30 days");
}

TEST_F(AccessTest, BeforeAMonthHasACoveredDayTheSummaryIsThatOfThePreviousOne) {
  EXPECT_EQ(read("month_summary", R"({"data":{"financePrice":12.5}})", kFirstDay),
            "31 days of 2026-10 covered");
}

TEST_F(AccessTest, AMembersOwnMaskedBillIsAMissingPermission) {
  EXPECT_THAT(
      read("resource_month_bill",
           R"({"accountId":"5a1","subAccountId":"5b1","totalCount":0,"bills":[]})"),
      testing::AllOf(testing::StartsWith("permission: "), HasSubstr(": poll it from the master")));
}

TEST_F(AccessTest, ARowThatCannotBeReadIsNoAccess) {
  EXPECT_THAT(read("resource_month_bill",
                   R"({"accountId":"5a1","totalCount":1,"bills":[{"financePrice":"much"}]})"),
              testing::StartsWith("decode: the answer is not understood: row 1: financePrice"));
}

TEST_F(AccessTest, RefusalsNameThePolicyAndTheConsoleInBothLanguages) {
  for (const AccessQuestion& question : ask()) {
    if (question.dispensable) continue;
    EXPECT_THAT(std::string(question.if_refused.what), HasSubstr("FCReadAccessPolicy"));
    EXPECT_THAT(std::string(question.if_refused.where), HasSubstr("Sub-users"));
    EXPECT_THAT(std::string(question.if_refused.where), HasSubstr("多用户访问控制"));
  }
}

}  // namespace
}  // namespace cloud_billing::baidu
