#include "volcengine/month.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <memory>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "tests/providers/answer.h"
#include "volcengine/operations.h"
#include "volcengine/provider.h"

namespace cloud_billing::volcengine {
namespace {

using nlohmann::json;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

// 2026-11-23 12:00 in China.
constexpr UtcSeconds kNoon{std::chrono::seconds(1795406400)};

json row(int number, const json& more = {}) {
  json row{{"BillDetailId", "Detail" + std::to_string(number)},
           {"Product", "ECS"},
           {"BillingMode", "按量计费"},
           {"OwnerID", "7"},
           {"PayerID", "7"},
           {"RegionCode", "R000305"},
           {"ZoneCode", "cn-beijing-a"},
           {"OriginalBillAmount", "2.000000"},
           {"DiscountBillAmount", "1.50"},
           {"PayableAmount", std::to_string(number) + ".01"},
           {"ExpenseEndTime", "2026-11-02 03:00:00"},
           {"Currency", "CNY"}};
  if (!more.is_null()) row.update(more);
  return row;
}

// A small cloud: answers requests from its rows and overview.
struct Cloud {
  std::vector<json> rows;
  std::vector<json> overview;
  std::vector<json> asked;
  int grow_by = 0;  // rows with every bill page
  int overview_status = 200;

  std::string response(const ApiRequest& request) {
    const json body = json::parse(request.body);
    asked.push_back(body);
    const bool is_bill = request.operation == &kListBillDetail;
    EXPECT_TRUE(is_bill || request.operation == &kListBillOverviewByProd);
    const auto& all = is_bill ? rows : overview;
    json list = json::array();
    const auto offset = body.at("Offset").get<std::size_t>();
    const auto end = offset + body.at("Limit").get<std::size_t>();
    for (std::size_t i = offset; i < std::min(all.size(), end); ++i) list.push_back(all[i]);
    const json result{{"List", list.empty() ? json() : list},
                      {"Total", all.size()},
                      {"Limit", body.at("Limit")},
                      {"Offset", offset}};
    for (int i = 0; is_bill && i < grow_by; ++i) {
      rows.push_back(row(static_cast<int>(rows.size()) + 1));
    }
    return json{{"ResponseMetadata", {{"RequestId", "r"}}}, {"Result", result}}.dump();
  }
};

// Talks to the end, all requests that may be under way together answered last first.
template <typename Talk>
void talk_to_end(Talk& talk, Cloud& cloud) {
  for (int rounds = 0; !talk.finished() && rounds < 1000; ++rounds) {
    std::vector<std::pair<std::shared_ptr<Reply>, std::string>> answers;
    while (const auto pending = talk.next()) {
      const bool refused =
          cloud.overview_status != 200 && pending->request.operation == &kListBillOverviewByProd;
      if (refused) {
        HttpResponse http{cloud.overview_status, {}, ""};
        pending->reply->fail(provider().classify_error(http));
        continue;
      }
      answers.emplace_back(pending->reply, cloud.response(pending->request));
    }
    std::reverse(answers.begin(), answers.end());
    for (auto& [reply, body] : answers) {
      static_cast<void>(answer(*reply, {200, {}, std::move(body)}));
    }
  }
  ASSERT_TRUE(talk.finished());
}

struct Month {
  AccountConfig account;
  AggregationConfig aggregation;
  Cloud cloud;
  std::optional<Failure> failure;
  MonthCosts costs;

