// What is sent again, and when.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <optional>
#include <set>
#include <string>

#include "tests/polling/poller_world.h"

namespace cloud_billing {
namespace {

using std::chrono::milliseconds;
using std::chrono::minutes;
using std::chrono::seconds;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::SizeIs;

TEST(Retries, FailedRequestsAreSentAgainWithBoundedBackoffUpToMaxRetries) {
  World world("polling: {balance: {interval: 1h}}\naccounts:\n" + account("a", "ak-a", "balance"));
  world.trouble = [](const SimulatedCall& call) -> std::optional<SimulatedReply> {
    if (call.operation == "balance") return refuse(500, "InternalError");
    return std::nullopt;
  };
  world.run_for(milliseconds(4900));  // before the next poll can begin, unless retries took longer
  const auto calls = world.cloud.calls_of("balance");
  const auto gaps = gaps_of(calls);
  for (std::size_t i = 0; i < gaps.size(); ++i) {
    EXPECT_LE(gaps[i], milliseconds(500 << i) + milliseconds(20 + 200)) << "retry " << i + 1;
  }
  EXPECT_LE(calls.size(), 5U);
  EXPECT_GE(calls.size(), 3U);
}

TEST(Retries, MaxRetriesCanBeNone) {
  World world("http: {max_retries: 0}\naccounts:\n" + account("a", "ak-a", "balance"));
  world.trouble = [](const SimulatedCall&) { return refuse(503, "InternalError"); };
  world.run_for(seconds(4));
  EXPECT_THAT(world.cloud.calls_of("balance"), SizeIs(1U));
  EXPECT_EQ(world.records.failures[Reason::kServer], 1);
}

TEST(Retries, AreCountedToTheLast) {
  World world("http: {max_retries: 2}\npolling: {balance: {interval: 1h}}\naccounts:\n" +
              account("a", "ak-a", "balance"));
  world.trouble = [](const SimulatedCall& call) -> std::optional<SimulatedReply> {
    if (call.operation == "balance") return refuse(500, "InternalError");
    return std::nullopt;
  };
  EXPECT_FALSE(world.run_once());
  EXPECT_THAT(world.cloud.calls_of("balance"), SizeIs(3U));
  EXPECT_EQ(world.records.failures[Reason::kServer], 3);
}

TEST(Retries, EveryAttemptIsSignedAnewWithTheTimeItIsSentAt) {
  World world("polling: {balance: {interval: 1h}}\naccounts:\n" + account("a", "ak-a", "balance"));
  world.trouble = [](const SimulatedCall& call) -> std::optional<SimulatedReply> {
    if (call.operation != "balance") return std::nullopt;
    return SimulatedReply{refusal(500, "InternalError"), milliseconds(2000)};
  };
  EXPECT_FALSE(world.run_once());
  std::set<std::string> signatures;
  for (const SimulatedCall& call : world.cloud.calls_of("balance")) {
    EXPECT_EQ(call.date, utc_text(std::chrono::floor<seconds>(call.wall)));
    signatures.insert(call.signature);
  }
  EXPECT_THAT(signatures, SizeIs(5U));
}

TEST(Retries, WaitAsLongAsTheCloudAsks) {
  World world("polling: {balance: {interval: 1h}}\naccounts:\n" + account("a", "ak-a", "balance"));
  bool refused = false;
  world.trouble = [&refused](const SimulatedCall& call) -> std::optional<SimulatedReply> {
    if (call.operation != "balance" || std::exchange(refused, true)) return std::nullopt;
    return SimulatedReply{refusal(429, "Throttled", {{"retry-after", "37"}}), milliseconds(20)};
  };
  EXPECT_TRUE(world.run_once());
  EXPECT_THAT(times_of(world.cloud.calls_of("balance")),
              ElementsAre(milliseconds(0), milliseconds(37020)));
}

TEST(Retries, DoNotWaitLongerThanTheInterval) {
  World world("polling: {balance: {interval: 60s}}\naccounts:\n" + account("a", "ak-a", "balance"));
  world.trouble = [](const SimulatedCall& call) -> std::optional<SimulatedReply> {
    if (call.operation != "balance") return std::nullopt;
    return SimulatedReply{refusal(429, "Throttled", {{"retry-after", "61"}}), milliseconds(20)};
  };
  EXPECT_FALSE(world.run_once());
  EXPECT_THAT(world.cloud.calls_of("balance"), SizeIs(1U));
  EXPECT_THAT(world.records.polls,
              ElementsAre(CountedRecords::Poll{0, Collector::kBalance, Reason::kThrottled}));
}

TEST(Retries, ARefusedTimeIsTriedOnceMore) {
  World world("accounts:\n" + account("a", "ak-a", "balance"));
  world.trouble = [](const SimulatedCall& call) -> std::optional<SimulatedReply> {
    if (call.operation == "balance") return refuse(400, "RequestExpired");
    return std::nullopt;
  };
  EXPECT_FALSE(world.run_once());
  EXPECT_THAT(world.cloud.calls_of("balance"), SizeIs(2U));
  EXPECT_THAT(world.records.polls,
              ElementsAre(CountedRecords::Poll{0, Collector::kBalance, Reason::kAuth}));
}

TEST(Retries, ARefusedTimeNamesAClockThatIsWrong) {
  World world("accounts:\n" + account("a", "ak-a", "balance"));
  world.trouble = [](const SimulatedCall& call) -> std::optional<SimulatedReply> {
    if (call.operation != "balance") return std::nullopt;
    // kStart is 04:00.
    return SimulatedReply{
        refusal(400, "RequestExpired", {{"date", "Sun, 15 Nov 2026 03:15:00 GMT"}})};
  };
  testing::internal::CaptureStderr();
  EXPECT_FALSE(world.run_once());
  EXPECT_THAT(testing::internal::GetCapturedStderr(),
              HasSubstr("this host's clock is 45 minutes ahead of the server's"));
}

}  // namespace
}  // namespace cloud_billing
