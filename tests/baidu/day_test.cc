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
#include "baidu/provider.h"
#include "tests/providers/answer.h"

namespace cloud_billing::baidu::day_test {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Pair;
using testing::SizeIs;

constexpr BillingDay kDay = std::chrono::year(2026) / 11 / 22;
// The day after, 12:00 in China.
constexpr UtcSeconds kNoon{std::chrono::seconds(1795406400)};

Amount amount(std::string_view text) { return Amount::parse(text).value(); }

std::string row(std::string_view service, std::string_view cost) {
  return R"({"serviceType":")" + std::string(service) +
         R"(","region":"bj","originPrice":99,"financePrice":)" + std::string(cost) + "}";
}

std::string bill(std::string_view page, std::string_view total,
                 const std::vector<std::string>& rows, std::string_view member = "/") {
  std::string body = R"({"accountId":"me","subAccountId":")" + std::string(member) +
                     R"(","pageNo":)" + std::string(page) + R"(,"pageSize":100,"totalCount":)" +
                     std::string(total) + R"(,"bills":[)";
  for (std::size_t i = 0; i < rows.size(); ++i) body += (i == 0 ? "" : ",") + rows[i];
  return body + "]}";
}

class Talk {
 public:
  explicit Talk(std::vector<std::string> sub_accounts = {}) {
    account_.settings.set("sub_accounts", std::move(sub_accounts));
    EXPECT_EQ(provider().newest_complete_day(kNoon), kDay);
    conversation_ = provider().ask_day(account_, {kDay, true}).release();
  }

