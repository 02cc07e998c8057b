// New credentials of an account that is being polled.

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
using testing::ElementsAre;
using testing::IsEmpty;
using testing::Not;
using testing::SizeIs;

TEST(NewSecrets, AnAccountWithoutReadableSecretsAsksNothingAndFailsAsAuth) {
  World world("accounts:\n" + account("a", "ak-a", "balance, bills") +
              account("b", "ak-b", "balance"));
  world.secrets[0] = Error{"cannot read it"};
  EXPECT_FALSE(world.run_once());
  for (const SimulatedCall& call : world.cloud.calls()) EXPECT_EQ(call.access_key_id, "ak-b");
  EXPECT_THAT(world.records.polls,
              ElementsAre(CountedRecords::Poll{0, Collector::kBalance, Reason::kAuth},
                          CountedRecords::Poll{0, Collector::kBills, Reason::kAuth},
                          CountedRecords::Poll{1, Collector::kBalance, std::nullopt}));
}

TEST(NewSecrets, BringAFailedAccountBackAtOnce) {
  World world("accounts:\n" + account("a", "ak-a", "balance"));
  world.secrets[0] = Error{"cannot read it"};
  world.cloud.schedule(seconds(100), [&] {
    world.poller().mailbox().post_secrets({{0, key_named("ak-new")}});
  });
  world.run_for(seconds(110));
  ASSERT_FALSE(world.cloud.calls().empty());
  EXPECT_EQ(world.cloud.calls().front().at, seconds(100));
  EXPECT_EQ(world.cloud.calls().front().access_key_id, "ak-new");
  EXPECT_EQ(world.status(0, Collector::kBalance).up, true);
}

TEST(NewSecrets, EndTheWaitAfterARefusedKey) {
  World world("polling: {balance: {interval: 1h}}\naccounts:\n" +
              account("a", "ak-old", "balance"));
  world.trouble = [](const SimulatedCall& call) -> std::optional<SimulatedReply> {
    if (call.access_key_id == "ak-old") return refuse(403, "AccessDenied");
    return std::nullopt;
  };
  world.cloud.schedule(minutes(10), [&] {
    world.poller().mailbox().post_secrets({{0, key_named("ak-new")}});
  });
  world.run_for(minutes(11));
  EXPECT_THAT(times_of(world.cloud.calls_of("balance")), ElementsAre(milliseconds(0), minutes(10)));
  EXPECT_EQ(world.status(0, Collector::kBalance).up, true);
}

TEST(NewSecrets, LeaveTheScheduleOfAWorkingAccountAlone) {
  World world("polling: {balance: {interval: 60s}}\naccounts:\n" +
              account("a", "ak-old", "balance"));
  world.cloud.schedule(seconds(30), [&] {
    world.poller().mailbox().post_secrets({{0, key_named("ak-new")}});
  });
  world.run_for(seconds(70));
  const auto calls = world.cloud.calls_of("balance");
  EXPECT_THAT(gaps_of(calls), ElementsAre(about(seconds(60))));
  EXPECT_EQ(calls.back().access_key_id, "ak-new");
}

TEST(NewSecrets, OfAnotherKeyBeginAPollThatRunsAnew) {
  World world("polling: {balance: {interval: 1h}}\naccounts:\n" +
              account("a", "ak-old", "balance"));
  world.trouble = [](const SimulatedCall& call) -> std::optional<SimulatedReply> {
    if (call.access_key_id != "ak-old") return std::nullopt;
    return SimulatedReply{refusal(403, "AccessDenied"), seconds(2)};
  };
  world.cloud.schedule(seconds(1), [&] {
    world.poller().mailbox().post_secrets({{0, key_named("ak-new")}});
  });
  world.run_for(seconds(4));
  EXPECT_THAT(times_of(world.cloud.calls_of("balance")), ElementsAre(seconds(0), seconds(1)));
  EXPECT_EQ(world.status(0, Collector::kBalance).up, true);
}

// Of another account of the cloud, perhaps.
TEST(NewSecrets, OfAnotherKeyForgetTheAccountsIdAndWhatWasRefused) {
  World world("polling: {balance: {interval: 10m}}\naccounts:\n" +
              account("a", "ak-old", "balance"));
  world.account_of["ak-new"] = "account-2";
  world.trouble = [](const SimulatedCall& call) -> std::optional<SimulatedReply> {
    if (call.operation != "credit") return std::nullopt;
    if (call.parameter("id") == "account-1" && call.access_key_id == "ak-new") {
      return refuse(403, "AccessDenied");
    }
    return SimulatedReply{response_of("limit 1000\nleft 400\n")};
  };
  world.cloud.schedule(minutes(15), [&] {
    world.poller().mailbox().post_secrets({{0, key_named("ak-new")}});
  });
  world.run_for(minutes(35));
  std::vector<std::string> ids;
  for (const SimulatedCall& call : world.cloud.calls_of("credit")) {
    ids.push_back(call.access_key_id + " " + call.parameter("id"));
  }
  EXPECT_THAT(ids, ElementsAre("ak-old ", "ak-old account-1", "ak-new ", "ak-new account-2"));
  EXPECT_EQ(world.views[0]->results.account_id, "account-2");
  EXPECT_EQ(world.views[0]->results.balance->value->available->to_decimal(), "1250.5");
}

SimulatedReply told_credit() { return {response_of("limit 1000\nleft 400\n")}; }

