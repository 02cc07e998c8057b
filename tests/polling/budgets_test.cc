// What the collector `budgets` brings and keeps, in simulated time.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <optional>
#include <string>

#include "tests/accounts/record_text.h"
#include "tests/literals.h"
#include "tests/polling/poller_world.h"

namespace cloud_billing::budgets_test {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using testing::IsEmpty;
using testing::SizeIs;

const std::string kBudgetsToo = "accounts:\n" + account("a", "ak-a", "balance, budgets");
const std::string kSomeBudgets = "row team 1000 830.1\n";

// What is known, too old or not.
std::string known_budgets(const World& world) {
  const auto& budgets = world.views.at(0)->results.budgets;
  if (!budgets) return "nothing";
  std::string text;
  for (const auto& [key, sums] : budgets->value->sums) {
    text += key.budget + " " + key.currency + " " + sums.used.to_decimal() + " of " +
            sums.budget.to_decimal() + "\n";
  }
  return text;
}

std::optional<SimulatedReply> refuse_budgets(const SimulatedCall& call) {
  return call.operation == "budgets" ? std::optional(refuse(403, "AccessDenied")) : std::nullopt;
}

TEST(Budgets, AreReadEverySixHours) {
  World world(kBudgetsToo);
  world.budgets = kSomeBudgets;
  world.run_for(hours(23));
  EXPECT_EQ(known_budgets(world), "team CNY 830.1 of 1000\n");
  EXPECT_THAT(world.cloud.calls_of("budgets"), SizeIs(4));
}

TEST(Budgets, ThatAreRefusedLeaveTheBalanceAlone) {
  World world(kBudgetsToo);
  world.trouble = refuse_budgets;
  world.run_for(hours(1));
  EXPECT_EQ(known_budgets(world), "nothing");
  EXPECT_EQ(world.status(0, Collector::kBalance).up, true);
  EXPECT_EQ(world.status(0, Collector::kBudgets).up, false);
  EXPECT_EQ(world.status(0, Collector::kBudgets).last_failure->reason, Reason::kPermission);
}

TEST(Budgets, OfTheLastGoodPollStayWhenOneFails) {
  World world("polling: {budgets: {interval: 1h, max_age: 5h}}\n" + kBudgetsToo);
  world.budgets = kSomeBudgets;
  world.trouble = [](const SimulatedCall& call) {
    return call.at > minutes(30) ? refuse_budgets(call) : std::nullopt;
  };
  world.run_for(hours(3));
  EXPECT_EQ(known_budgets(world), "team CNY 830.1 of 1000\n");
  EXPECT_EQ(world.status(0, Collector::kBudgets).up, false);
}

TEST(Budgets, SurviveARestart) {
  World before(kBudgetsToo);
  before.budgets = kSomeBudgets + "row other 5 6\n";
  std::optional<std::string> record;
  before.poller().keep_records([&](const AccountRecord& kept) { record = record_text(kept); });
  before.run_for(minutes(1));
  ASSERT_TRUE(record);
  World after(kBudgetsToo, kStart + minutes(2));
  after.poller().restore(record_of(*record));
  after.run_for(minutes(1));
  EXPECT_EQ(known_budgets(after), "other CNY 6 of 5\nteam CNY 830.1 of 1000\n");
  EXPECT_THAT(after.cloud.calls_of("budgets"), IsEmpty());
}

}  // namespace
}  // namespace cloud_billing::budgets_test
