// When polls start, and how far apart.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <optional>
#include <set>
#include <vector>

#include "tests/polling/poller_world.h"

namespace cloud_billing {
namespace {

using std::chrono::hours;
using std::chrono::milliseconds;
using std::chrono::minutes;
using std::chrono::seconds;
using testing::AllOf;
using testing::Each;
using testing::ElementsAre;
using testing::Ge;
using testing::SizeIs;

TEST(Schedule, FirstPollsStartAtOnce) {
  World world("accounts:\n" + account("a", "ak-a", "balance") + account("b", "ak-b", "bills"));
  world.run_for(milliseconds(10));
  EXPECT_THAT(times_of(world.cloud.calls()), ElementsAre(milliseconds(0), milliseconds(0)));
}

TEST(Schedule, IntervalsCountFromThePollsStartWithAtMostFivePercentOnTop) {
  World world("polling: {balance: {interval: 60s}}\naccounts:\n" + account("a", "ak-a", "balance"));
  world.latency = seconds(10);
  world.run_for(hours(1));
  const auto gaps = gaps_of(world.cloud.calls_of("balance"));
  ASSERT_GE(gaps.size(), 50U);
  EXPECT_THAT(gaps, Each(about(seconds(60))));
  EXPECT_GT(std::set(gaps.begin(), gaps.end()).size(), 10U) << "polls march in step";
}

TEST(Schedule, AccountsCanHaveIntervalsOfTheirOwn) {
  World world("accounts:\n" + account("a", "ak-a", "balance", "intervals: {balance: 10s}"));
  world.run_for(minutes(2));
  EXPECT_THAT(gaps_of(world.cloud.calls_of("balance")), Each(about(seconds(10))));
}

TEST(Schedule, APollNeverOverlapsItself) {
  World world("polling: {balance: {interval: 1s}}\naccounts:\n" + account("a", "ak-a", "balance"));
  world.latency = seconds(5);
  world.run_for(minutes(5));
  const auto calls = world.cloud.calls_of("balance");
  ASSERT_GE(calls.size(), 10U);
  for (const SimulatedCall& call : calls) EXPECT_EQ(call.others_in_flight, 0U);
}

TEST(Schedule, OneHangingAccountDelaysNoOther) {
  World world("polling: {balance: {interval: 10s}}\naccounts:\n" +
              account("hangs", "ak-a", "balance") + account("works", "ak-b", "balance"));
  world.trouble = [](const SimulatedCall& call) -> std::optional<SimulatedReply> {
    if (call.access_key_id == "ak-a") return SimulatedReply{};
    return std::nullopt;
  };
  std::optional<bool> first_result;
  world.cloud.schedule(milliseconds(500),
                       [&] { first_result = world.status(1, Collector::kBalance).up; });
  world.run_for(minutes(2));
  EXPECT_EQ(first_result, true);
  std::vector<SimulatedCall> works;
  for (const SimulatedCall& call : world.cloud.calls_of("balance")) {
    if (call.access_key_id == "ak-b") works.push_back(call);
  }
  EXPECT_THAT(gaps_of(works), AllOf(SizeIs(Ge(10U)), Each(about(seconds(10)))));
}

}  // namespace
}  // namespace cloud_billing
