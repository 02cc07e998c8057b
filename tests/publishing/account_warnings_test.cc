#include "publishing/account_warnings.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "tests/literals.h"
#include "tests/scene.h"

namespace cloud_billing {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

// What the log gets when it looks at this.
std::string told(AccountWarnings& warnings, const Scene& scene) {
  const Snapshot input = scene.input();
  std::vector<NewView> views;
  std::vector<ShownAccount> shown;
  for (const auto& view : input.accounts) {
    views.push_back({views.size(), view});
    shown.push_back(select_shown(view, "", input.now, input.config->polling.max_age_of()));
  }
  testing::internal::CaptureStderr();
  warnings.look_at_accounts(views);
  warnings.look_at_bills(list_counted_twice(shown));
  return testing::internal::GetCapturedStderr();
}

MonthCosts month_with(const std::string& currency, const std::string& account_id) {
  MonthCosts costs;
  costs.account_ids = {account_id};
  costs.totals[{currency, "postpaid"}][index_of(Measure::kBilledCost)] = amount("3");
  return costs;
}

TEST(AccountWarnings, TellOnceOfABillThatTwoAccountsReadWhicheverIsReadFirst) {
  for (const bool reader_first : {true, false}) {
    Scene scene;
    scene.add(account_named("a"));
    scene.add(account_named("b"));
    const auto learn = [&scene](bool reader) {
      if (reader) {
        scene.views[0].results.months[kNovember] = read(month_with("CNY", "account-b"));
      } else {
        scene.views[1].results.account_id = "account-b";
      }
    };
    AccountWarnings warnings;
    learn(reader_first);
    EXPECT_EQ(told(warnings, scene), "");
    learn(!reader_first);
    EXPECT_THAT(told(warnings, scene),
                AllOf(HasSubstr("level=warn"), HasSubstr("the same bill is read by two accounts"),
                      HasSubstr("account=a other_account=b account_id=account-b")));
    EXPECT_EQ(told(warnings, scene), "");
    // It is over, and comes again.
    scene.views[0].results.months.clear();
    EXPECT_EQ(told(warnings, scene), "");
    learn(true);
    EXPECT_THAT(told(warnings, scene), HasSubstr("other_account=b"));
  }
}

TEST(AccountWarnings, TellOnceOfABudgetAndAThresholdInACurrencyThatTheAccountDoesNotHave) {
  Scene scene;
  AccountConfig account = account_named("a");
  account.budget = amount("1000");
  account.low_balance = amount("100");
  scene.add(account);
  AccountWarnings warnings;
  EXPECT_EQ(told(warnings, scene), "");
  scene.views[0].results.months[kNovember] = read(month_with("USD", "x"));
  EXPECT_THAT(told(warnings, scene),
              AllOf(HasSubstr("the budget is in a currency in which the account has no cost"),
                    HasSubstr("account=a currency=CNY has=USD"), Not(HasSubstr("low_balance"))));
  Balance balance;
  balance.currency = "EUR";
  scene.views[0].results.balance = read(balance);
  EXPECT_THAT(told(warnings, scene),
              AllOf(HasSubstr("low_balance is in a currency in which the account has no balance"),
                    HasSubstr("account=a currency=CNY has=EUR"), Not(HasSubstr("budget"))));
  EXPECT_EQ(told(warnings, scene), "");
}

TEST(AccountWarnings, ForgetAccountsThatAreNotConfiguredAnyMore) {
  Scene scene;
  AccountConfig account = account_named("a");
  account.budget = amount("1000");
  scene.add(account).results.months[kNovember] = read(month_with("USD", "x"));
  AccountWarnings warnings;
  EXPECT_THAT(told(warnings, scene), HasSubstr("the budget is in a currency"));
  warnings.keep_accounts_of(*scene.input().config);
  EXPECT_EQ(told(warnings, scene), "");
  warnings.keep_accounts_of(*Scene().input().config);
  EXPECT_THAT(told(warnings, scene), HasSubstr("the budget is in a currency"));
}

}  // namespace
}  // namespace cloud_billing
