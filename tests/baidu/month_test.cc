#include "baidu/month.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <deque>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "baidu/operations.h"
#include "baidu/provider.h"
#include "tests/providers/answer.h"

namespace cloud_billing::baidu::month_test {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

// 2026-11-23 12:00 in China: the bill covers the 22nd.
constexpr UtcSeconds kNoon{std::chrono::seconds(1795406400)};
// 2026-12-01 00:00 in China.
constexpr UtcSeconds kDecember{std::chrono::seconds(1796054400)};

std::string parameter(const ApiRequest& request, std::string_view name) {
  for (const QueryParameter& parameter : request.query) {
    if (parameter.name == name) return parameter.value;
  }
  return "";
}

// What a request asks for: "prepay 1", "postpay 2 sub-1", "summary 2026-11-01..2026-11-22".
std::string words_of(const ApiRequest& request) {
  std::string words;
  if (request.operation == &kMonthSummary) {
    EXPECT_EQ(parameter(request, "billMonth"), parameter(request, "startDay").substr(0, 7));
    words = "summary " + parameter(request, "startDay") + ".." + parameter(request, "endDay");
  } else {
    EXPECT_EQ(parameter(request, "pageSize"), "100");
    words = parameter(request, "productType") + " " + parameter(request, "pageNo");
  }
  const std::string sub_account = parameter(request, "queryAccountId");
  return sub_account.empty() ? words : words + " " + sub_account;
}

std::string row(std::string_view cost) {
  return R"({"serviceType":"BCC","region":"bj","originPrice":)" + std::string(cost) +
         R"(,"financePrice":)" + std::string(cost) + "}";
}

std::string bill(std::string_view page, std::string_view total,
                 const std::vector<std::string>& rows,
                 std::string_view envelope = R"("accountId":"me","subAccountId":"/")") {
  std::string body = "{" + std::string(envelope) + R"(,"pageNo":)" + std::string(page) +
                     R"(,"pageSize":100,"totalCount":)" + std::string(total) + R"(,"bills":[)";
  for (std::size_t i = 0; i < rows.size(); ++i) body += (i == 0 ? "" : ",") + rows[i];
  return body + "]}";
}

class Talk {
 public:
  Talk(UtcSeconds now, BillingMonth month, std::vector<std::string> sub_accounts = {}) {
    account_.currency = "CNY";
    account_.settings.set("sub_accounts", std::move(sub_accounts));
    conversation_ = provider().ask_month(account_, aggregation_, {now, month}).release();
  }
  explicit Talk(std::vector<std::string> sub_accounts = {})
      : Talk(kNoon, kChinaTime.month_at(kNoon), std::move(sub_accounts)) {}

  // Everything that can be asked for now.
  std::vector<std::string> ask_all() {
    std::vector<std::string> asked;
    while (const auto pending = conversation_->next()) {
      asked.push_back(words_of(pending->request));
      asked_.emplace_back(asked.back(), pending->reply);
      subjects_.push_back(pending->request.subject);
    }
    return asked;
  }
  std::optional<Failure> response(std::string_view words, std::string body) {
    return answer(*take_reply(words), {200, {}, std::move(body)});
  }
  void fail(std::string_view words, int status, std::string_view code) {
    HttpResponse response{status, {}, R"({"code":")" + std::string(code) + R"("})"};
    take_reply(words)->fail(provider().classify_error(response));
  }
  const std::vector<std::string>& subjects() const { return subjects_; }
  Conversation<MonthCosts>* operator->() { return conversation_.get(); }

 private:
  std::shared_ptr<Reply> take_reply(std::string_view words) {
    const auto found = std::find_if(asked_.begin(), asked_.end(),
                                    [words](const auto& asked) { return asked.first == words; });
    if (found == asked_.end()) {
      throw std::logic_error("was not asked: " + std::string(words));
    }
    std::shared_ptr<Reply> reply = std::move(found->second);
    asked_.erase(found);
    return reply;
  }

