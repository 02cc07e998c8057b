// What is shown of the current and the previous month while simulated weeks pass, and how often
// each is read.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <optional>

#include "tests/polling/poller_world.h"
#include "tests/polling/shown_costs.h"

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

TEST(MonthChange, TurnsCurrentIntoPreviousWithoutARequest) {
  World world("accounts:\n" + account("a", "ak-a", "bills"), china(2028, 2, 29) + hours(23));
  world.rows = {{"2028-01 postpaid", 31}, {"2028-02 postpaid", 29}};
  ShownCosts before, after;
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
  EXPECT_EQ(before, (ShownCosts{{"current", "29"}, {"previous", "31"}}));
  EXPECT_EQ(after, (ShownCosts{{"previous", "29"}}));
  EXPECT_EQ(calls_before, calls_after);
}

// Two accounts in one process, of clouds whose months begin at 00:00 UTC+8 and at 00:00 UTC.
TEST(MonthChange, ComesToEachAccountAtTheMidnightOfItsOwnZone) {
  World world(
      "accounts:\n" + account("a", "ak-a", "bills") + account("b", "ak-b", "bills", "", "fake-utc"),
      utc(2026, 11, 30, hours(15)));
  for (const int month : {10, 11, 12}) {
    world.rows["2026-" + std::to_string(month) + " postpaid"] = month;
  }
  std::map<seconds, ShownCosts> in_china, in_utc;
  for (const seconds at : {seconds(hours(1)) - seconds(1), seconds(hours(1)),
                           seconds(hours(9)) - seconds(1), seconds(hours(9)), seconds(hours(13))}) {
    world.cloud.schedule(at, [&, at] {
      in_china[at] = shown_costs(world);
      in_utc[at] = shown_costs(world, "fake-utc", "b");
    });
  }
  world.run_for(hours(13));
  const ShownCosts before{{"current", "11"}, {"previous", "10"}};
  const ShownCosts midnight{{"previous", "11"}};  // December has not been read yet
  const ShownCosts after{{"current", "12"}, {"previous", "11"}};
  EXPECT_EQ(in_china[hours(1) - seconds(1)], before);
  EXPECT_EQ(in_china[hours(1)], midnight);
  EXPECT_EQ(in_china[hours(9)], after);
  EXPECT_EQ(in_utc[hours(1)], before) << "it is November for eight more hours";
  EXPECT_EQ(in_utc[hours(9) - seconds(1)], before);
  EXPECT_EQ(in_utc[hours(9)], midnight);
  EXPECT_EQ(in_utc[hours(13)], after);
  std::map<std::string, std::optional<UtcSeconds>> first_of_december;
  for (const SimulatedCall& call : world.cloud.calls_of("bill")) {
    if (is_of_a_day(call) || call.parameter("month") != "2026-12") continue;
    auto& first = first_of_december[call.access_key_id];
    if (!first) first = std::chrono::floor<seconds>(call.wall);
  }
  EXPECT_GE(first_of_december["ak-a"], utc(2026, 11, 30, hours(16)));
  EXPECT_LT(first_of_december["ak-a"], utc(2026, 11, 30, hours(20)));
  EXPECT_GE(first_of_december["ak-b"], utc(2026, 12, 1)) << "a month that has not begun";
}

TEST(PreviousMonth, IsReadInEveryPollUntilTheEighthAndThenDaily) {
  World world("polling: {bills: {interval: 2h}}\naccounts:\n" + account("a", "ak-a", "bills"),
              china(2028, 2, 27));
  world.run_for(days(15));  // over February 29, to March 12
  std::map<BillingDay, int> first_week, later;
  std::map<BillingDay, int> current;
  for (const SimulatedCall& call : world.cloud.calls_of("bill")) {
    if (call.parameter("mode") != "postpaid" || is_of_a_day(call)) continue;
    const UtcSeconds at = std::chrono::floor<seconds>(call.wall);
    const BillingDay day = kChinaTime.day_at(at);
    if (call.parameter("month") == kChinaTime.month_at(at).text()) {
      ++current[day];
    } else {
      EXPECT_EQ(call.parameter("month"), kChinaTime.month_at(at).previous().text());
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
  world.rows = {{"2026-11 postpaid", 30}, {"2026-12 postpaid", 31}};
  world.trouble = [&](const SimulatedCall& call) -> std::optional<SimulatedReply> {
    if (call.parameter("month") != "2026-11" || call.wall < china(2026, 12, 1)) return std::nullopt;
    return SimulatedReply{refusal(400, "Nonsense"), milliseconds(20)};
  };
  ShownCosts still, withdrawn;
  world.cloud.schedule(days(3) + minutes(50), [&] { still = shown_costs(world); });
  world.cloud.schedule(days(3) + minutes(130), [&] { withdrawn = shown_costs(world); });
  world.run_for(days(4));
  EXPECT_EQ(still, (ShownCosts{{"current", "31"}, {"previous", "30"}}));
  EXPECT_EQ(withdrawn, (ShownCosts{{"current", "31"}}));
}

TEST(MonthsTwoBack, AreDroppedEvenIfNothingIsReadAnyMore) {
  World world("polling: {bills: {max_age: 0s}}\naccounts:\n" + account("a", "ak-a", "bills"),
              china(2027, 2, 28));
  world.rows = {{"2027-01 postpaid", 31}, {"2027-02 postpaid", 28}};
  world.trouble = [&](const SimulatedCall& call) -> std::optional<SimulatedReply> {
    if (call.wall < china(2027, 2, 28) + hours(12)) return std::nullopt;
    return SimulatedReply{refusal(400, "Nonsense"), milliseconds(20)};
  };
  ShownCosts in_february, in_march;
  world.cloud.schedule(hours(23), [&] { in_february = shown_costs(world); });
  world.cloud.schedule(hours(25), [&] { in_march = shown_costs(world); });
  world.run_for(hours(26));
  EXPECT_EQ(in_february, (ShownCosts{{"current", "28"}, {"previous", "31"}}));
  EXPECT_EQ(in_march, (ShownCosts{{"previous", "28"}}));
}

}  // namespace
}  // namespace cloud_billing