  // Everything that can be asked for now: "postpay 1", "prepay 2 sub-1".
  std::vector<std::string> ask_all() {
    std::vector<std::string> asked;
    while (const auto pending = conversation_->next()) {
      EXPECT_EQ(pending->request.operation, &kResourceMonthBill);
      std::map<std::string, std::string> query;
      for (const QueryParameter& part : pending->request.query) query[part.name] = part.value;
      EXPECT_EQ(query["beginTime"], "2026-11-22");
      EXPECT_EQ(query["endTime"], "2026-11-22");
      EXPECT_EQ(query["pageSize"], "100");
      EXPECT_EQ(query.count("month"), 0U);
      std::string words = query["productType"] + " " + query["pageNo"];
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
  void fail(const std::string& words, int status, std::string_view code) {
    HttpResponse response{status, {}, R"({"code":")" + std::string(code) + R"("})"};
    replies_.at(words)->fail(provider().classify_error(response));
  }
  const std::vector<std::string>& subjects() const { return subjects_; }
  Conversation<DayCosts>* operator->() { return conversation_.get(); }

 private:
  AccountConfig account_;
  std::unique_ptr<Conversation<DayCosts>> conversation_;
  std::map<std::string, std::shared_ptr<Reply>> replies_;
  std::vector<std::string> subjects_;
};

TEST(BaiduDay, IsThePrepaidAndPostpaidBillOfThatDayByServiceWithSubAccounts) {
  Talk talk({"sub-1"});
  EXPECT_THAT(talk.ask_all(),
              ElementsAre("prepay 1", "postpay 1", "prepay 1 sub-1", "postpay 1 sub-1"));
  EXPECT_EQ(talk.subjects()[3], "page 1 of the postpay bill of 2026-11-22 of sub-account sub-1");
  EXPECT_FALSE(talk.response("prepay 1", bill("1", "1", {row("BCC", "7")})));
  EXPECT_FALSE(talk.response("postpay 1", bill("1", "2", {row("BCC", "0.1"), row("SCS", "5")})));
  EXPECT_FALSE(talk.response("prepay 1 sub-1", bill("1", "0", {})));
  EXPECT_FALSE(talk->finished());
  // Asked for by the master, a member's own bill is not masked.
  EXPECT_FALSE(talk.response("postpay 1 sub-1", bill("1", "1", {row("BCC", "0.2")}, "sub-1")));
  ASSERT_TRUE(talk->finished());
  ASSERT_FALSE(talk->failure());
  EXPECT_THAT(talk.ask_all(), IsEmpty());
  const DayCosts costs = talk->take_result();
  EXPECT_EQ(costs.day, kDay);
  EXPECT_THAT(costs.billed_costs,
              ElementsAre(Pair(DayCostKey{"CNY", "BCC", "postpaid"}, amount("0.3")),
                          Pair(DayCostKey{"CNY", "BCC", "prepaid"}, amount("7")),
                          Pair(DayCostKey{"CNY", "SCS", "postpaid"}, amount("5"))));
}

TEST(BaiduDay, WithoutRowsIsAGoodAnswer) {
  Talk talk;
  talk.ask_all();
  EXPECT_FALSE(talk.response("prepay 1", bill("1", "0", {})));
  EXPECT_FALSE(talk.response("postpay 1", bill("1", "0", {})));
  ASSERT_TRUE(talk->finished());
  EXPECT_THAT(talk->take_result().billed_costs, IsEmpty());
}

TEST(BaiduDay, IsReadPageByPage) {
  Talk talk;
  talk.ask_all();
  EXPECT_FALSE(talk.response("prepay 1", bill("1", "0", {})));
  EXPECT_FALSE(talk.response("postpay 1",
                             bill("1", "101", std::vector<std::string>(100, row("BCC", "0.01")))));
  EXPECT_THAT(talk.ask_all(), ElementsAre("postpay 2"));
  EXPECT_FALSE(talk.response("postpay 2", bill("2", "101", {row("BCC", "0.01")})));
  ASSERT_TRUE(talk->finished());
  EXPECT_EQ(talk->take_result().billed_costs.at({"CNY", "BCC", "postpaid"}), amount("1.01"));
}

TEST(BaiduDay, OfAMemberThatPollsItselfIsMaskedNotZero) {
  Talk talk;
  talk.ask_all();
  const auto failure = talk.response("postpay 1", bill("1", "1", {row("BCC", "0")}, "me"));
  ASSERT_TRUE(failure);
  EXPECT_EQ(failure->reason, Reason::kPermission);
  EXPECT_THAT(failure->message, HasSubstr("sub_accounts"));
  EXPECT_TRUE(talk->failure());
}

TEST(BaiduDay, FailsWhereOneSubAccountIsRefused) {
  Talk talk({"sub-1"});
  talk.ask_all();
  talk.fail("prepay 1 sub-1", 403, "AccessDenied");
  ASSERT_TRUE(talk->finished());
  EXPECT_EQ(talk->failure()->reason, Reason::kPermission);
}

TEST(BaiduDay, WhoseSumIsBeyondTheRangeFails) {
  Talk talk({"sub-1"});
  EXPECT_THAT(talk.ask_all(), SizeIs(4U));
  for (const char* listing : {"prepay 1", "postpay 1", "prepay 1 sub-1", "postpay 1 sub-1"}) {
    EXPECT_FALSE(talk.response(listing, bill("1", "1", {row("BCC", "1.7e20")})));
  }
  ASSERT_TRUE(talk->failure());
  EXPECT_EQ(talk->failure()->reason, Reason::kDecode);
}

// ---- a day before the newest one ----

std::string summary(std::string_view total, std::string_view items) {
  return R"({"accountId":"me","subAccountId":"/","data":{"financePrice":)" + std::string(total) +
         R"(,"items":[)" + std::string(items) + "]}}";
}

std::string item(std::string_view service, std::string_view cost) {
  return R"({"serviceType":")" + std::string(service) + R"(","financePrice":)" + std::string(cost) +
         "}";
}

// Its summaries: by "postpay", "prepay sub-1".
class EarlierDay {
 public:
  explicit EarlierDay(std::vector<std::string> sub_accounts = {}) {
    account_.settings.set("sub_accounts", std::move(sub_accounts));
    conversation_ = provider().ask_day(account_, {std::chrono::year(2026) / 10 / 1}).release();
    while (const auto pending = conversation_->next()) {
      EXPECT_EQ(pending->request.operation, &kMonthSummary);
      std::map<std::string, std::string> query;
      for (const QueryParameter& part : pending->request.query) query[part.name] = part.value;
      EXPECT_EQ(query["startDay"], "2026-10-01");
      EXPECT_EQ(query["endDay"], "2026-10-01");
      std::string words = query["productType"];
      if (query.contains("queryAccountId")) words += " " + query["queryAccountId"];
      asked.push_back(words);
      replies_[words] = pending->reply;
    }
  }

  std::optional<Failure> response(const std::string& words, std::string body) {
    return answer(*replies_.at(words), {200, {}, std::move(body)});
  }
  void fail(const std::string& words, int status, std::string_view code) {
    HttpResponse response{status, {}, R"({"code":")" + std::string(code) + R"("})"};
    replies_.at(words)->fail(provider().classify_error(response));
  }
  Conversation<DayCosts>* operator->() { return conversation_.get(); }

  std::vector<std::string> asked;

 private:
  AccountConfig account_;
  std::unique_ptr<Conversation<DayCosts>> conversation_;
  std::map<std::string, std::shared_ptr<Reply>> replies_;
};

TEST(BaiduEarlierDay, IsTheSummaryOfThatDayByProductTypeAndBilledAccount) {
  EarlierDay talk({"sub-1"});
  EXPECT_THAT(talk.asked, ElementsAre("prepay", "postpay", "prepay sub-1", "postpay sub-1"));
  // A yearly purchase and a refund.
  EXPECT_FALSE(
      talk.response("prepay", summary("3640", item("BCC", "3650") + "," + item("CDN", "-10"))));
  EXPECT_FALSE(talk.response("postpay", summary("0.3", item("BCC", "0.3"))));
  EXPECT_FALSE(talk.response("prepay sub-1", summary("0", "")));
  EXPECT_FALSE(talk.response("postpay sub-1", summary("0.2", item("BCC", "0.2"))));
  ASSERT_TRUE(talk->finished());
  ASSERT_FALSE(talk->failure());
  const DayCosts costs = talk->take_result();
  EXPECT_EQ(day_text(costs.day), "2026-10-01");
  EXPECT_THAT(costs.billed_costs,
              ElementsAre(Pair(DayCostKey{"CNY", "BCC", "postpaid"}, amount("0.5")),
                          Pair(DayCostKey{"CNY", "BCC", "prepaid"}, amount("3650")),
                          Pair(DayCostKey{"CNY", "CDN", "prepaid"}, amount("-10"))));
}

TEST(BaiduEarlierDay, WithoutCostIsAGoodAnswer) {
  EarlierDay talk;
  EXPECT_FALSE(talk.response("prepay", summary("0", "")));
  EXPECT_FALSE(talk.response("postpay", summary("0.00", "")));
  ASSERT_TRUE(talk->finished());
  EXPECT_THAT(talk->take_result().billed_costs, IsEmpty());
}

TEST(BaiduEarlierDay, WhoseSummaryIsRefusedIsNotKnown) {
  EarlierDay talk;
  EXPECT_FALSE(talk.response("prepay", summary("0", "")));
  talk.fail("postpay", 403, "AccessDenied");
  ASSERT_TRUE(talk->finished());
  EXPECT_EQ(talk->failure()->reason, Reason::kPermission);
}

// 0 is what it says only if it says so.
TEST(BaiduEarlierDay, WhoseSummaryTellsNoTotalIsNotKnown) {
  for (const std::string_view data : {"null", "{}", R"({"items":[]})", R"({"financePrice":"/"})"}) {
    EarlierDay talk;
    const auto failure =
        talk.response("prepay", R"({"accountId":"me","data":)" + std::string(data) + "}");
    ASSERT_TRUE(failure) << data;
    EXPECT_EQ(failure->reason, Reason::kDecode) << data;
    EXPECT_TRUE(talk->failure()) << data;
  }
}

TEST(BaiduDay, IsYesterdayFromTenOnAndTheDayBeforeUntilThen) {
  // 2026-12-01 10:00 in China.
  constexpr UtcSeconds kTen{std::chrono::seconds(1796054400 + 10 * 3600)};
  const auto newest = [](UtcSeconds now) {
    return day_text(provider().newest_complete_day(now).value());
  };
  EXPECT_EQ(newest(kTen - std::chrono::hours(10)), "2026-11-29");
  EXPECT_EQ(newest(kTen - std::chrono::seconds(1)), "2026-11-29");
  EXPECT_EQ(newest(kTen), "2026-11-30");
  EXPECT_EQ(newest(kTen + std::chrono::hours(14) - std::chrono::seconds(1)), "2026-11-30");
  EXPECT_EQ(newest(kTen + std::chrono::hours(24)), "2026-12-01");
}

}  // namespace
}  // namespace cloud_billing::baidu::day_test
