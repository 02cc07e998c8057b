// Where very many accounts are due at once: when they begin, and when they come again.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "polling/prompt_polls.h"
#include "tests/polling/poller_world.h"

namespace cloud_billing {
namespace {

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

// When each key asked for its balance.
std::map<std::string, std::vector<milliseconds>> balances_by_key(const World& world) {
  std::map<std::string, std::vector<milliseconds>> times;
  for (const SimulatedCall& call : world.cloud.calls_of("balance")) {
    times[call.access_key_id].push_back(call.at);
  }
  return times;
}

// The most calls in any such while.
std::size_t most_within(const std::vector<milliseconds>& times, milliseconds while_) {
  std::size_t most = 0;
  for (auto first = times.begin(); first != times.end(); ++first) {
    const auto end = std::lower_bound(first, times.end(), *first + while_);
    most = std::max(most, static_cast<std::size_t>(end - first));
  }
  return most;
}

TEST(VeryManyAccounts, BeginOneAfterTheOtherInTheirOrder) {
  World world("polling: {balance: {interval: 1h}}\n" + accounts_of(3000, "balance"));
  world.run_for(minutes(1));
  std::vector<std::string> keys;
  std::vector<milliseconds> times;
  for (const SimulatedCall& call : world.cloud.calls_of("balance")) {
    if (std::find(keys.begin(), keys.end(), call.access_key_id) != keys.end()) continue;
    EXPECT_EQ(call.access_key_id, "ak-" + std::to_string(keys.size()));
    keys.push_back(call.access_key_id);
    times.push_back(call.at);
  }
  ASSERT_THAT(keys, SizeIs(3000));
  EXPECT_EQ(times.front(), milliseconds(0));
  EXPECT_LE(times.back(), seconds(3));
  EXPECT_LE(most_within(times, milliseconds(1)), 200U) << "no burst";
  EXPECT_LE(most_within({times.begin() + 200, times.end()}, milliseconds(100)), 101U);
}

TEST(VeryManyAccounts, HaveAllBegunWithinAMinute) {
  World world(accounts_of(100, "balance"));
  AccountBook accounts;
  (void)accounts.take_up({world.config, world.secrets}, fake_providers(), SteadyTime(), {});
  for (AccountState& account : accounts.all()) {
    for (int i = 1; i < 1000; ++i) account.add_collector(Collector::kBalance, SteadyTime());
  }
  spread_polls(accounts.all(), SteadyTime());
  SteadyTime last{};
  for (const AccountState& account : accounts.all()) {
    EXPECT_THAT(account.collectors, SizeIs(1000));
    for (const CollectorState& collector : account.collectors) last = std::max(last, collector.due);
  }
  EXPECT_GT(last, SteadyTime(seconds(59)));
  EXPECT_LE(last, SteadyTime(minutes(1)));
}

TEST(VeryManyAccounts, AskForTheirNextBalancesOverTheWholeInterval) {
  World world("polling: {balance: {interval: 5m}}\n" + accounts_of(1000, "balance"));
  world.run_for(minutes(21));
  std::vector<milliseconds> later;  // than the first polls
  for (const auto& [key, times] : balances_by_key(world)) {
    ASSERT_THAT(times, SizeIs(Ge(4U))) << key;
    EXPECT_LE(times[1] - times[0], minutes(5)) << "nothing gets older than before";
    for (std::size_t i = 2; i < times.size(); ++i) {
      EXPECT_THAT(times[i] - times[i - 1], about(minutes(5))) << key;
    }
    later.insert(later.end(), times.begin() + 1, times.end());
  }
  std::sort(later.begin(), later.end());
  // A thousand in five minutes are a hundred in half a minute.
  for (milliseconds begin = seconds(30); begin < minutes(20); begin += seconds(30)) {
    const auto in_half_a_minute = std::count_if(later.begin(), later.end(), [begin](auto time) {
      return time >= begin && time < begin + seconds(30);
    });
    EXPECT_GE(in_half_a_minute, 70) << begin.count();
    EXPECT_LE(in_half_a_minute, 130) << begin.count();
  }
}

TEST(VeryManyAccounts, AreSpreadAgainAfterAnOrderOfPolls) {
  World world("polling: {balance: {interval: 1h}}\n" + accounts_of(300, "balance"));
  world.order_polls_at(hours(2), std::nullopt);
  world.run_for(hours(4));
  std::size_t in_the_first_half = 0;
  for (const auto& [key, times] : balances_by_key(world)) {
    const auto ordered = std::lower_bound(times.begin(), times.end(), hours(2));
    ASSERT_NE(ordered, times.end());
    EXPECT_LE(*ordered, hours(2) + seconds(1));
    ASSERT_NE(ordered + 1, times.end());
    EXPECT_LE(*(ordered + 1), *ordered + hours(1));
    if (*(ordered + 1) < hours(2) + minutes(30)) ++in_the_first_half;
  }
  EXPECT_NEAR(static_cast<double>(in_the_first_half), 150, 3);
}

// Bills cost too much to be read twice within their interval.
TEST(VeryManyAccounts, ReadNoBillBeforeItsIntervalIsOver) {
  World world("polling: {bills: {interval: 1h}}\n" + accounts_of(250, "bills"));
  world.run_for(minutes(59));
  const std::size_t first_polls = world.records.polls.size();
  EXPECT_EQ(first_polls, 250U);
}

TEST(FewAccounts, BeginAtOnceAndKeepTheirInterval) {
  World world("polling: {balance: {interval: 5m}}\n" + accounts_of(200, "balance"));
  world.run_for(minutes(16));
  for (const auto& [key, times] : balances_by_key(world)) {
    EXPECT_EQ(times.front(), milliseconds(0));
    ASSERT_THAT(times, SizeIs(Ge(3U)));
    for (std::size_t i = 1; i < times.size(); ++i) {
      EXPECT_THAT(times[i] - times[i - 1], about(minutes(5))) << key;
    }
  }
}

}  // namespace
}  // namespace cloud_billing
