// What is shown of the current and the previous month while simulated weeks pass, and how often
// each is read.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>
#include <string>
#include <utility>

#include "exposition/exposition.h"
#include "tests/polling/poller_world.h"

namespace cloud_billing {
namespace {

using std::chrono::days;
using std::chrono::hours;
using std::chrono::milliseconds;
using std::chrono::minutes;
using std::chrono::seconds;
using testing::AllOf;
using testing::Each;
using testing::Ge;
using testing::Le;
using testing::Pair;
using testing::SizeIs;

// Midnight in China.
constexpr UtcSeconds china(int year, unsigned month, unsigned day) {
  return utc(year, month, day) - hours(8);
}

using Costs = std::map<std::string, std::string>;

// What is shown now: period to the postpaid billed cost. Each row of the simulated bill costs 1.
Costs shown_costs(const World& world, const std::string& provider = "baidu") {
  Snapshot input;
  input.config = world.config;
  input.now = std::chrono::floor<seconds>(world.cloud.wall());
  input.accounts = world.views;
  const std::string text = render_exposition(input);
  Costs costs;
  for (const std::string period : {"current", "previous"}) {
    const std::string sample = "cloud_billing_account_billed_cost{provider=\"" + provider +
                               "\",account=\"a\"," + ("period=\"" + period) +
                               "\",currency=\"CNY\",billing_mode=\"postpaid\"} ";
    const std::size_t at = text.find(sample);
    if (at == std::string::npos) continue;
    const std::size_t value = at + sample.size();
    costs[period] = text.substr(value, text.find('\n', value) - value);
  }
  return costs;
}

// A page of Volcengine's bill or of its overview, whose rows cost 1 each.
HttpResponse volcengine_page(const SimulatedCall& call, int rows) {
  const auto asked = nlohmann::json::parse(call.body);
  const int offset = asked.at("Offset");
  auto list = nlohmann::json::array();
  const bool is_bill = call.operation == "ListBillDetail";
  for (int row = offset; row < std::min(rows, offset + asked.at("Limit").get<int>()); ++row) {
    list.push_back(
        {{"BillDetailId", asked.at("BillPeriod").get<std::string>() + "-" + std::to_string(row)},
         {"Product", "ECS"},
         {"BillingMode", "按量计费"},
         {"OwnerID", "7"},
         {"ZoneCode", "cn-beijing-a"},
         {"OriginalBillAmount", "2.00"},
         {"DiscountBillAmount", "1.50"},
         {"PayableAmount", "1.00"},
         {"Currency", "CNY"}});
  }
  if (!is_bill) rows = 0;
  return response_of(nlohmann::json{{"ResponseMetadata", {{"RequestId", "r"}}},
                                    {"Result",
                                     {{"List", is_bill ? list : nlohmann::json()},
                                      {"Total", rows},
                                      {"Limit", asked.at("Limit")},
                                      {"Offset", offset}}}}
                         .dump());
}

class MonthChangeOfEveryProvider : public testing::TestWithParam<std::string> {};

INSTANTIATE_TEST_SUITE_P(Provider, MonthChangeOfEveryProvider,
                         testing::Values("baidu", "volcengine"),
                         [](const auto& test) { return test.param; });

// Failing now and then, in the middle of a listing, too.
TEST_P(MonthChangeOfEveryProvider, NoHourOfFiveWeeksShowsAWrongMonthAMadeUpZeroOrAPartialSum) {
  constexpr UtcSeconds kFirst = china(2026, 12, 14);
  constexpr hours kFiveWeeks = days(35);
  const std::string& provider = GetParam();
  World world(
      "polling: {bills: {interval: 2h}}\naccounts:\n" + account("a", "ak-a", "bills", "", provider),
      kFirst);
  // Of two pages and more on either cloud.
  const std::map<std::string, int> cost_of{{"2026-11", 411}, {"2026-12", 612}, {"2027-01", 713}};
  for (const auto& [month, cost] : cost_of) world.rows[month + " postpay"] = cost;
  std::map<std::string, HttpResponse> pages;  // by request, each made once
  std::size_t calls = 0;
  world.trouble = [&](const SimulatedCall& call) -> std::optional<SimulatedReply> {
    if (++calls % 29 == 0) return SimulatedReply{refusal(400, "Nonsense"), milliseconds(20)};
    if (provider == "baidu") return std::nullopt;
    const auto asked = nlohmann::json::parse(call.body);
    const bool is_of_a_day = asked.contains("ExpenseDate");
    const int rows = is_of_a_day ? 0 : cost_of.at(asked.at("BillPeriod"));
    HttpResponse& page = pages[call.operation + call.body];
    if (page.body.empty()) page = volcengine_page(call, rows);
    return SimulatedReply{page, milliseconds(20)};
  };
  int hours_with_both = 0;
  for (hours at{1}; at < kFiveWeeks; ++at) {
    world.cloud.schedule(at, [&, at] {
      const BillingMonth current = BillingMonth::at(kFirst + at);
      const std::string now = std::to_string(cost_of.at(current.text()));
      const std::string before = std::to_string(cost_of.at(current.previous().text()));
      Costs shown = shown_costs(world, provider);
      if (shown.size() == 2) ++hours_with_both;
      // The first poll of a month comes within an interval, or soon after one that failed.
      if (current.start() + hours(4) < kFirst + at) {
        EXPECT_THAT(shown, SizeIs(2U)) << utc_text(kFirst + at);
      }
      shown.emplace("current", now);
      shown.emplace("previous", before);
      EXPECT_EQ(shown, (Costs{{"current", now}, {"previous", before}})) << utc_text(kFirst + at);
    });
  }
  world.run_for(kFiveWeeks);
  EXPECT_GE(hours_with_both, kFiveWeeks.count() - 10);
  EXPECT_GE(world.records.failures[Reason::kRequest], 10) << "too little trouble to tell";
}

TEST(MonthChange, TurnsCurrentIntoPreviousWithoutARequest) {
  World world("accounts:\n" + account("a", "ak-a", "bills"), china(2028, 2, 29) + hours(23));
  world.rows = {{"2028-01 postpay", 31}, {"2028-02 postpay", 29}};
  Costs before, after;
  std::size_t calls_before = 0, calls_after = 0;
  world.cloud.schedule(hours(1) - seconds(1), [&] {
    before = shown_costs(world);
    calls_before = world.cloud.calls().size();
  });
  world.cloud.schedule(hours(1), [&] {
    after = shown_costs(world);
    calls_after = world.cloud.calls().size();
  });
  world.run_for(hours(1));
  EXPECT_EQ(before, (Costs{{"current", "29"}, {"previous", "31"}}));
  EXPECT_EQ(after, (Costs{{"previous", "29"}}));
  EXPECT_EQ(calls_before, calls_after);
}

TEST(PreviousMonth, IsReadInEveryPollUntilTheEighthAndThenDaily) {
  World world("polling: {bills: {interval: 2h}}\naccounts:\n" + account("a", "ak-a", "bills"),
              china(2028, 2, 27));
  world.run_for(days(15));  // over February 29, to March 12
  std::map<BillingDay, int> first_week, later;
  std::map<BillingDay, int> current;
  for (const SimulatedCall& call : world.cloud.calls_of("resource_month_bill")) {
    if (call.parameter("productType") != "postpay" || is_of_a_day(call)) continue;
    const UtcSeconds at = std::chrono::floor<seconds>(call.wall);
    const BillingDay day = billing_day_at(at);
    if (call.parameter("month") == BillingMonth::at(at).text()) {
      ++current[day];
    } else {
      EXPECT_EQ(call.parameter("month"), BillingMonth::at(at).previous().text());
      ++(day.day() < std::chrono::day(8) ? first_week : later)[day];
    }
  }
  EXPECT_THAT(current, AllOf(SizeIs(15U), Each(Pair(testing::_, Ge(11)))));
  EXPECT_THAT(first_week, AllOf(SizeIs(7U), Each(Pair(testing::_, Ge(11)))));
  EXPECT_THAT(later, AllOf(SizeIs(Ge(7U)), Each(Pair(testing::_, Le(2)))));
}

TEST(PreviousMonth, IsReadSoonAgainAfterItCouldNotBeRead) {
  World world("accounts:\n" + account("a", "ak-a", "bills"), china(2026, 11, 20));
  bool fails = false;
  world.trouble = [&](const SimulatedCall& call) -> std::optional<SimulatedReply> {
    if (!fails || call.parameter("month") != "2026-10") return std::nullopt;
    return SimulatedReply{refusal(400, "Nonsense"), milliseconds(20)};
  };
  std::optional<bool> up_while_failing;
  world.cloud.schedule(hours(20), [&] { fails = true; });
  world.cloud.schedule(hours(40),
                       [&] { up_while_failing = world.status(0, Collector::kBills).up; });
  world.cloud.schedule(hours(41), [&] { fails = false; });
  world.run_for(hours(43));
  EXPECT_EQ(up_while_failing, false);
  EXPECT_EQ(world.status(0, Collector::kBills).up, true);
  EXPECT_GT(world.views[0]->results.months.at(kOctober).at, china(2026, 11, 20) + hours(41));
}

TEST(PreviousMonth, ThatIsNotReadAfterItsEndIsShownUntilItsLastReadingIsTooOld) {
  World world("polling: {bills: {max_age: 3d}}\naccounts:\n" + account("a", "ak-a", "bills"),
              china(2026, 11, 30) + hours(22));
  world.rows = {{"2026-11 postpay", 30}, {"2026-12 postpay", 31}};
  world.trouble = [&](const SimulatedCall& call) -> std::optional<SimulatedReply> {
    if (call.parameter("month") != "2026-11" || call.wall < china(2026, 12, 1)) return std::nullopt;
    return SimulatedReply{refusal(400, "Nonsense"), milliseconds(20)};
  };
  Costs still, withdrawn;
  world.cloud.schedule(days(3) + minutes(50), [&] { still = shown_costs(world); });
  world.cloud.schedule(days(3) + minutes(130), [&] { withdrawn = shown_costs(world); });
  world.run_for(days(4));
  EXPECT_EQ(still, (Costs{{"current", "31"}, {"previous", "30"}}));
  EXPECT_EQ(withdrawn, (Costs{{"current", "31"}}));
}

TEST(MonthsTwoBack, AreDroppedEvenIfNothingIsReadAnyMore) {
  World world("polling: {bills: {max_age: 0s}}\naccounts:\n" + account("a", "ak-a", "bills"),
              china(2027, 2, 28));
  world.rows = {{"2027-01 postpay", 31}, {"2027-02 postpay", 28}};
  world.trouble = [&](const SimulatedCall& call) -> std::optional<SimulatedReply> {
    if (call.wall < china(2027, 2, 28) + hours(12)) return std::nullopt;
    return SimulatedReply{refusal(400, "Nonsense"), milliseconds(20)};
  };
  Costs in_february, in_march;
  world.cloud.schedule(hours(23), [&] { in_february = shown_costs(world); });
  world.cloud.schedule(hours(25), [&] { in_march = shown_costs(world); });
  world.run_for(hours(26));
  EXPECT_EQ(in_february, (Costs{{"current", "28"}, {"previous", "31"}}));
  EXPECT_EQ(in_march, (Costs{{"previous", "28"}}));
}

}  // namespace
}  // namespace cloud_billing
