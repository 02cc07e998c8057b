#include "status_page/attention.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <string>
#include <utility>
#include <vector>

#include "tests/status_page/scene.h"

namespace cloud_billing {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::Pair;

class Attention : public testing::Test {
 protected:
  AccountView& add(std::string name) { return scene_.add(std::move(name)).second; }

  void add_failing(std::string name, UtcSeconds last_success) {
    CollectorStatus& bills = add(std::move(name)).collectors[1];
    bills.up = false;
    bills.last_success = last_success;
  }

  void add_budget(std::string name, std::string_view cost, std::string_view daily) {
    auto [account, view] = scene_.add(std::move(name));
    account.budget = amount("100");
    MonthCosts month = month_of({{"BCC", cost}});
    month.data_through = kChinaTime.start_of(kYesterday) + hours(24);
    view.results.months.emplace(kNovember, read(month));
    view.results.days = read(days_of(22, {{"BCC", daily}}));
  }

  // Kind and account of each concern; of a group, the number of its accounts.
  std::vector<std::pair<ConcernKind, std::string>> concerns(bool reloaded = true) const {
    const Overview overview = summarise_accounts(scene_.input(), {});
    std::vector<std::pair<ConcernKind, std::string>> list;
    for (const Concern& concern : list_concerns(overview, reloaded)) {
      const std::size_t accounts = concern.accounts.size();
      list.emplace_back(concern.kind, accounts == 1 ? concern.accounts[0]->config().name
                                                    : std::to_string(accounts));
    }
    return list;
  }

  StatusScene scene_;
};

TEST_F(Attention, NothingIsUrgentWhereAllIsWell) {
  add("a");
  add_budget("as-planned", "95", "0.1");
  EXPECT_THAT(concerns(), IsEmpty());
}

TEST_F(Attention, PutsFailuresBeforeBalancesBeforeBudgets) {
  add_budget("expensive", "120", "1");
  add_budget("too-fast", "90", "2");
  add("in-debt").results.balance = read(balance_of("-5"));
  AccountView& short_of_money = add("short-of-money");
  short_of_money.results.days = read(days_of(8, {{"BCC", "10"}}));
  short_of_money.results.balance = read(balance_of("50"));
  add_failing("failing", kNoon - minutes(90));
  AccountView& unpaid = add("unpaid");
  unpaid.results.orders =
      read(Orders({{{"unpaid", "renewal", "BCC"}, {1, {{"CNY", amount("1")}}}}}, {}));
  add("late").collectors[0].last_success = kNoon - hours(1);
  EXPECT_THAT(
      concerns(false),
      ElementsAre(Pair(ConcernKind::kReloadRefused, "0"), Pair(ConcernKind::kFailing, "failing"),
                  Pair(ConcernKind::kBalanceUsedUp, "in-debt"),
                  Pair(ConcernKind::kBalanceShort, "short-of-money"),
                  Pair(ConcernKind::kBudgetUsedUp, "expensive"),
                  Pair(ConcernKind::kForecastOverBudget, "too-fast"),
                  Pair(ConcernKind::kStale, "late"), Pair(ConcernKind::kUnpaidOrders, "unpaid")));
}

TEST_F(Attention, OneAccountHasOneConcernOfACause) {
  auto [account, view] = scene_.add("a");
  account.low_balance = amount("5000");
  view.results.balance = read(balance_of("10"));
  view.results.days = read(days_of(8, {{"BCC", "10"}}));
  for (CollectorStatus& status : view.collectors) {
    status.up = false;
    status.last_success = kNoon - hours(5);
  }
  EXPECT_THAT(concerns(),
              ElementsAre(Pair(ConcernKind::kFailing, "a"), Pair(ConcernKind::kBalanceLow, "a")));
}

TEST_F(Attention, TheLongestFailureComesFirst) {
  add_failing("a-new", kNoon - minutes(61));
  add_failing("b-old", kNoon - hours(9));
  add("c-never").collectors[1] = {Collector::kBills, false, {}, 0};
  EXPECT_THAT(concerns(), ElementsAre(Pair(ConcernKind::kFailing, "c-never"),
                                      Pair(ConcernKind::kFailing, "b-old"),
                                      Pair(ConcernKind::kFailing, "a-new")));
}

TEST_F(Attention, MoreThanFiveOfAKindAreOne) {
  for (int i = 0; i < 5; ++i) add_budget("over-" + std::to_string(i), std::to_string(101 + i), "0");
  EXPECT_EQ(concerns().size(), 5U);
  EXPECT_THAT(concerns().front(), Pair(ConcernKind::kBudgetUsedUp, "over-4")) << "the most used";
  add_budget("over-5", "106", "0");
  add_failing("failing", kNoon - minutes(90));
  EXPECT_THAT(concerns(), ElementsAre(Pair(ConcernKind::kFailing, "failing"),
                                      Pair(ConcernKind::kBudgetUsedUp, "6")));
  const Overview overview = summarise_accounts(scene_.input(), {});
  const Concern group = list_concerns(overview, true).back();
  EXPECT_EQ(group.condition, AccountCondition::kOverBudget);
  EXPECT_EQ(group.accounts.front()->config().name, "over-5");
  EXPECT_EQ(group.tone, Tone::kBad);
}

TEST_F(Attention, DaysAreAConcernOnlyIfTheyCouldNotBeRead) {
  AccountView& view = add("a");
  view.results.days = read(days_of(10, {{"BCC", "1"}}));
  EXPECT_THAT(concerns(), IsEmpty());
  view.days_failure = PollFailure{Reason::kPermission, "no", kNoon};
  EXPECT_THAT(concerns(), ElementsAre(Pair(ConcernKind::kDaysFailed, "a")));
  view.days_are_read = true;
  EXPECT_THAT(concerns(), IsEmpty());
}

TEST_F(Attention, TellsOfABudgetInTheWrongCurrencyNotOfItsUse) {
  auto [account, view] = scene_.add("a");
  account.budget = amount("1");
  view.results.months.emplace(kNovember, read(month_of({{"ECS", "700"}}, "USD")));
  EXPECT_THAT(concerns(), ElementsAre(Pair(ConcernKind::kCurrencyMismatch, "a")));
}

}  // namespace
}  // namespace cloud_billing
