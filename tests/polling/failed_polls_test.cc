// What a failed poll keeps, and when it is tried again.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <optional>
#include <string>
#include <utility>

#include "tests/polling/poller_world.h"
#include "tests/polling/shown_costs.h"

namespace cloud_billing {
namespace {

using std::chrono::milliseconds;
using std::chrono::minutes;
using std::chrono::seconds;
using testing::AllOf;
using testing::Each;
using testing::ElementsAre;
using testing::Ge;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Pair;
using testing::SizeIs;

TEST(FailedPolls, APermissionFailureIsNotRetriedAndWaitsTheFullInterval) {
  World world("polling: {balance: {interval: 60s}}\naccounts:\n" + account("a", "ak-a", "balance"));
  world.trouble = [](const SimulatedCall& call) -> std::optional<SimulatedReply> {
    if (call.operation == "balance") return refuse(403, "AccessDenied");
    return std::nullopt;
  };
  world.run_for(minutes(20));
  EXPECT_THAT(gaps_of(world.cloud.calls_of("balance")),
              AllOf(SizeIs(Ge(18U)), Each(about(seconds(60)))));
}

TEST(FailedPolls, OthersAreTriedSoonerAndThenLessAndLessOften) {
  World world("polling: {balance: {interval: 60s}}\naccounts:\n" + account("a", "ak-a", "balance"));
  world.trouble = [](const SimulatedCall& call) -> std::optional<SimulatedReply> {
    if (call.operation == "balance") return refuse(400, "Nonsense");
    return std::nullopt;
  };
  world.run_for(seconds(210));
  EXPECT_THAT(gaps_of(world.cloud.calls_of("balance")),
              ElementsAre(about(seconds(5)), about(seconds(10)), about(seconds(20)),
                          about(seconds(40)), about(seconds(60)), about(seconds(60))));
}

TEST(FailedPolls, WaitAsLongAsTheCloudAsksUpToTheInterval) {
  for (const auto& [asked, waited] : {std::pair("45", seconds(45)), {"1000", seconds(120)}}) {
    World world("http: {max_retries: 0}\npolling: {balance: {interval: 120s}}\naccounts:\n" +
                account("a", "ak-a", "balance"));
    bool refused = false;
    world.trouble = [&, seconds_asked =
                            asked](const SimulatedCall& call) -> std::optional<SimulatedReply> {
      if (call.operation != "balance" || std::exchange(refused, true)) return std::nullopt;
      return SimulatedReply{refusal(429, "Throttled", {{"retry-after", seconds_asked}}),
                            milliseconds(0)};
    };
    world.run_for(seconds(130));
    const auto calls = world.cloud.calls_of("balance");
    ASSERT_GE(calls.size(), 2U);
    EXPECT_THAT(calls[1].at - calls[0].at, about(waited));
  }
}

TEST(FailedPolls, ASuccessBringsTheIntervalBack) {
  World world("polling: {balance: {interval: 60s}}\naccounts:\n" + account("a", "ak-a", "balance"));
  int count = 0;
  world.trouble = [&count](const SimulatedCall& call) -> std::optional<SimulatedReply> {
    if (call.operation != "balance") return std::nullopt;
    ++count;
    if (count == 3) return std::nullopt;
    return refuse(400, "Nonsense");
  };
  world.run_for(seconds(86));
  EXPECT_THAT(
      gaps_of(world.cloud.calls_of("balance")),
      ElementsAre(about(seconds(5)), about(seconds(10)), about(seconds(60)), about(seconds(5))));
}

TEST(FailedPolls, KeepTheLastGoodValuesAndTheTimeOfTheLastSuccess) {
  World world("polling: {balance: {interval: 60s}}\naccounts:\n" + account("a", "ak-a", "balance"));
  world.trouble = [&world](const SimulatedCall& call) -> std::optional<SimulatedReply> {
    if (call.operation == "balance" && world.cloud.elapsed() > seconds(30)) {
      return refuse(400, "Nonsense");
    }
    return std::nullopt;
  };
  world.run_for(minutes(10));
  EXPECT_EQ(world.status(0, Collector::kBalance).up, false);
  EXPECT_EQ(world.last_success(0, Collector::kBalance), seconds(0));
  ASSERT_TRUE(world.views[0]->results.balance);
  EXPECT_EQ(world.views[0]->results.balance->value->cash.to_decimal(), "850.5");
  EXPECT_EQ(world.views[0]->results.balance->at, kStart);
}

TEST(FailedPolls, AreTheStatusesWordsUntilASuccess) {
  World world("polling: {balance: {interval: 60s}}\naccounts:\n" + account("a", "ak-a", "balance"));
  world.trouble = [&world](const SimulatedCall& call) -> std::optional<SimulatedReply> {
    if (call.operation != "balance" || world.cloud.elapsed() > seconds(70)) {
      return std::nullopt;
    }
    return refuse(403, "AccessDenied");
  };
  std::optional<PollFailure> failure;
  std::optional<UtcSeconds> next;
  world.cloud.schedule(seconds(30), [&] {
    failure = world.status(0, Collector::kBalance).last_failure;
    next = world.status(0, Collector::kBalance).next_poll;
  });
  world.run_for(seconds(140));
  ASSERT_TRUE(failure);
  EXPECT_EQ(failure->reason, Reason::kPermission);
  EXPECT_THAT(failure->message, HasSubstr("AccessDenied"));
  EXPECT_EQ(failure->at, kStart);
  ASSERT_TRUE(next);
  EXPECT_THAT(*next - kStart, about(seconds(60)));
  // It is remembered after it is over.
  const CollectorStatus after = world.status(0, Collector::kBalance);
  EXPECT_EQ(after.up, true);
  ASSERT_TRUE(after.last_failure);
  EXPECT_THAT(after.last_failure->at - kStart, about(seconds(60)));
}

TEST(FailedPolls, BeforeTheFirstSuccessThereIsNothingToShow) {
  World world("accounts:\n" + account("a", "ak-a", "balance, bills"));
  world.trouble = [](const SimulatedCall&) { return refuse(400, "Nonsense"); };
  EXPECT_FALSE(world.run_once());
  EXPECT_FALSE(world.views[0]->results.balance);
  EXPECT_THAT(world.views[0]->results.months, IsEmpty());
  EXPECT_EQ(world.status(0, Collector::kBills).up, false);
  EXPECT_EQ(world.status(0, Collector::kBills).last_success, std::nullopt);
}

TEST(FailedPolls, CountTheReasonOfTheRequestThatFailedFirst) {
  World world("accounts:\n" + account("a", "ak-a", "bills"));
  world.trouble = [](const SimulatedCall& call) -> std::optional<SimulatedReply> {
    if (call.parameter("month") == "2026-10") {
      return SimulatedReply{refusal(403, "AccessDenied"), milliseconds(5000)};
    }
    return SimulatedReply{refusal(400, "Nonsense"), milliseconds(1000)};
  };
  EXPECT_FALSE(world.run_once());
  EXPECT_THAT(world.records.polls,
              ElementsAre(CountedRecords::Poll{0, Collector::kBills, Reason::kRequest}));
}

// The second page: half of the bill is added up by then.
TEST(FailedPolls, ForWantOfMemoryEndNothingElseAndTheNextOneIsRight) {
  World world("polling: {bills: {interval: 60s}}\naccounts:\n" + account("a", "ak-a", "bills") +
              account("b", "ak-b", "bills"));
  world.rows = {{"2026-11 postpaid", 250}, {"2026-11 prepaid", 30}, {"2026-10 postpaid", 70}};
  bool has_met_it = false;
  world.trouble = [&](const SimulatedCall& call) -> std::optional<SimulatedReply> {
    if (call.access_key_id != "ak-a" || call.parameter("page") != "2") return std::nullopt;
    if (std::exchange(has_met_it, true)) return std::nullopt;
    return SimulatedReply{response_of("no memory"), milliseconds(50)};
  };
  std::optional<PollFailure> failure;
  world.cloud.schedule(seconds(3), [&] {
    failure = world.status(0, Collector::kBills).last_failure;
    EXPECT_EQ(world.status(0, Collector::kBills).up, false);
    EXPECT_EQ(world.status(1, Collector::kBills).up, true);
  });
  world.run_for(minutes(5));
  ASSERT_TRUE(failure);
  EXPECT_EQ(failure->reason, Reason::kTransport);
  EXPECT_EQ(failure->message, "there is not enough memory to read the answers");
  EXPECT_EQ(world.records.failures[Reason::kTransport], 1);
  EXPECT_EQ(world.status(0, Collector::kBills).up, true);
  for (const std::string name : {"a", "b"}) {
    EXPECT_THAT(shown_costs(world, "fake", name),
                ElementsAre(Pair("current", "250"), Pair("previous", "70")));
  }
}

}  // namespace
}  // namespace cloud_billing
