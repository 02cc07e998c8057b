// Polls that somebody ordered, against a simulated cloud in simulated time.

#include "polling/prompt_polls.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "tests/polling/poller_world.h"

namespace cloud_billing {
namespace {

using std::chrono::milliseconds;
using std::chrono::minutes;
using std::chrono::seconds;
using testing::Contains;
using testing::Each;
using testing::ElementsAre;
using testing::Ge;
using testing::SizeIs;

const std::string kTwo = "polling: {balance: {interval: 1h}, bills: {interval: 1h}}\naccounts:\n" +
                         account("a", "ak-a", "balance, bills") +
                         account("b", "ak-b", "balance, bills");

std::vector<milliseconds> balances_of(const World& world, const std::string& key) {
  return times_of(world.cloud.calls_of("balance"), key);
}

TEST(OrderedPolls, ComeAtOnceForAllAccountsOrTheOneThatIsNamed) {
  World world(kTwo);
  world.order_polls_at(minutes(10), std::nullopt);
  world.order_polls_at(minutes(20), "b");
  world.order_polls_at(minutes(25), "nobody");
  world.run_for(minutes(30));
  EXPECT_THAT(balances_of(world, "ak-a"), ElementsAre(milliseconds(0), minutes(10)));
  EXPECT_THAT(balances_of(world, "ak-b"), ElementsAre(milliseconds(0), minutes(10), minutes(20)));
  EXPECT_THAT(times_of(world.cloud.calls_of("bill"), "ak-b"),
              Contains(Ge(milliseconds(minutes(20)))));
}

TEST(OrderedPolls, KeepTheRateOfTheKey) {
  World world("polling: {balance: {interval: 1h}, bills: {interval: 1h}}\naccounts:\n" +
              account("a", "ak-a", "balance, bills", "requests_per_second: 2"));
  world.rows["2026-11 postpaid"] = 1000;
  world.order_polls_at(minutes(5), std::nullopt);
  world.run_for(minutes(10));
  EXPECT_THAT(gaps_of(world.cloud.calls()), Each(Ge(milliseconds(500))));
  EXPECT_THAT(balances_of(world, "ak-a"), SizeIs(2));
}

// The next ones are due an interval after those that were ordered.
TEST(OrderedPolls, CountAsPollsLikeOthers) {
  World world("polling: {balance: {interval: 10m}}\naccounts:\n" + account("a", "ak-a", "balance"));
  world.order_polls_at(minutes(5), "a");
  world.run_for(minutes(19));
  EXPECT_THAT(balances_of(world, "ak-a"),
              ElementsAre(milliseconds(0), minutes(5),
                          testing::AllOf(Ge(minutes(15)), testing::Le(minutes(16)))));
}

TEST(OrderedPolls, OfWhatIsPolledAlreadyAreNotCountedAndItGoesOn) {
  World world(kTwo);
  const SteadyTime start = world.cloud.steady();
  AccountBook accounts;
  (void)accounts.take_up({world.config, world.secrets}, fake_providers(), start, {});
  CollectorState& balance = accounts.find("a")->collectors.front();
  CollectorState& bills = accounts.find("a")->collectors.back();
  balance.due = start + minutes(50);
  bills.run = std::make_unique<CollectorRun>(WallTime(), start);
  const OrderedPolls all = poll_ahead_of_time(accounts, std::nullopt, start + minutes(1));
  EXPECT_EQ(all.outcome, OrderedPolls::Outcome::kScheduled);
  EXPECT_EQ(all.polls, 3U);
  EXPECT_EQ(balance.due, start + minutes(1));
  EXPECT_TRUE(bills.run);
  EXPECT_EQ(poll_ahead_of_time(accounts, "a", start).polls, 1U);
  EXPECT_EQ(poll_ahead_of_time(accounts, "c", start).outcome,
            OrderedPolls::Outcome::kNoSuchAccount);
}

TEST(OrderedPolls, WaitAsTheCloudAsked) {
  World world("http: {max_retries: 0}\n" + kTwo);
  world.trouble = [](const SimulatedCall& call) -> std::optional<SimulatedReply> {
    if (call.operation != "balance" || call.at > seconds(1)) return std::nullopt;
    return SimulatedReply{refusal(429, "Throttled", {{"retry-after", "600"}}), milliseconds(0)};
  };
  world.order_polls_at(minutes(1), "a");
  world.run_for(minutes(11));
  EXPECT_THAT(balances_of(world, "ak-a"), ElementsAre(milliseconds(0), minutes(10)));
}

TEST(OrderedPolls, AskAgainForWhatTheKeyWasRefused) {
  World world(kTwo);
  world.order_polls_at(minutes(1), "a");
  world.run_for(minutes(2));
  EXPECT_THAT(times_of(world.cloud.calls_of("credit"), "ak-a"), SizeIs(2));
  EXPECT_THAT(times_of(world.cloud.calls_of("credit"), "ak-b"), SizeIs(1));
}

}  // namespace
}  // namespace cloud_billing
