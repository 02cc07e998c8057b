#include "status_page/account_summary.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "status_page/accounts_overview.h"
#include "tests/status_page/scene.h"

namespace cloud_billing {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using testing::ElementsAre;

TEST(AccountSummary, ShowsThisMonthBesideTheLastByServiceTheDearestFirst) {
  StatusScene scene;
  auto [account, view] = scene.add("a");
  MonthCosts month = month_of({{"BOS", "20.5"}, {"BCC", "100.25"}, {"EIP", "-3"}});
  month.service_names = {{"BCC", "云服务器"}};
  view.results.months.emplace(kNovember, read(month, kNoon));
  view.results.months.emplace(kOctober, read(month_of({{"BCC", "310"}}), kNoon));
  const Overview overview = summarise_accounts(scene.input(), {});
  ASSERT_EQ(overview.found.size(), 1U);
  const CurrencyCosts& costs = overview.found[0].costs.at(0);
  EXPECT_EQ(costs.currency, "CNY");
  EXPECT_EQ(costs.current, amount("117.75"));
  EXPECT_EQ(costs.previous, amount("310"));
  EXPECT_THAT(codes(costs.services), ElementsAre("BCC", "BOS", "EIP"));
  EXPECT_EQ(costs.services[0].name, "云服务器");
}

TEST(AccountSummary, TellsNothingReadFromAMonthWithoutCosts) {
  StatusScene scene;
  auto [account, view] = scene.add("a");
  EXPECT_FALSE(summarise_accounts(scene.input(), {}).found[0].costs.at(0).current);
  view.results.months.emplace(kNovember, read(month_of({}), kNoon));
  EXPECT_EQ(summarise_accounts(scene.input(), {}).found[0].costs.at(0).current, Amount());
}

TEST(AccountSummary, TakesTheMonthFromTheTime) {
  StatusScene scene;
  auto [account, view] = scene.add("a");
  view.results.months.emplace(kNovember, read(month_of({{"BCC", "9"}}), kNoon));
  const Overview overview = summarise_accounts(scene.input(kChinaTime.end_of(kNovember)), {});
  EXPECT_FALSE(overview.found[0].costs.at(0).current);
  EXPECT_FALSE(overview.found[0].costs.at(0).previous) << "older than its max_age";
  scene.config.polling.bills.max_age = {};
  EXPECT_EQ(summarise_accounts(scene.input(kChinaTime.end_of(kNovember)), {})
                .found[0]
                .costs.at(0)
                .previous,
            amount("9"));
}

TEST(AccountSummary, MeasuresTheBudgetInTheAccountsCurrencyOnly) {
  StatusScene scene;
  auto [account, view] = scene.add("a");
  account.budget = amount("400");
  MonthCosts month = month_of({{"BCC", "100"}});
  month.totals[{"USD", "postpaid"}][index_of(Measure::kBilledCost)] = amount("7000");
  view.results.months.emplace(kNovember, read(month, kNoon));
  const Overview overview = summarise_accounts(scene.input(), {});
  EXPECT_DOUBLE_EQ(overview.found[0].budget_used.value(), 0.25);
  EXPECT_EQ(overview.found[0].costs.size(), 2U);
}

TEST(AccountSummary, KnowsALowBalance) {
  StatusScene scene;
  auto [account, view] = scene.add("a");
  Balance balance;
  balance.currency = "CNY";
  balance.available = amount("499.99");
  view.results.balance = read(balance, kNoon);
  EXPECT_FALSE(summarise_accounts(scene.input(), {}).found[0].low_balance);
  account.low_balance = amount("500");
  EXPECT_TRUE(summarise_accounts(scene.input(), {}).found[0].low_balance);
  account.low_balance = amount("499.99");
  EXPECT_FALSE(summarise_accounts(scene.input(), {}).found[0].low_balance);
  account.low_balance.reset();
  balance.available = amount("-0.01");
  view.results.balance = read(balance, kNoon);
  EXPECT_TRUE(summarise_accounts(scene.input(), {}).found[0].low_balance) << "below zero";
}

TEST(AccountSummary, WithdrawsWhatIsTooOld) {
  StatusScene scene;
  auto [account, view] = scene.add("a");
  view.results.balance = read(Balance{"CNY", amount("1"), amount("1"), {}, {}, {}, ""}, kNoon);
  view.collectors[0].last_success = kNoon;
  EXPECT_TRUE(summarise_accounts(scene.input(kNoon + hours(6) - minutes(1)), {}).found[0].balance);
  const Overview late = summarise_accounts(scene.input(kNoon + hours(6)), {});
  EXPECT_FALSE(late.found[0].balance);
  EXPECT_TRUE(late.found[0].collectors[0].withdrawn);
}

TEST(AccountSummary, ACollectorWithoutASuccessForThreeIntervalsIsLate) {
  StatusScene scene;
  auto [account, view] = scene.add("a");
  account.intervals[Collector::kBalance] = minutes(10);
  view.collectors[0].last_success = kNoon;
  EXPECT_FALSE(
      summarise_accounts(scene.input(kNoon + minutes(30)), {}).found[0].collectors[0].late);
  EXPECT_TRUE(summarise_accounts(scene.input(kNoon + minutes(31)), {}).found[0].collectors[0].late);
}

TEST(AccountSummary, CountsUnpaidOrders) {
  StatusScene scene;
  auto [account, view] = scene.add("a");
  view.results.orders = read(Orders({{{"unpaid", "renewal", "BCC"}, {2, {{"CNY", amount("30.5")}}}},
                                     {{"unpaid", "purchase", "EIP"}, {1, {{"CNY", amount("4")}}}},
                                     {{"paid", "purchase", "EIP"}, {9, {{"CNY", amount("900")}}}}},
                                    kNoon - hours(50)),
                             kNoon);
  const auto unpaid = summarise_accounts(scene.input(), {}).found[0].unpaid;
  ASSERT_TRUE(unpaid);
  EXPECT_EQ(unpaid->count, 3U);
  EXPECT_EQ(unpaid->payable.at("CNY"), amount("34.5"));
  EXPECT_EQ(unpaid->oldest, kNoon - hours(50));
}

TEST(AccountSummary, DoesNotKnowASumOfUnpaidOrdersThatIsTooLarge) {
  StatusScene scene;
  auto [account, view] = scene.add("a");
  const Amount most = amount("170141183460469231731");
  view.results.orders = read(Orders({{{"unpaid", "purchase", "BCC"}, {1, {{"CNY", most}}}},
                                     {{"unpaid", "purchase", "EIP"}, {1, {{"CNY", most}}}},
                                     {{"unpaid", "renewal", "BCC"}, {1, {{"CNY", amount("4")}}}},
                                     {{"unpaid", "renewal", "EIP"}, {1, {{"USD", amount("5")}}}}},
                                    kNoon - hours(50)),
                             kNoon);
  const auto unpaid = summarise_accounts(scene.input(), {}).found[0].unpaid;
  ASSERT_TRUE(unpaid);
  EXPECT_EQ(unpaid->count, 4U);
  EXPECT_EQ(unpaid->payable.at("CNY"), std::nullopt);
  EXPECT_EQ(unpaid->payable.at("USD"), amount("5"));
}

TEST(AccountSummary, DoesNotKnowASumOfUnpaidOrdersOfWhichOneTellsNoAmount) {
  StatusScene scene;
  auto [account, view] = scene.add("a");
  view.results.orders = read(Orders({{{"unpaid", "purchase", "BCC"}, {1, {{"CNY", amount("3")}}}},
                                     {{"unpaid", "purchase", "EIP"}, {2, {{"CNY", std::nullopt}}}},
                                     {{"unpaid", "renewal", "BCC"}, {1, {{"CNY", amount("4")}}}},
                                     {{"unpaid", "renewal", "EIP"}, {1, {{"USD", amount("5")}}}},
                                     {{"paid", "renewal", "EIP"}, {1, {{"USD", std::nullopt}}}}},
                                    kNoon - hours(50)),
                             kNoon);
  const auto unpaid = summarise_accounts(scene.input(), {}).found[0].unpaid;
  ASSERT_TRUE(unpaid);
  EXPECT_EQ(unpaid->count, 5U);
  EXPECT_EQ(unpaid->payable.at("CNY"), std::nullopt);
  EXPECT_EQ(unpaid->payable.at("USD"), amount("5"));
}

std::vector<std::string> currencies_of(const StatusScene& scene) {
  std::vector<std::string> currencies;
  const Overview overview = summarise_accounts(scene.input(), {});
  for (const CurrencyCosts& costs : overview.found.at(0).costs) {
    currencies.push_back(costs.currency);
  }
  return currencies;
}

TEST(AccountSummary, ListsTheCurrenciesInWhichSomethingWasBilledOnly) {
  StatusScene scene;
  auto [account, view] = scene.add("a");
  EXPECT_THAT(currencies_of(scene), ElementsAre("CNY")) << "nothing is known";
  view.results.months.emplace(kOctober, read(month_of({{"ECS", "3"}}, "USD")));
  EXPECT_THAT(currencies_of(scene), ElementsAre("USD"));
  MonthCosts month = month_of({{"ECS", "7"}}, "EUR");
  month.totals[{"CNY", "postpaid"}][index_of(Measure::kListCost)] = amount("1");
  view.results.months.emplace(kNovember, read(month));
  EXPECT_THAT(currencies_of(scene), ElementsAre("CNY", "EUR", "USD"))
      << "the account's first; a bill that coupons have paid is a bill";
  account.currency = "USD";
  EXPECT_THAT(currencies_of(scene), ElementsAre("USD", "CNY", "EUR"));
}

TEST(AccountSummary, AMonthThatWasReadCostNothingInTheOtherMonthsCurrency) {
  StatusScene scene;
  AccountView& view = scene.add("a").second;
  view.results.months.emplace(kNovember, read(month_of({{"BCC", "5"}}, "USD")));
  EXPECT_FALSE(summarise_accounts(scene.input(), {}).found[0].costs.at(0).previous);
  view.results.months.emplace(kOctober, read(month_of({{"BCC", "5"}})));
  const AccountSummary account = summarise_accounts(scene.input(), {}).found[0];
  EXPECT_EQ(account.find_costs("USD")->previous, Amount());
  EXPECT_EQ(account.find_costs("CNY")->current, Amount());
}

TEST(AccountSummary, AMonthWithoutARowHasNoCurrencyOfItsOwn) {
  StatusScene scene;
  AccountView& view = scene.add("a").second;
  view.results.months.emplace(kOctober, read(month_of({})));
  EXPECT_THAT(currencies_of(scene), ElementsAre("CNY")) << "nothing was billed at all";
  view.results.months.emplace(kNovember, read(month_of({{"ECS", "3"}}, "USD")));
  EXPECT_THAT(currencies_of(scene), ElementsAre("USD"));
}

TEST(AccountSummary, ABudgetIsNotUsedByWhatCouponsHavePaid) {
  StatusScene scene;
  auto [account, view] = scene.add("a");
  account.budget = amount("1000");
  MonthCosts month = month_of({{"BCC", "0"}});
  month.services[{"USD", "ECS"}] = amount("70");
  month.totals[{"USD", "postpaid"}][index_of(Measure::kBilledCost)] = amount("70");
  view.results.months.emplace(kNovember, read(month));
  EXPECT_THAT(currencies_of(scene), ElementsAre("CNY", "USD"));
  EXPECT_FALSE(summarise_accounts(scene.input(), {}).found[0].budget_used);
}

TEST(AccountSummary, ABudgetInACurrencyWithoutCostIsNotUsed) {
  StatusScene scene;
  auto [account, view] = scene.add("a");
  account.budget = amount("1000");
  view.results.months.emplace(kNovember, read(month_of({{"ECS", "700"}}, "USD")));
  const AccountSummary summary = summarise_accounts(scene.input(), {}).found[0];
  EXPECT_FALSE(summary.budget_used);
  EXPECT_TRUE(summary.budget_mismatches());
  EXPECT_EQ(summarise_accounts(scene.input(), {}).totals.at(0).budget.parts, 0U);
}

TEST(AccountSummary, TheMainCostsAreTheFirstThatAreNotZero) {
  StatusScene scene;
  AccountView& view = scene.add("a").second;
  MonthCosts month = month_of({{"ECS", "0"}});
  month.totals[{"USD", "postpaid"}][index_of(Measure::kBilledCost)] = amount("2");
  view.results.months.emplace(kNovember, read(month));
  EXPECT_EQ(summarise_accounts(scene.input(), {}).found[0].main_costs().currency, "USD");
}

}  // namespace
}  // namespace cloud_billing