  Month() { account.currency = "CNY"; }
  void read(UtcSeconds now = kNoon, std::optional<BillingMonth> month = std::nullopt) {
    const auto talk = provider().ask_month(account, aggregation,
                                           {now, month ? *month : kChinaTime.month_at(now)});
    talk_to_end(*talk, cloud);
    failure = talk->failure();
    if (!failure) costs = talk->take_result();
  }
  std::string group_sum(const std::vector<std::string>& values) const {
    for (const GroupLine& line : costs.groups.lines) {
      if (line.key == join_cost_key(values)) return line.amounts[0].to_decimal();
    }
    return "none";
  }
};

// The sum of 1.01 to n.01.
std::string sum_to(int n) {
  Amount sum;
  for (int i = 1; i <= n; ++i) {
    EXPECT_TRUE(sum.add(*Amount::parse(std::to_string(i) + ".01")));
  }
  return sum.to_decimal();
}

TEST(VolcengineMonth, IsReadFromBillingItemsWithTheirTotalAndNeverWithoutZeroes) {
  Month month;
  month.read();
  ASSERT_FALSE(month.failure);
  ASSERT_EQ(month.cloud.asked.size(), 2U);
  EXPECT_EQ(month.cloud.asked[0], (json{{"BillPeriod", "2026-11"},
                                        {"GroupPeriod", 0},
                                        {"GroupTerm", 0},
                                        {"Limit", 300},
                                        {"NeedRecordNum", 1},
                                        {"Offset", 0}}));
  EXPECT_EQ(month.costs.rows, 0U);
  EXPECT_EQ(month.costs.data_through, std::nullopt);
  EXPECT_EQ(month.costs.totals.size(), 2U) << "a real zero";
}

TEST(VolcengineMonth, AddsUpToTheLastDigitOverManyPages) {
  Month month;
  for (int i = 1; i <= 2500; ++i) month.cloud.rows.push_back(row(i));
  month.read();
  ASSERT_FALSE(month.failure) << month.failure->message;
  EXPECT_EQ(month.costs.rows, 2500U);
  EXPECT_EQ(month.group_sum({"CNY", "ECS", "cn-beijing", "postpaid"}), sum_to(2500));
  EXPECT_EQ(month.costs.account_id, "7");
  EXPECT_THAT(month.costs.account_ids, ElementsAre("7"));
}

TEST(VolcengineMonth, ThatGrowsWhileItIsReadIsGood) {
  Month month;
  for (int i = 1; i <= 700; ++i) month.cloud.rows.push_back(row(i));
  month.cloud.grow_by = 150;
  month.read();
  ASSERT_FALSE(month.failure) << month.failure->message;
  EXPECT_GT(month.costs.rows, 700U);
  EXPECT_EQ(month.group_sum({"CNY", "ECS", "cn-beijing", "postpaid"}),
            sum_to(static_cast<int>(month.costs.rows)));
}

std::vector<std::string> lacked_by(const MonthCosts& costs) {
  std::vector<std::string> names;
  for (const Measure measure : kAllMeasures) {
    if (costs.lacked[index_of(measure)]) names.emplace_back(measure_name(measure));
  }
  return names;
}

TEST(VolcengineMonth, KnowsWhatIsPaidIfAnyRowTells) {
  Month none;
  none.read();
  EXPECT_THAT(lacked_by(none.costs), IsEmpty()) << "a month without a row: really 0";
  Month newest;
  for (int i = 1; i <= 301; ++i) newest.cloud.rows.push_back(row(i));
  newest.read();
  EXPECT_THAT(lacked_by(newest.costs), ElementsAre("paid_amount", "unpaid_amount"));
  Month older = newest;
  older.cloud.rows.back()["PaidAmount"] = "5.00";
  older.read();
  EXPECT_THAT(lacked_by(older.costs), ElementsAre("unpaid_amount"));
  EXPECT_EQ(older.costs.totals.at({"CNY", "postpaid"})[index_of(Measure::kPaidAmount)].to_decimal(),
            "5");
}

TEST(VolcengineMonth, KnowsItsDiscountIfAnyRowTellsWhatIsLeftAfterIt) {
  Month month;
  for (int i = 1; i <= 2; ++i) {
    month.cloud.rows.push_back(row(i, {{"PaidAmount", "1"}, {"UnpaidAmount", "0"}}));
    month.cloud.rows.back().erase("DiscountBillAmount");
  }
  month.read();
  ASSERT_FALSE(month.failure) << month.failure->message;
  EXPECT_THAT(lacked_by(month.costs), ElementsAre("discount_amount"));
  month.cloud.rows.back()["DiscountBillAmount"] = "1.50";
  month.read();
  EXPECT_THAT(lacked_by(month.costs), IsEmpty());
  EXPECT_EQ(
      month.costs.totals.at({"CNY", "postpaid"})[index_of(Measure::kDiscountAmount)].to_decimal(),
      "0.5")
      << "of the row that tells it";
}

TEST(VolcengineMonth, WithARowTwiceFailsAsInconsistent) {
  Month month;
  for (int i = 1; i <= 301; ++i) month.cloud.rows.push_back(row(i));
  month.cloud.rows.back() = row(1);
  month.read();
  ASSERT_TRUE(month.failure);
  EXPECT_EQ(month.failure->reason, Reason::kInconsistent);
}

TEST(VolcengineMonth, ResolvesRegionsAfterTheLastPage) {
  Month month;
  month.cloud.rows = {row(1, {{"RegionCode", "R9"}, {"ZoneCode", "Zone1"}}),
                      row(2, {{"RegionCode", "R000310"}, {"ZoneCode", ""}}),
                      row(3, {{"RegionCode", "R8"}, {"ZoneCode", "-"}}),
                      row(4, {{"RegionCode", "-"}, {"ZoneCode", ""}}),
                      row(5, {{"RegionCode", "R9"}, {"ZoneCode", "cn-chengdu-a"}})};
  for (int i = 6; i <= 305; ++i) month.cloud.rows.push_back(row(i));
  month.read();
  ASSERT_FALSE(month.failure);
  EXPECT_EQ(month.group_sum({"CNY", "ECS", "cn-chengdu", "postpaid"}), "6.02");
  EXPECT_EQ(month.group_sum({"CNY", "ECS", "cn-shanghai", "postpaid"}), "2.01");
  EXPECT_EQ(month.group_sum({"CNY", "ECS", "R8", "postpaid"}), "3.01");
  EXPECT_EQ(month.group_sum({"CNY", "ECS", "global", "postpaid"}), "4.01");
  EXPECT_EQ(month.costs.groups.lines.size(), 5U);
}

TEST(VolcengineMonth, CoversUpToTheLatestPostpaidExpense) {
  const auto through = [](const char* end, UtcSeconds now, const char* mode = "2") {
    Month month;
    month.cloud.rows = {row(1, {{"ExpenseEndTime", "2026-11-01 01:00:00"}, {"BillingMode", mode}}),
                        row(2, {{"ExpenseEndTime", end}, {"BillingMode", mode}}),
                        row(3, {{"ExpenseEndTime", "2027-11-01 00:00:00"}, {"BillingMode", "1"}})};
    month.read(now, kChinaTime.month_at(kNoon));
    return month.costs.data_through ? utc_text(*month.costs.data_through) : "none";
  };
  const UtcSeconds later = kNoon + std::chrono::days(20);
  EXPECT_EQ(through("2026-11-20 05:00:00", kNoon), "2026-11-19T21:00:00Z");
  EXPECT_EQ(through("2026-11-20", kNoon), "2026-11-20T16:00:00Z");
  EXPECT_EQ(through("2026-11-25 05:00:00", kNoon), utc_text(kNoon)) << "at most now";
  EXPECT_EQ(through("2026-12-03 05:00:00", later), "2026-11-30T16:00:00Z") << "at most its end";
  EXPECT_EQ(through("-", kNoon), "2026-10-31T17:00:00Z");
  EXPECT_EQ(through("2026-11-20 05:00:00", kNoon, "1"), "none") << "without a postpaid row";
}

// ---- the provider's own total ----

std::string text_of(const std::vector<ProviderTotal>& totals) {
  std::string text;
  for (const ProviderTotal& total : totals) {
    text += total.currency + " " + total.billed_cost.to_decimal() + " " +
            total.difference.to_decimal() + ";";
  }
  return text;
}

TEST(VolcengineMonth, IsReconciledForEachCurrency) {
  Month month;
  month.cloud.rows = {row(1), row(2, {{"Currency", "USD"}}), row(3, {{"Currency", "-"}})};
  month.cloud.overview = {{{"PayableAmount", "4.00"}, {"Currency", "CNY"}},
                          {{"PayableAmount", 0.02}, {"Currency", ""}},
                          {{"PayableAmount", "2.00"}, {"Currency", "USD"}},
                          {{"PayableAmount", "5"}, {"Currency", "EUR"}}};
  month.read();
  EXPECT_EQ(text_of(month.costs.provider_totals), "CNY 4.02 0;EUR 5 -5;USD 2 0.01;");
}

TEST(VolcengineMonth, AddsWhatIsOneCurrencyHoweverItIsWritten) {
  Month month;
  month.cloud.rows = {row(1, {{"Currency", "￥"}}), row(2, {{"Currency", "RMB"}}),
                      row(3, {{"Currency", "cny"}}), row(4)};
  month.cloud.overview = {{{"PayableAmount", "4.04"}, {"Currency", "元"}},
                          {{"PayableAmount", "6"}, {"Currency", " CNY"}}};
  month.read();
  ASSERT_FALSE(month.failure) << month.failure->message;
  EXPECT_EQ(month.group_sum({"CNY", "ECS", "cn-beijing", "postpaid"}), "10.04");
  EXPECT_EQ(month.costs.groups.lines.size(), 1U);
  EXPECT_EQ(text_of(month.costs.provider_totals), "CNY 10.04 0;");
}

TEST(VolcengineMonth, IsReconciledOverAllPagesOfTheOverview) {
  Month month;
  for (int i = 0; i < 650; ++i) month.cloud.overview.push_back({{"PayableAmount", "0.01"}});
  month.read();
  EXPECT_EQ(text_of(month.costs.provider_totals), "CNY 6.5 -6.5;");
}

TEST(VolcengineMonth, IsGoodWithoutTheProvidersTotal) {
  Month month;
  month.cloud.rows = {row(1)};
  month.cloud.overview_status = 403;
  month.read();
  EXPECT_FALSE(month.failure);
  EXPECT_THAT(month.costs.provider_totals, IsEmpty());
  EXPECT_EQ(month.costs.rows, 1U);

  Month unreadable;
  unreadable.cloud.overview = {{{"PayableAmount", "-"}}};
  unreadable.read();
  EXPECT_FALSE(unreadable.failure);
  EXPECT_THAT(unreadable.costs.provider_totals, IsEmpty());
}

TEST(VolcengineMonth, WithAnUnreadableAmountFails) {
  Month month;
  month.cloud.rows = {row(1), row(2, {{"PayableAmount", "-"}})};
  month.read();
  ASSERT_TRUE(month.failure);
  EXPECT_EQ(month.failure->reason, Reason::kDecode);
  EXPECT_THAT(month.failure->message, HasSubstr("row 2: PayableAmount: missing"));
}

// ---- one day ----

TEST(VolcengineDay, IsAskedForByItsDateAndSummedByServiceAndMode) {
  AccountConfig account;
  account.currency = "CNY";
  Cloud cloud;
  cloud.rows = {row(1), row(2), row(3, {{"Product", "TOS"}}), row(4, {{"BillingMode", "1"}}),
                row(5, {{"Currency", "USD"}})};
  const BillingDay day = kChinaTime.day_at(kNoon - std::chrono::days(2));
  ASSERT_EQ(provider().newest_complete_day(kNoon), day);
  const auto talk = provider().ask_day(account, {day, true});
  talk_to_end(*talk, cloud);
  ASSERT_FALSE(talk->failure());
  EXPECT_EQ(cloud.asked.at(0), (json{{"BillPeriod", "2026-11"},
                                     {"ExpenseDate", "2026-11-21"},
                                     {"GroupPeriod", 1},
                                     {"GroupTerm", 0},
                                     {"Limit", 300},
                                     {"NeedRecordNum", 1},
                                     {"Offset", 0}}));
  const DayCosts costs = talk->take_result();
  EXPECT_EQ(costs.day, day);
  std::map<std::string, std::string> sums;
  for (const auto& [key, cost] : costs.billed_costs) {
    sums[key.currency + " " + key.service_type + " " + key.billing_mode] = cost.to_decimal();
  }
  EXPECT_EQ(sums, (std::map<std::string, std::string>{{"CNY ECS postpaid", "3.02"},
                                                      {"CNY TOS postpaid", "3.01"},
                                                      {"CNY ECS prepaid", "4.01"},
                                                      {"USD ECS postpaid", "5.01"}}));
}

TEST(VolcengineDay, OfThePreviousMonthIsAskedForInThatMonth) {
  AccountConfig account;
  Cloud cloud;
  const BillingDay day = kChinaTime.day_at(kNoon - std::chrono::days(23));
  talk_to_end(*provider().ask_day(account, {day}), cloud);
  EXPECT_EQ(cloud.asked.at(0).at("BillPeriod"), "2026-10");
  EXPECT_EQ(cloud.asked.at(0).at("ExpenseDate"), "2026-10-31");
}

}  // namespace
}  // namespace cloud_billing::volcengine
