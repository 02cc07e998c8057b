// Which months are read and kept.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <optional>
#include <set>
#include <string>
#include <vector>

#include "tests/polling/poller_world.h"

namespace cloud_billing {
namespace {

using std::chrono::hours;
using std::chrono::milliseconds;
using std::chrono::minutes;
using std::chrono::seconds;
using testing::ElementsAre;
using testing::Ge;

TEST(Months, AGoodCurrentMonthIsPublishedWhileThePreviousFails) {
  World world("accounts:\n" + account("a", "ak-a", "bills"));
  world.rows["2026-11 postpaid"] = 250;
  world.trouble = [](const SimulatedCall& call) -> std::optional<SimulatedReply> {
    if (call.parameter("month") == "2026-10") return refuse(400, "Nonsense");
    return std::nullopt;
  };
  EXPECT_FALSE(world.run_once());
  EXPECT_EQ(world.months(0), std::vector{kNovember});
  EXPECT_EQ(world.views[0]->results.months.at(kNovember).value->rows, 250U);
  EXPECT_EQ(world.status(0, Collector::kBills).up, false);
  EXPECT_NE(world.status(0, Collector::kBills).last_success, std::nullopt);
}

TEST(Months, AGoodPreviousMonthIsPublishedWhileTheCurrentFails) {
  World world("accounts:\n" + account("a", "ak-a", "bills"));
  world.rows["2026-10 postpaid"] = 250;
  world.trouble = [](const SimulatedCall& call) -> std::optional<SimulatedReply> {
    if (call.parameter("month") == "2026-11") return refuse(400, "Nonsense");
    return std::nullopt;
  };
  EXPECT_FALSE(world.run_once());
  EXPECT_EQ(world.months(0), std::vector{kOctober});
  EXPECT_EQ(world.status(0, Collector::kBills).up, false);
  EXPECT_EQ(world.status(0, Collector::kBills).last_success, std::nullopt);
}

TEST(Months, AMonthIsShownAsSoonAsItIsRead) {
  World world("accounts:\n" + account("a", "ak-a", "bills"));
  world.trouble = [](const SimulatedCall& call) -> std::optional<SimulatedReply> {
    if (call.parameter("month") == "2026-10") {
      return SimulatedReply{response_of(bill_page(call, 0, "account-1")), seconds(20)};
    }
    return std::nullopt;
  };
  std::vector<BillingMonth> shown;
  world.cloud.schedule(seconds(5), [&] { shown = world.months(0); });
  world.run_for(seconds(30));
  EXPECT_EQ(shown, std::vector{kNovember});
  EXPECT_EQ(world.months(0), (std::vector{kOctober, kNovember}));
}

TEST(Months, ChangeBetweenPolls) {
  World world("polling: {bills: {interval: 60s}}\naccounts:\n" + account("a", "ak-a", "bills"),
              kChinaTime.end_of(kNovember) - seconds(10));
  world.rows["2026-11 postpaid"] = 250;
  world.run_for(seconds(80));
  EXPECT_EQ(world.months(0), (std::vector{kNovember, kNovember.next()}));
  EXPECT_EQ(world.views[0]->results.months.at(kNovember).value->rows, 250U);
  EXPECT_EQ(world.status(0, Collector::kBills).up, true);
  std::string last_month;
  for (const SimulatedCall& call : world.cloud.calls_of("bill")) {
    if (!is_of_a_day(call)) last_month = call.parameter("month");
  }
  EXPECT_EQ(last_month, "2026-11");
}

TEST(Months, OfAPollAreFixedWhenItStarts) {
  World world("accounts:\n" + account("a", "ak-a", "bills"),
              kChinaTime.end_of(kNovember) - seconds(2));
  world.rows["2026-11 postpaid"] = 500;
  world.latency = seconds(3);
  world.run_for(seconds(30));
  std::set<std::string> asked;
  for (const SimulatedCall& call : world.cloud.calls_of("bill")) {
    if (!is_of_a_day(call)) asked.insert(call.parameter("month"));
  }
  EXPECT_THAT(asked, ElementsAre("2026-10", "2026-11"));
  // October is two months old by then.
  EXPECT_EQ(world.months(0), std::vector{kNovember});
  EXPECT_EQ(world.views[0]->results.months.at(kNovember).value->rows, 500U);
  EXPECT_EQ(world.status(0, Collector::kBills).up, true);
}

TEST(Months, PagesThatDoNotAddUpAreReadOnceMoreAfterAPause) {
  World world("accounts:\n" + account("a", "ak-a", "bills"));
  int first_pages = 0;
  world.trouble = [&](const SimulatedCall& call) -> std::optional<SimulatedReply> {
    if (call.parameter("month") != "2026-11" || call.parameter("mode") != "postpaid") {
      return std::nullopt;
    }
    if (call.parameter("page") == "1") ++first_pages;
    // Between the first two pages a row is added.
    const int total = first_pages == 1 && call.parameter("page") == "1" ? 250 : 251;
    return SimulatedReply{response_of(bill_page(call, total, "account-1")), milliseconds(20)};
  };
  EXPECT_TRUE(world.run_once());
  EXPECT_EQ(first_pages, 2);
  EXPECT_EQ(world.views[0]->results.months.at(kNovember).value->rows, 251U);
  EXPECT_EQ(world.records.failures[Reason::kInconsistent], 1);
  std::vector<SimulatedCall> first_page_calls;
  for (const SimulatedCall& call : world.cloud.calls_of("bill")) {
    if (call.parameter("month") == "2026-11" && call.parameter("mode") == "postpaid" &&
        call.parameter("page") == "1") {
      first_page_calls.push_back(call);
    }
  }
  EXPECT_THAT(gaps_of(first_page_calls), ElementsAre(Ge(seconds(1))));
}

TEST(Months, PagesThatNeverAddUpFailAsInconsistent) {
  World world("accounts:\n" + account("a", "ak-a", "bills"));
  int total = 250;
  world.trouble = [&](const SimulatedCall& call) -> std::optional<SimulatedReply> {
    if (call.operation != "bill" || call.parameter("month") != "2026-11") {
      return std::nullopt;
    }
    return SimulatedReply{response_of(bill_page(call, ++total, "account-1")), milliseconds(20)};
  };
  EXPECT_FALSE(world.run_once());
  EXPECT_THAT(world.records.polls,
              ElementsAre(CountedRecords::Poll{0, Collector::kBills, Reason::kInconsistent}));
  EXPECT_EQ(world.months(0), std::vector{kOctober});
}

TEST(Months, AreNotHeldBackForTheProvidersOwnTotal) {
  World world("accounts:\n" + account("a", "ak-a", "bills"));
  world.rows["2026-11 postpaid"] = 3;
  world.trouble = [](const SimulatedCall& call) -> std::optional<SimulatedReply> {
    if (call.operation != "total") return std::nullopt;
    return SimulatedReply{refusal(429, "TooManyRequests", {{"retry-after", "3000"}})};
  };
  world.run_for(minutes(2));
  EXPECT_EQ(world.months(0), (std::vector{kOctober, kNovember}));
  EXPECT_EQ(world.status(0, Collector::kBills).up, true);
}

TEST(Months, ThatAClockSetWrongReadAheadOfTimeAreDropped) {
  World world("polling: {bills: {interval: 60s}}\naccounts:\n" + account("a", "ak-a", "bills"));
  world.poller();
  world.cloud.schedule(seconds(30), [&] { world.cloud.set_wall_ahead(hours(24 * 30)); });
  world.cloud.schedule(seconds(100), [&] { world.cloud.set_wall_ahead(hours(0)); });
  std::vector<BillingMonth> ahead;
  world.cloud.schedule(seconds(99), [&] { ahead = world.months(0); });
  world.run_for(minutes(4));
  EXPECT_EQ(ahead, (std::vector{kNovember, kNovember.next()}));
  EXPECT_EQ(world.months(0), (std::vector{kOctober, kNovember}));
}

}  // namespace
}  // namespace cloud_billing
