// How many requests are under way.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <optional>
#include <string>
#include <vector>

#include "tests/polling/poller_world.h"

namespace cloud_billing {
namespace {

using std::chrono::milliseconds;
using std::chrono::minutes;
using std::chrono::seconds;
using testing::AllOf;
using testing::Each;
using testing::SizeIs;

TEST(InFlight, AtMostSixteenOfAnAccount) {
  World world("accounts:\n" + account("a", "ak-a", "balance, bills", "requests_per_second: 20"));
  world.rows["2026-11 postpaid"] = 20000;
  world.latency = seconds(5);
  world.run_for(seconds(60));
  std::size_t most = 0;
  for (const SimulatedCall& call : world.cloud.calls()) {
    most = std::max(most, call.others_in_flight + 1);
  }
  EXPECT_EQ(most, 16U);
}

TEST(InFlight, PagesOverlapSoThatOnlyTheRateCounts) {
  World world("accounts:\n" + account("a", "ak-a", "bills", "requests_per_second: 20"));
  world.rows["2026-11 postpaid"] = 100000;
  world.latency = milliseconds(400);
  world.run_for(minutes(2));
  ASSERT_EQ(world.months(0), (std::vector{kOctober, kNovember}));
  EXPECT_EQ(world.views[0]->results.months.at(kNovember).value->rows, 100000U);
  // 1,000 pages, 5 empty listings (2 of the day), 2 summaries; the first page is awaited, the
  // summary comes last.
  EXPECT_EQ(world.cloud.calls().size(), 1007U);
  EXPECT_LE(world.cloud.calls().back().at, milliseconds(1007 * 50 + 2 * 400));
}

TEST(InFlight, NothingStartsWhileTheTransportIsFull) {
  World world("accounts:\n" + account("a", "ak-a", "balance"));
  world.cloud.set_can_start(false);
  world.cloud.schedule(seconds(7), [&] { world.cloud.set_can_start(true); });
  world.run_for(seconds(10));
  ASSERT_FALSE(world.cloud.calls().empty());
  EXPECT_EQ(world.cloud.calls().front().at, seconds(7));
}

// Two hundred accounts of an endpoint that accepts and never answers want more than there is room
// for.
TEST(InFlight, AccountsThatAreNeverAnsweredLeaveRoomForTheOthers) {
  constexpr int kSilent = 200;
  std::string accounts = "accounts:\n";
  for (int i = 0; i < kSilent; ++i) {
    const std::string number = std::to_string(i);
    accounts += account("silent-" + number, "ak-a" + number, "balance, bills, orders");
  }
  World world(accounts + account("good", "ak-z", "bills"));
  world.rows["2026-11 postpaid"] = 3000;
  world.trouble = [](const SimulatedCall& call) -> std::optional<SimulatedReply> {
    if (call.access_key_id != "ak-z") return SimulatedReply{};
    return std::nullopt;
  };
  world.run_for(seconds(29));  // not one of the others has timed out
  EXPECT_GE(world.cloud.in_flight() + world.cloud.abandoned(), 1000U);
  EXPECT_EQ(world.months(kSilent), (std::vector{kOctober, kNovember}));
}

TEST(InFlight, OnlyTheRequestsOfThePollThatIsGivenUpAreAbandoned) {
  const std::string kept = account("kept", "ak-a", "bills", "requests_per_second: 20");
  World world("accounts:\n" + kept + account("gone", "ak-b", "bills", "requests_per_second: 20"));
  world.rows["2026-11 postpaid"] = 3000;
  world.latency = seconds(5);
  std::size_t under_way = 0;
  world.cloud.schedule(milliseconds(5990), [&] { under_way = world.cloud.in_flight(); });
  world.reload_at(seconds(6), "accounts:\n" + kept);
  world.run_for(minutes(3));
  EXPECT_EQ(under_way, 32U);
  EXPECT_EQ(world.cloud.abandoned(), 16U);
  EXPECT_THAT(world.records.polls,
              testing::ElementsAre(CountedRecords::Poll{0, Collector::kBills, std::nullopt}));
  EXPECT_EQ(world.months(0), (std::vector{kOctober, kNovember}));
}

TEST(InFlight, RequestsOfAFailedPollAreAbandonedAndNeverComeBack) {
  World world("polling: {bills: {interval: 60s}}\naccounts:\n" +
              account("a", "ak-a", "bills", "requests_per_second: 20"));
  world.rows["2026-11 postpaid"] = 3000;
  world.rows["2026-10 postpaid"] = 3000;
  world.latency = milliseconds(1000);
  // Of both months one page is refused, when many others are under way; some of those would be
  // answered in the same moment.
  world.trouble = [](const SimulatedCall& call) -> std::optional<SimulatedReply> {
    if (call.parameter("page") != "4") return std::nullopt;
    return SimulatedReply{refusal(403, "AccessDenied"), milliseconds(850)};
  };
  world.run_for(seconds(150));
  EXPECT_GE(world.cloud.abandoned(), 10U);
  EXPECT_EQ(world.cloud.in_flight(), 0U);
  EXPECT_THAT(
      world.records.polls,
      AllOf(SizeIs(3U), Each(CountedRecords::Poll{0, Collector::kBills, Reason::kPermission})));
  EXPECT_EQ(world.records.requests, world.cloud.calls().size()) << "every attempt counts";
  EXPECT_EQ(world.records.durations, world.cloud.calls().size() - world.cloud.abandoned());
}

// It is an attempt that failed, and took no time that could be measured.
TEST(InFlight, ARequestThatCouldNotBeStartedHasNoDuration) {
  World world("accounts:\n" + account("a", "ak-a", "orders"));
  world.trouble = [&world](const SimulatedCall&) -> std::optional<SimulatedReply> {
    if (world.cloud.calls().empty()) return SimulatedReply{{}, milliseconds(0), false};
    return std::nullopt;
  };
  EXPECT_TRUE(world.run_once());
  EXPECT_EQ(world.records.requests, 2U) << "every attempt counts";
  EXPECT_EQ(world.records.failures, (std::map<Reason, int>{{Reason::kTransport, 1}}));
  EXPECT_EQ(world.records.durations, 1U);
}

}  // namespace
}  // namespace cloud_billing