// As if the cloud had moved the key's user to another account after a quarter of an hour: what it
// says of the credit before and after.
auto move_account(const SimulatedReply& before, const SimulatedReply& after) {
  return [before, after](const SimulatedCall& call) -> std::optional<SimulatedReply> {
    const bool moved = call.at >= minutes(15);
    if (call.operation == "balance") {
      return SimulatedReply{
          response_of("owner account-" + std::string(moved ? "2" : "1") + "\ncash 850\n")};
    }
    if (call.operation != "credit") return std::nullopt;
    return moved ? after : before;
  };
}

TEST(AccountId, ThatIsAnotherForTheSameKeyEndsWhatWasRefused) {
  World world("polling: {balance: {interval: 10m}}\naccounts:\n" + account("a", "ak-a", "balance"));
  world.trouble = move_account(refuse(403, "AccessDenied"), told_credit());
  world.run_for(minutes(55));
  const auto calls = world.cloud.calls_of("credit");
  ASSERT_THAT(calls, SizeIs(testing::Ge(2U)));
  EXPECT_LT(calls[0].at, minutes(1));  // refused, and not asked again for a day
  EXPECT_GE(calls[1].at, minutes(15));
  EXPECT_EQ(calls[1].parameter("id"), "account-2");
}

TEST(NewSecrets, OfTheSameKeyKeepTheAccountsId) {
  World world("polling: {balance: {interval: 10m}}\naccounts:\n" + account("a", "ak-a", "balance"));
  world.cloud.schedule(minutes(2), [&] {
    world.poller().mailbox().post_secrets({{0, Error{"gone"}}});
  });
  world.cloud.schedule(minutes(5), [&] {
    EXPECT_EQ(world.views[0]->results.account_id, "account-1");
    world.poller().mailbox().post_secrets({{0, Credentials{"ak-a", "another secret", ""}}});
  });
  world.run_for(minutes(15));
  const auto calls = world.cloud.calls_of("credit");
  ASSERT_THAT(calls, SizeIs(2U));
  EXPECT_EQ(calls[1].parameter("id"), "account-1");
}

TEST(NewSecrets, ThatComeDuringAPollAreTriedAtOnceWhenItFails) {
  World world("polling: {balance: {interval: 1h}}\naccounts:\n" + account("a", "ak-a", "balance"));
  world.trouble = [&world](const SimulatedCall&) -> std::optional<SimulatedReply> {
    if (world.cloud.elapsed() >= seconds(2)) return std::nullopt;
    return SimulatedReply{refusal(403, "AccessDenied"), seconds(2)};
  };
  world.cloud.schedule(seconds(1), [&] {
    world.poller().mailbox().post_secrets({{0, Credentials{"ak-a", "another secret", ""}}});
  });
  world.run_for(seconds(4));
  EXPECT_THAT(times_of(world.cloud.calls_of("balance")), ElementsAre(seconds(0), seconds(2)));
  EXPECT_EQ(world.status(0, Collector::kBalance).up, true);
}

TEST(NewSecrets, ThatAreTheSameAsBeforeChangeNothing) {
  World world("polling: {balance: {interval: 1h}}\naccounts:\n" + account("a", "ak-a", "balance"));
  world.trouble = [](const SimulatedCall&) { return refuse(403, "AccessDenied"); };
  for (int minute = 1; minute < 50; ++minute) {
    world.cloud.schedule(minutes(minute), [&] {
      world.poller().mailbox().post_secrets({{0, key_named("ak-a")}});
    });
  }
  world.run_for(minutes(50));
  EXPECT_THAT(world.cloud.calls_of("balance"), SizeIs(1U));
}

TEST(NewSecrets, ThatCannotBeReadFailThePollThatRuns) {
  World world("accounts:\n" + account("a", "ak-a", "bills", "requests_per_second: 1"));
  world.rows["2026-11 postpaid"] = 5000;
  world.cloud.schedule(seconds(10), [&] {
    world.poller().mailbox().post_secrets({{0, Error{"gone"}}});
  });
  world.run_for(seconds(11));
  EXPECT_THAT(
      world.records.polls,
      AllOf(Not(IsEmpty()), Each(CountedRecords::Poll{0, Collector::kBills, Reason::kAuth})));
  EXPECT_EQ(world.status(0, Collector::kBills).up, false);
  EXPECT_EQ(world.cloud.in_flight(), 0U);
}

// What another account could spend says nothing of this one.
TEST(AccountId, ThatIsAnotherForTheSameKeyKeepsNothingThatTheOtherCouldSpend) {
  World world("http: {max_retries: 0}\npolling: {balance: {interval: 10m}}\naccounts:\n" +
              account("a", "ak-a", "balance"));
  world.trouble = move_account(told_credit(), refuse(500, "InternalError"));
  world.cloud.schedule(minutes(14), [&] {
    EXPECT_EQ(world.views[0]->results.balance->value->available->to_decimal(), "1250");
  });
  world.run_for(minutes(25));
  const Balance& balance = *world.views[0]->results.balance->value;
  EXPECT_EQ(balance.account_id, "account-2");
  EXPECT_EQ(balance.cash.to_decimal(), "850");
  EXPECT_FALSE(balance.available);
  EXPECT_FALSE(balance.credit_limit);
}

}  // namespace
}  // namespace cloud_billing
