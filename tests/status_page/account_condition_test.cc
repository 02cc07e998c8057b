#include "status_page/account_condition.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <string_view>
#include <vector>

#include "status_page/accounts_overview.h"
#include "tests/status_page/scene.h"

namespace cloud_billing {
namespace {

using std::chrono::hours;
using testing::ElementsAre;
using testing::IsEmpty;

TEST(BudgetTone, IsByWhatTheMonthWillCost) {
  EXPECT_EQ(budget_tone(0.99, 1.0), Tone::kGood) << "nearly all of it, as planned";
  EXPECT_EQ(budget_tone(0.2, 1.01), Tone::kWarn) << "on the 5th, and far too fast";
  EXPECT_EQ(budget_tone(1.0, 1.2), Tone::kBad);
  EXPECT_EQ(budget_tone(1.0, std::nullopt), Tone::kBad);
  EXPECT_EQ(budget_tone(0.5, std::nullopt), Tone::kNone) << "nobody knows";
  EXPECT_EQ(budget_tone(std::nullopt, 1.5), Tone::kNone);
}

class States : public testing::Test {
 protected:
  States() : view_(scene_.add("a").second) {}

  AccountSummary account() const { return summarise_accounts(scene_.input(), {}).found.at(0); }
  BalanceState balance_state() const { return find_balance_state(account()); }
  std::vector<std::string_view> states() const {
    const AccountSummary account = this->account();
    std::vector<std::string_view> states;
    for (const AccountCondition state : kAllConditions) {
      if (has_condition(account, state)) states.push_back(condition_name(state));
    }
    return states;
  }

  // 100 a day are spent.
  void spend() { view_.results.days = read(days_of(8, {{"BCC", "100"}})); }
  void set_balance(std::string_view available) {
    view_.results.balance = read(balance_of(available));
  }

  StatusScene scene_;
  AccountView& view_;
};

TEST_F(States, ABalanceIsJudgedByHowLongItLasts) {
  spend();
  set_balance("299");
  EXPECT_EQ(balance_state(), BalanceState::kLow);
  set_balance("300");
  EXPECT_EQ(balance_state(), BalanceState::kShort) << "3 days";
  set_balance("699");
  EXPECT_EQ(balance_state(), BalanceState::kShort);
  set_balance("700");
  EXPECT_EQ(balance_state(), BalanceState::kEnough) << "7 days";
}

TEST_F(States, ABalanceIsJudgedByItsThreshold) {
  scene_.accounts[0].low_balance = amount("5000");
  set_balance("4999");
  EXPECT_EQ(balance_state(), BalanceState::kLow);
  set_balance("5000");
  EXPECT_EQ(balance_state(), BalanceState::kEnough);
  view_.results.balance = read(balance_of("1", "USD"));
  EXPECT_EQ(balance_state(), BalanceState::kUnknown) << "the threshold is in CNY";
}

TEST_F(States, ADebtIsUsedUpAndSoIsNothingWhereSomethingIsSpent) {
  set_balance("-0.01");
  EXPECT_EQ(balance_state(), BalanceState::kUsedUp);
  set_balance("0");
  EXPECT_EQ(balance_state(), BalanceState::kUnknown) << "it may be an account that nobody uses";
  spend();
  EXPECT_EQ(balance_state(), BalanceState::kUsedUp);
}

TEST_F(States, WhatIsNotKnownIsNotGood) {
  EXPECT_EQ(balance_state(), BalanceState::kUnknown);
  EXPECT_EQ(balance_tone(balance_state()), Tone::kNone);
  set_balance("1000000");
  EXPECT_EQ(balance_state(), BalanceState::kUnknown) << "nothing to judge it by";
  Balance balance;
  balance.currency = "CNY";
  balance.cash = amount("-5");
  view_.results.balance = read(balance);
  EXPECT_EQ(balance_state(), BalanceState::kUnknown) << "what is available could not be read";
}

TEST_F(States, AnAccountMayBeInSeveral) {
  EXPECT_THAT(states(), ElementsAre("ok"));
  set_balance("-1");
  EXPECT_THAT(states(), ElementsAre("low"));
  view_.collectors[1].up = false;
  view_.collectors[1].last_success = kNoon - hours(4);
  EXPECT_THAT(states(), ElementsAre("failing", "low", "stale"));
}

TEST_F(States, OverBudgetIsUsedUpOrExpectedToBe) {
  scene_.accounts[0].budget = amount("100");
  view_.results.months.emplace(kNovember, read(month_of({{"BCC", "90"}})));
  EXPECT_THAT(states(), ElementsAre("ok"));
  view_.results.months[kNovember] = read(month_of({{"BCC", "100"}}));
  EXPECT_THAT(states(), ElementsAre("over_budget"));
  MonthCosts month = month_of({{"BCC", "90"}});
  month.data_through = kChinaTime.start_of(kYesterday) + hours(24);
  view_.results.months[kNovember] = read(month);
  view_.results.days = read(days_of(22, {{"BCC", "2"}}));
  EXPECT_THAT(states(), ElementsAre("over_budget")) << "90, and 8 days of 2";
}

TEST_F(States, AnAccountThatWasNeverPolledIsNotOk) {
  view_.collectors[0].up.reset();
  EXPECT_THAT(states(), IsEmpty());
}

TEST_F(States, AreNamedInTheAddress) {
  for (const AccountCondition state : kAllConditions) {
    EXPECT_EQ(condition_from_name(condition_name(state)), state);
  }
  EXPECT_FALSE(condition_from_name("fine"));
  EXPECT_FALSE(condition_from_name(""));
}

}  // namespace
}  // namespace cloud_billing
