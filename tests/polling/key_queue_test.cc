// The pace of an access key, and whose turn it is on it.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "tests/polling/poller_world.h"

namespace cloud_billing {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;
using testing::AllOf;
using testing::Each;
using testing::Ge;
using testing::Le;
using testing::SizeIs;

TEST(PaceOfAKey, RequestsOfAllCollectorsAreApartWithoutBursts) {
  World world("polling: {balance: {interval: 1s}}\naccounts:\n" +
              account("a", "ak-a", "balance, bills", "requests_per_second: 4"));
  world.rows["2026-11 postpaid"] = 5000;
  world.run_for(seconds(30));
  const auto gaps = gaps_of(world.cloud.calls());
  EXPECT_THAT(gaps, Each(Ge(milliseconds(250))));
  EXPECT_THAT(gaps, SizeIs(Ge(60U)));
}

TEST(PaceOfAKey, IsTheLowestOfTheAccountsThatShareItRetriesIncluded) {
  World world("accounts:\n" + account("a", "shared", "bills", "requests_per_second: 10") +
              account("b", "shared", "bills, balance", "requests_per_second: 2"));
  world.rows["2026-11 postpaid"] = 5000;
  int count = 0;
  world.trouble = [&count](const SimulatedCall&) -> std::optional<SimulatedReply> {
    if (++count % 3 != 0) return std::nullopt;
    return refuse(500, "InternalError");
  };
  world.run_for(seconds(60));
  const auto gaps = gaps_of(world.cloud.calls());
  EXPECT_THAT(gaps, Each(Ge(milliseconds(500))));
  EXPECT_THAT(gaps, SizeIs(Ge(100U)));
}

TEST(PaceOfAKey, DifferentKeysDoNotWaitForEachOther) {
  World world("accounts:\n" + account("a", "ak-a", "bills", "requests_per_second: 1") +
              account("b", "ak-b", "bills", "requests_per_second: 1"));
  world.rows["2026-11 postpaid"] = 5000;
  world.run_for(seconds(20));
  EXPECT_GE(world.cloud.calls().size(), 38U);
}

TEST(PaceOfAKey, CollectorsTakeTurnsSoALongBillHoldsNoBalanceBack) {
  World world("polling: {balance: {interval: 5s}}\naccounts:\n" +
              account("a", "ak-a", "balance, bills", "requests_per_second: 10"));
  world.rows["2026-11 postpaid"] = 50000;
  world.rows["2026-10 postpaid"] = 50000;
  world.run_for(seconds(60));
  const auto calls = world.cloud.calls_of("balance");
  EXPECT_LE(calls.front().at, milliseconds(100));
  // The interval, its jitter, and one turn of the other collector.
  EXPECT_THAT(gaps_of(calls), AllOf(SizeIs(Ge(10U)), Each(Le(milliseconds(5250 + 200)))));
}

TEST(PaceOfAKey, AccountsThatShareItTakeTurns) {
  World world("accounts:\n" + account("a", "shared", "bills", "members: [sub-a]") +
              account("b", "shared", "bills", "members: [sub-b]"));
  world.rows["2026-11 postpaid"] = 100000;
  world.run_for(seconds(60));
  std::map<std::string, int> pages;
  for (const SimulatedCall& call : world.cloud.calls()) ++pages[call.parameter("owner")];
  EXPECT_GE(pages["sub-a"], 100);
  EXPECT_NEAR(pages["sub-a"], pages["sub-b"], 2);
}

TEST(PaceOfAKey, FollowsAKeyThatMovesToAnotherAccount) {
  World world("accounts:\n" + account("a", "ak-a", "bills", "requests_per_second: 10") +
              account("b", "ak-b", "bills", "requests_per_second: 1"));
  world.rows["2026-11 postpaid"] = 100000;
  world.cloud.schedule(seconds(20), [&] {
    world.poller().mailbox().post_secrets({{1, key_named("ak-a")}});
  });
  world.cloud.schedule(seconds(40), [&] {
    world.poller().mailbox().post_secrets({{1, key_named("ak-c")}});
  });
  world.run_for(seconds(50));
  std::vector<SimulatedCall> alone, shared, alone_again;
  for (const SimulatedCall& call : world.cloud.calls()) {
    if (call.access_key_id != "ak-a") continue;
    auto& phase = call.at < seconds(20) ? alone : call.at < seconds(40) ? shared : alone_again;
    phase.push_back(call);
  }
  EXPECT_THAT(gaps_of(alone), Each(milliseconds(100)));
  EXPECT_THAT(gaps_of(shared), Each(milliseconds(1000)));
  ASSERT_FALSE(shared.empty());
  EXPECT_GE(shared.front().at - alone.back().at, milliseconds(1000));
  EXPECT_THAT(gaps_of(alone_again), AllOf(SizeIs(Ge(80U)), Each(milliseconds(100))));
}

}  // namespace
}  // namespace cloud_billing
