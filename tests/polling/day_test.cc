// The newest complete day.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <optional>
#include <string>
#include <vector>

#include "tests/polling/poller_world.h"

namespace cloud_billing {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;
using testing::AllOf;
using testing::Each;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::SizeIs;

// The days asked for, one entry per bill page.
std::vector<std::string> days_asked(const World& world) {
  std::vector<std::string> days;
  for (const SimulatedCall& call : world.cloud.calls_of("bill")) {
    if (!is_of_a_day(call)) continue;
    days.push_back(call.parameter("day"));
  }
  return days;
}

// Of the only service that the cloud bills.
std::string day_cost(const World& world) {
  const auto& costs = world.views[0]->results.days->value->newest().billed_costs;
  const auto cost = costs.find({"CNY", "vm", "postpaid"});
  return cost == costs.end() ? "none" : cost->second.to_decimal();
}

std::string day_shown(const World& world) {
  const auto& days = world.views[0]->results.days;
  return days ? day_text(days->value->newest().day) : "none";
}

const std::string kBillsEveryMinute = "polling: {bills: {interval: 60s}}\naccounts:\n";

TEST(Day, IsReadOnceHoweverOftenTheBillsArePolled) {
  World world(kBillsEveryMinute + account("a", "ak-a", "bills"));
  world.rows["2026-11-14 postpaid"] = 250;
  world.run_for(minutes(10));
  // Prepaid one page, postpaid three.
  EXPECT_THAT(days_asked(world), AllOf(SizeIs(4U), Each(std::string("2026-11-14"))));
  EXPECT_EQ(day_shown(world), "2026-11-14");
  EXPECT_EQ(day_cost(world), "250");
}

TEST(Day, IsFollowedByTheNextAtTenInTheMorning) {
  // 09:58 in China.
  World world(kBillsEveryMinute + account("a", "ak-a", "bills"),
              utc(2026, 11, 15, hours(1)) + minutes(58));
  world.rows["2026-11-13 postpaid"] = 13;
  world.rows["2026-11-14 postpaid"] = 14;
  std::string before;
  world.cloud.schedule(seconds(100), [&] { before = day_shown(world) + " " + day_cost(world); });
  world.run_for(minutes(5));
  EXPECT_EQ(before, "2026-11-13 13");
  EXPECT_EQ(day_shown(world) + " " + day_cost(world), "2026-11-14 14");
  EXPECT_THAT(days_asked(world),
              ElementsAre("2026-11-13", "2026-11-13", "2026-11-14", "2026-11-14"));
  EXPECT_TRUE(world.views[0]->results.days->value->knows(parse_day("2026-11-13").value()))
      << "the day before stays known";
}

TEST(Day, ThatCannotBeReadKeepsTheOneBeforeAndFailsNoPoll) {
  World world(kBillsEveryMinute + account("a", "ak-a", "bills"),
              utc(2026, 11, 15, hours(1)) + minutes(58));
  world.rows["2026-11-13 postpaid"] = 13;
  world.trouble = [](const SimulatedCall& call) -> std::optional<SimulatedReply> {
    if (call.parameter("day") == "2026-11-14") return refuse(400, "Nonsense");
    return std::nullopt;
  };
  testing::internal::CaptureStderr();
  world.run_for(minutes(10));
  const std::string log = testing::internal::GetCapturedStderr();
  EXPECT_EQ(day_shown(world) + " " + day_cost(world), "2026-11-13 13");
  EXPECT_EQ(world.status(0, Collector::kBills).up, true);
  EXPECT_THAT(world.records.polls, Each(CountedRecords::Poll{0, Collector::kBills, std::nullopt}));
  // It is tried again by every poll, and each failure counts.
  EXPECT_GE(world.records.failures[Reason::kRequest], 7);
  EXPECT_GE(world.views[0]->results.months.at(kNovember).at,
            utc(2026, 11, 15, hours(1)) + minutes(58) + minutes(8));
  EXPECT_THAT(log, HasSubstr("day=2026-11-14 reason=request"));
  // No poll has known it as the newest since ten.
  EXPECT_LE(world.views[0]->results.days->at, utc(2026, 11, 15, hours(2)) + seconds(10));
}

TEST(Day, StaysYoungWhileGoodPollsKnowItAsTheNewest) {
  World world(kBillsEveryMinute + account("a", "ak-a", "bills"));
  world.trouble = [&world](const SimulatedCall& call) -> std::optional<SimulatedReply> {
    if (call.parameter("month") == "2026-11" && world.cloud.elapsed() > minutes(5)) {
      return refuse(400, "Nonsense");
    }
    return std::nullopt;
  };
  UtcSeconds confirmed{};
  world.cloud.schedule(minutes(5), [&] { confirmed = world.views[0]->results.days->at; });
  world.run_for(minutes(20));
  EXPECT_THAT(days_asked(world), SizeIs(2U));
  EXPECT_GE(confirmed, kStart + minutes(3));
  EXPECT_EQ(world.status(0, Collector::kBills).up, false);
  EXPECT_EQ(world.views[0]->results.days->at, confirmed) << "a failed poll confirms nothing";
}

TEST(Day, IsNotShownBeforeAMonthIs) {
  World world("accounts:\n" + account("a", "ak-a", "bills"));
  world.trouble = [](const SimulatedCall& call) -> std::optional<SimulatedReply> {
    if (is_of_a_day(call)) return std::nullopt;
    return refuse(403, "AccessDenied");
  };
  world.run_for(minutes(1));
  EXPECT_THAT(days_asked(world), SizeIs(2U));
  EXPECT_EQ(day_shown(world), "none");
}

TEST(Day, BelongsToThePollThatReadsIt) {
  World world("accounts:\n" + account("a", "ak-a", "bills"));
  world.trouble = [](const SimulatedCall& call) -> std::optional<SimulatedReply> {
    if (!is_of_a_day(call)) return std::nullopt;
    return SimulatedReply{response_of(bill_page(call, 0, "account-1")), seconds(20)};
  };
  std::optional<bool> meanwhile = true;
  world.cloud.schedule(seconds(10), [&] { meanwhile = world.status(0, Collector::kBills).up; });
  world.run_for(seconds(40));
  EXPECT_EQ(meanwhile, std::nullopt) << "the poll ended before its day was read";
  EXPECT_EQ(world.status(0, Collector::kBills).up, true);
  EXPECT_EQ(day_shown(world), "2026-11-14");
}

}  // namespace
}  // namespace cloud_billing
