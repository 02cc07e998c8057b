#include "polling/poll_plan.h"

#include <gtest/gtest.h>

#include <optional>
#include <string>
#include <vector>

#include "polling/account_book.h"
#include "tests/polling/poller_world.h"

namespace cloud_billing {
namespace {

using std::chrono::minutes;
using std::chrono::seconds;

constexpr SteadyTime kFirstDue{std::chrono::hours(1)};

class PollPlanTest : public testing::Test {
 protected:
  PollPlanTest() {
    const auto config = read_config(
        "accounts:\n" + account("a", "ak-a", "balance, bills") + account("b", "ak-b", "balance"),
        fake_providers());
    std::vector<AccountSecrets> secrets(2, key_named("ak"));
    (void)accounts_.take_up({config, std::move(secrets)}, fake_providers(), kFirstDue, {});
  }

  CollectorState& collector(const std::string& account) {
    return accounts_.find(account)->collectors.front();
  }

  // "a balance": what is due then, in order; it begins.
  std::vector<std::string> take_due(SteadyTime now) {
    std::vector<std::string> due;
    while (const auto poll = plan_.take_due(now)) {
      due.push_back(poll->account->account().name + " " +
                    std::string(collector_name(poll->collector->status.collector)));
      poll->collector->run = std::make_unique<CollectorRun>(WallTime(), now);
      plan_.update(*poll->account);
    }
    return due;
  }

  AccountBook accounts_;
  PollPlan plan_{recurring_schedule()};
};

TEST_F(PollPlanTest, GivesWhatIsDueTogetherInTheConfigurationsOrder) {
  plan_.form(accounts_.all());
  EXPECT_EQ(plan_.next(), kFirstDue);
  EXPECT_EQ(take_due(kFirstDue), (std::vector<std::string>{"a balance", "a bills", "b balance"}));
  EXPECT_EQ(plan_.next(), SteadyTime::max()) << "all are polled";
}

TEST_F(PollPlanTest, GivesTheOneThatIsDueFirstAndNoneBeforeItsTime) {
  collector("a").due = kFirstDue + minutes(2);
  plan_.form(accounts_.all());
  EXPECT_TRUE(take_due(kFirstDue - seconds(1)).empty());
  EXPECT_EQ(take_due(kFirstDue + minutes(3)),
            (std::vector<std::string>{"a bills", "b balance", "a balance"}));
}

TEST_F(PollPlanTest, FollowsAPollThatEndsOrIsDueAtAnotherTime) {
  plan_.form(accounts_.all());
  (void)take_due(kFirstDue);
  collector("b").run.reset();
  collector("b").due = kFirstDue + minutes(5);
  plan_.update(*accounts_.find("b"));
  EXPECT_EQ(plan_.next(), kFirstDue + minutes(5));
  collector("b").due = kFirstDue + minutes(1);
  plan_.update(*accounts_.find("b"));
  EXPECT_EQ(take_due(kFirstDue + minutes(1)), std::vector<std::string>{"b balance"});
  EXPECT_EQ(plan_.next(), SteadyTime::max());
}

TEST_F(PollPlanTest, OfPollsOnceHoldsNoneThatHasEnded) {
  PollPlan once(one_time_schedule());
  collector("a").status.up = false;
  once.form(accounts_.all());
  EXPECT_EQ(once.take_due(kFirstDue)->account, accounts_.find("a"));
  EXPECT_EQ(once.take_due(kFirstDue)->account, accounts_.find("b"));
  EXPECT_FALSE(once.take_due(kFirstDue));
}

}  // namespace
}  // namespace cloud_billing