  AccountConfig account_;
  AggregationConfig aggregation_;
  std::unique_ptr<Conversation<MonthCosts>> conversation_;
  std::deque<std::pair<std::string, std::shared_ptr<Reply>>> asked_;
  std::vector<std::string> subjects_;
};

std::string billed(const MonthCosts& costs, const std::string& mode) {
  return costs.totals.at({"CNY", mode})[index_of(Measure::kBilledCost)].to_decimal();
}

TEST(BaiduMonth, IsPrepaidAndPostpaidThenTheProvidersOwnTotal) {
  Talk talk;
  EXPECT_THAT(talk.ask_all(), ElementsAre("prepay 1", "postpay 1"));
  EXPECT_EQ(talk.subjects()[1], "page 1 of the postpay bill of 2026-11");
  EXPECT_FALSE(talk.response("postpay 1", bill("1", "2", {row("0.1"), row("0.2")})));
  EXPECT_THAT(talk.ask_all(), IsEmpty());
  EXPECT_FALSE(talk.response("prepay 1", bill("1", "1", {row("7")})));
  EXPECT_FALSE(talk->finished());
  EXPECT_THAT(talk.ask_all(), ElementsAre("summary 2026-11-01..2026-11-22"));
  EXPECT_FALSE(
      talk.response("summary 2026-11-01..2026-11-22", R"({"data":{"financePrice":7.29}})"));
  ASSERT_TRUE(talk->finished());
  ASSERT_FALSE(talk->failure());

  const MonthCosts costs = talk->take_result();
  EXPECT_EQ(costs.rows, 3U);
  EXPECT_EQ(billed(costs, "prepaid"), "7");
  EXPECT_EQ(billed(costs, "postpaid"), "0.3");
  EXPECT_EQ(costs.account_id, "me");
  ASSERT_THAT(costs.provider_totals, SizeIs(1));
  EXPECT_EQ(costs.provider_totals.at(0).billed_cost.to_decimal(), "7.29");
  EXPECT_EQ(costs.provider_totals.at(0).difference.to_decimal(), "0.01");
  // 00:00 of the 23rd in China.
  EXPECT_EQ(costs.data_through, UtcSeconds(std::chrono::seconds(1795363200)));
}

TEST(BaiduMonth, OfManyPagesIsAskedForListingsInTurn) {
  Talk talk;
  talk.ask_all();
  std::vector<std::string> page_one;
  std::vector<std::string> page_two;
  for (int i = 0; i < 100; ++i) {
    page_one.push_back(row("1"));
    page_two.push_back(row("2"));
  }
  EXPECT_FALSE(talk.response("prepay 1", bill("1", "201", page_one)));
  EXPECT_FALSE(talk.response("postpay 1", bill("1", "200", page_one)));
  EXPECT_THAT(talk.ask_all(), ElementsAre("prepay 2", "postpay 2", "prepay 3"));
  EXPECT_FALSE(talk.response("prepay 3", bill("3", "201", {row("0.5")})));
  EXPECT_FALSE(talk.response("postpay 2", bill("2", "200", page_two)));
  EXPECT_FALSE(talk.response("prepay 2", bill("2", "201", page_two)));
  talk.ask_all();
  talk.fail("summary 2026-11-01..2026-11-22", 403, "AccessDenied");
  ASSERT_TRUE(talk->finished());
  const MonthCosts costs = talk->take_result();
  EXPECT_EQ(billed(costs, "prepaid"), "300.5");
  EXPECT_EQ(billed(costs, "postpaid"), "300");
  // A refused total fails nothing.
  EXPECT_THAT(costs.provider_totals, IsEmpty());
}

TEST(BaiduMonth, IncludesSubAccountsUnderTheirOwnIds) {
  Talk talk({"sub-1"});
  EXPECT_THAT(talk.ask_all(),
              ElementsAre("prepay 1", "postpay 1", "prepay 1 sub-1", "postpay 1 sub-1"));
  EXPECT_EQ(talk.subjects()[3], "page 1 of the postpay bill of 2026-11 of sub-account sub-1");
  // The master's answer about a member names the master and the member.
  const std::string_view member = R"("accountId":"me","subAccountId":"sub-1")";
  EXPECT_FALSE(talk.response("prepay 1", bill("1", "0", {})));
  EXPECT_FALSE(talk.response("postpay 1", bill("1", "1", {row("1")})));
  EXPECT_FALSE(talk.response("prepay 1 sub-1", bill("1", "0", {}, member)));
  EXPECT_FALSE(talk.response("postpay 1 sub-1", bill("1", "1", {row("10")}, member)));
  EXPECT_THAT(talk.ask_all(), ElementsAre("summary 2026-11-01..2026-11-22",
                                          "summary 2026-11-01..2026-11-22 sub-1"));
  EXPECT_FALSE(
      talk.response("summary 2026-11-01..2026-11-22 sub-1", R"({"data":{"financePrice":10}})"));
  EXPECT_FALSE(talk->finished());
  EXPECT_FALSE(talk.response("summary 2026-11-01..2026-11-22", R"({"data":{"financePrice":1}})"));
  ASSERT_TRUE(talk->finished());
  const MonthCosts costs = talk->take_result();
  EXPECT_EQ(billed(costs, "postpaid"), "11");
  EXPECT_EQ(costs.account_id, "me");
  EXPECT_THAT(costs.account_ids, ElementsAre("me", "sub-1"));
  EXPECT_EQ(costs.provider_totals.at(0).difference, Amount{});
}

TEST(BaiduMonth, HasNoProvidersTotalWhereOneOfThemIsMissing) {
  Talk talk({"sub-1"});
  talk.ask_all();
  for (const std::string_view listing :
       {"prepay 1", "postpay 1", "prepay 1 sub-1", "postpay 1 sub-1"}) {
    EXPECT_FALSE(talk.response(listing, bill("1", "0", {})));
  }
  talk.ask_all();
  EXPECT_FALSE(talk.response("summary 2026-11-01..2026-11-22", R"({"data":{"financePrice":1}})"));
  EXPECT_TRUE(talk.response("summary 2026-11-01..2026-11-22 sub-1", R"({"data":{}})"));
  ASSERT_TRUE(talk->finished());
  EXPECT_FALSE(talk->failure());
  EXPECT_THAT(talk->take_result().provider_totals, IsEmpty());
}

TEST(BaiduMonth, FailsAndNamesTheRefusedSubAccount) {
  Talk talk({"sub-1"});
  talk.ask_all();
  talk.fail("prepay 1 sub-1", 403, "AccessDenied");
  ASSERT_TRUE(talk->finished());
  EXPECT_EQ(talk->failure()->reason, Reason::kPermission);
  // The caller puts the request's subject before the message.
  EXPECT_THAT(talk.subjects()[2], HasSubstr("sub-account sub-1"));
  EXPECT_THAT(talk.ask_all(), IsEmpty());
}

TEST(BaiduMonth, DoesNotAskForATotalBeforeADayIsCovered) {
  for (const auto& after : {std::chrono::hours(0), std::chrono::hours(24 + 9)}) {
    const UtcSeconds now = kDecember + after;
    Talk talk(now, kChinaTime.month_at(now));
    talk.ask_all();
    EXPECT_FALSE(talk.response("prepay 1", bill("1", "0", {})));
    EXPECT_FALSE(talk.response("postpay 1", bill("1", "0", {})));
    EXPECT_THAT(talk.ask_all(), IsEmpty());
    ASSERT_TRUE(talk->finished());
    const MonthCosts costs = talk->take_result();
    EXPECT_THAT(costs.provider_totals, IsEmpty());
    EXPECT_EQ(costs.data_through, kDecember);
    EXPECT_EQ(billed(costs, "prepaid"), "0");
    EXPECT_EQ(billed(costs, "postpaid"), "0");
  }
}

TEST(BaiduMonth, AsksForTheTotalOfTheDaysThatTheBillCovers) {
  const auto days_at = [](UtcSeconds now, BillingMonth month) {
    Talk talk(now, month);
    talk.ask_all();
    EXPECT_FALSE(talk.response("prepay 1", bill("1", "0", {})));
    EXPECT_FALSE(talk.response("postpay 1", bill("1", "0", {})));
    return talk.ask_all();
  };
  const BillingMonth december = kChinaTime.month_at(kDecember);
  EXPECT_THAT(days_at(kDecember + std::chrono::hours(24 + 10), december),
              ElementsAre("summary 2026-12-01..2026-12-01"));
  EXPECT_THAT(days_at(kDecember + std::chrono::hours(9), december.previous()),
              ElementsAre("summary 2026-11-01..2026-11-29"));
  EXPECT_THAT(days_at(kDecember + std::chrono::hours(10), december.previous()),
              ElementsAre("summary 2026-11-01..2026-11-30"));
}

TEST(BaiduMonth, OfAMemberThatPollsItselfIsMaskedNotZero) {
  Talk talk;
  talk.ask_all();
  const auto failure = talk.response(
      "postpay 1", bill("1", "1", {row("0")}, R"("accountId":"master","subAccountId":"me")"));
  ASSERT_TRUE(failure);
  EXPECT_EQ(failure->reason, Reason::kPermission);
  EXPECT_THAT(failure->message, HasSubstr("sub_accounts"));
  EXPECT_TRUE(talk->finished());
  EXPECT_TRUE(talk->failure());
}

TEST(BaiduMonth, ThatDoesNotAddUpIsReadOnceMoreAndOnlyThatListing) {
  Talk talk;
  talk.ask_all();
  EXPECT_FALSE(talk.response("prepay 1", bill("1", "1", {row("5")})));
  EXPECT_TRUE(talk.response("postpay 1", bill("1", "2", {row("1")})));
  EXPECT_FALSE(talk->finished());
  EXPECT_THAT(talk.ask_all(), ElementsAre("postpay 1"));
  EXPECT_FALSE(talk.response("postpay 1", bill("1", "1", {row("1")})));
  EXPECT_THAT(talk.ask_all(), SizeIs(1));
  EXPECT_FALSE(talk.response("summary 2026-11-01..2026-11-22", R"({"data":{"financePrice":6}})"));
  ASSERT_TRUE(talk->finished());
  const MonthCosts costs = talk->take_result();
  EXPECT_EQ(billed(costs, "postpaid"), "1");
  EXPECT_EQ(costs.provider_totals.at(0).difference, Amount{});
}

TEST(BaiduMonth, ThatDoesNotAddUpTwiceFailsAsInconsistent) {
  Talk talk;
  talk.ask_all();
  EXPECT_TRUE(talk.response("postpay 1", bill("1", "2", {row("1")})));
  talk.ask_all();
  EXPECT_TRUE(talk.response("postpay 1", bill("1", "2", {row("1")})));
  ASSERT_TRUE(talk->finished());
  EXPECT_EQ(talk->failure()->reason, Reason::kInconsistent);
}

// ---- two full pages that are the same ----

// Half of the rows are of one kind, half of another, in the same order on each page.
std::vector<std::string> two_kinds() {
  std::vector<std::string> rows;
  for (int i = 0; i < 50; ++i) {
    rows.push_back(row("1.5"));
    rows.push_back(row("2"));
  }
  return rows;
}

// Reads the postpaid bill of 200 rows on two pages that are the same, twice; the prepaid bill is
// empty.
void read_alike_pages(Talk& talk) {
  talk.ask_all();
  EXPECT_FALSE(talk.response("prepay 1", bill("1", "0", {})));
  for (int reading = 0; reading < 2; ++reading) {
    EXPECT_FALSE(talk.response("postpay 1", bill("1", "200", two_kinds())));
    talk.ask_all();
    const auto refused = talk.response("postpay 2", bill("2", "200", two_kinds()));
    EXPECT_EQ(refused.has_value(), reading == 0) << reading;
    talk.ask_all();
  }
}

TEST(BaiduMonth, OfPagesThatAreTheSameIsGoodIfItsSumIsTheProvidersTotal) {
  Talk talk;
  read_alike_pages(talk);
  ASSERT_FALSE(talk->finished());
  EXPECT_FALSE(talk.response("summary 2026-11-01..2026-11-22", R"({"data":{"financePrice":350}})"));
  EXPECT_THAT(talk.ask_all(), ElementsAre("summary 2026-11-01..2026-11-22"));
  EXPECT_FALSE(talk.response("summary 2026-11-01..2026-11-22", R"({"data":{"financePrice":350}})"));
  ASSERT_TRUE(talk->finished());
  ASSERT_FALSE(talk->failure()) << talk->failure()->message;
  const MonthCosts costs = talk->take_result();
  EXPECT_EQ(costs.rows, 200U);
  EXPECT_EQ(billed(costs, "postpaid"), "350");
}

TEST(BaiduMonth, OfPagesThatAreTheSameIsInconsistentIfItsSumIsNotTheProvidersTotal) {
  Talk talk;
  read_alike_pages(talk);
  EXPECT_FALSE(
      talk.response("summary 2026-11-01..2026-11-22", R"({"data":{"financePrice":350.01}})"));
  ASSERT_TRUE(talk->failure());
  EXPECT_EQ(talk->failure()->reason, Reason::kInconsistent);
  EXPECT_EQ(talk->failure()->message,
            "the pages do not add up: page 2 of the postpay bill of 2026-11 is the same as another "
            "page, and the sum is not the provider's own total");
}

TEST(BaiduMonth, OfPagesThatAreTheSameFailsAsTheQuestionForTheTotalDid) {
  Talk talk;
  read_alike_pages(talk);
  talk.fail("summary 2026-11-01..2026-11-22", 403, "AccessDenied");
  ASSERT_TRUE(talk->failure());
  EXPECT_EQ(talk->failure()->reason, Reason::kPermission);
  EXPECT_THAT(
      talk->failure()->message,
      HasSubstr("page 2 of the postpay bill of 2026-11 is the same as another page, and the "
                "provider's own total, which would tell, cannot be read: "));
}

TEST(BaiduMonth, WithAnUnreadableAmountFailsWithoutASecondReading) {
  Talk talk;
  talk.ask_all();
  EXPECT_TRUE(talk.response("postpay 1", bill("1", "1", {row("\"?\"")})));
  ASSERT_TRUE(talk->finished());
  EXPECT_EQ(talk->failure()->reason, Reason::kDecode);
}

TEST(BaiduMonth, WhoseSumIsBeyondTheRangeFails) {
  Talk talk;
  talk.ask_all();
  EXPECT_FALSE(talk.response("prepay 1", bill("1", "1", {row("1.7e20")})));
  EXPECT_FALSE(talk.response("postpay 1", bill("1", "1", {row("1.7e20")})));
  // Each billing mode fits; so do the groups, which name the mode. Only the difference does not.
  talk.ask_all();
  EXPECT_FALSE(talk.response("summary 2026-11-01..2026-11-22", R"({"data":{"financePrice":1}})"));
  ASSERT_TRUE(talk->finished());
  EXPECT_FALSE(talk->failure());
  EXPECT_THAT(talk->take_result().provider_totals, IsEmpty());

  Talk both({"sub-1"});
  both.ask_all();
  for (const std::string_view listing :
       {"prepay 1", "postpay 1", "prepay 1 sub-1", "postpay 1 sub-1"}) {
    EXPECT_FALSE(both.response(listing, bill("1", "1", {row("1.7e20")})));
  }
  ASSERT_TRUE(both->finished());
  ASSERT_TRUE(both->failure());
  EXPECT_EQ(both->failure()->reason, Reason::kDecode);
}

}  // namespace
}  // namespace cloud_billing::baidu::month_test
