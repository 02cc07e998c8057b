#include "status_page/account_summary.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "tests/status_page/scene.h"

namespace cloud_billing {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using testing::ElementsAre;
using testing::IsEmpty;

const BillingMonth kOctober = kNovember.previous();

std::vector<std::string> names(const Overview& overview) {
  std::vector<std::string> names;
  for (const AccountSummary& account : overview.found) names.push_back(account.view->config->name);
  return names;
}

std::vector<std::string> codes(const std::vector<ServiceCost>& services) {
  std::vector<std::string> codes;
  for (const ServiceCost& service : services) codes.push_back(service.service_type);
  return codes;
}

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
  const Overview overview = summarise_accounts(scene.input(kNovember.end()), {});
  EXPECT_FALSE(overview.found[0].costs.at(0).current);
  EXPECT_FALSE(overview.found[0].costs.at(0).previous) << "older than its max_age";
  scene.config.polling.bills.max_age = {};
  EXPECT_EQ(summarise_accounts(scene.input(kNovember.end()), {}).found[0].costs.at(0).previous,
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

TEST(Overview, AddsAccountsUpWithinACurrencyNeverAcross) {
  StatusScene scene;
  auto [a, view_a] = scene.add("a");
  auto [b, view_b] = scene.add("b");
  auto [c, view_c] = scene.add("c");
  c.currency = "USD";
  view_a.results.months.emplace(kNovember, read(month_of({{"BCC", "0.1"}, {"EIP", "5"}}), kNoon));
  view_b.results.months.emplace(kNovember, read(month_of({{"BCC", "0.2"}}), kNoon));
  view_c.results.months.emplace(kNovember, read(month_of({{"BCC", "7"}}, "USD"), kNoon));
  const Overview overview = summarise_accounts(scene.input(), {});
  ASSERT_EQ(overview.totals.size(), 2U);
  EXPECT_EQ(overview.totals[0].currency, "CNY");
  EXPECT_EQ(overview.totals[0].current.known(), amount("5.3"));
  EXPECT_EQ(overview.totals[0].current.parts, 2U);
  EXPECT_THAT(codes(overview.totals[0].services), ElementsAre("EIP", "BCC"));
  EXPECT_EQ(overview.totals[0].services[1].cost, amount("0.3"));
  EXPECT_EQ(overview.totals[1].current.known(), amount("7"));
}

TEST(Overview, ComparesBudgetsWithTheAccountsThatHaveOne) {
  StatusScene scene;
  auto [a, view_a] = scene.add("a");
  auto [b, view_b] = scene.add("b");
  auto [c, view_c] = scene.add("c");
  a.budget = amount("100");
  c.budget = amount("100");
  view_a.results.months.emplace(kNovember, read(month_of({{"BCC", "60"}}), kNoon));
  view_b.results.months.emplace(kNovember, read(month_of({{"BCC", "5000"}}), kNoon));
  EXPECT_FALSE(summarise_accounts(scene.input(), {}).totals[0].budget_used) << "c is not read";
  view_c.results.months.emplace(kNovember, read(month_of({{"BCC", "30"}}), kNoon));
  EXPECT_DOUBLE_EQ(summarise_accounts(scene.input(), {}).totals[0].budget_used.value(), 0.45);
}

TEST(Overview, ShowsTheDearestAccountsFirstAndThoseNotReadLast) {
  StatusScene scene;
  scene.add("unread");
  scene.add("small").second.results.months.emplace(kNovember,
                                                   read(month_of({{"BCC", "1"}}), kNoon));
  scene.add("large").second.results.months.emplace(kNovember,
                                                   read(month_of({{"BCC", "2"}}), kNoon));
  EXPECT_THAT(names(summarise_accounts(scene.input(), {})),
              ElementsAre("large", "small", "unread"));
}

TEST(Overview, SaysHowMuchOfTheMonthHasPassed) {
  StatusScene scene;
  EXPECT_DOUBLE_EQ(summarise_accounts(scene.input(), {}).month_elapsed, 22.5 / 30);
}

class Search : public testing::Test {
 protected:
  Search() {
    auto [web, web_view] = scene_.add("web-prod");
    web.labels = {{"team", "infra"}};
    MonthCosts month = month_of({{"BCC", "1"}});
    month.service_names = {{"BCC", "云服务器"}};
    web_view.results.months.emplace(kNovember, read(month, kNoon));
    scene_.add("games").first.labels = {{"team", "play"}};
  }

  std::vector<std::string> find(std::string words) const {
    return names(summarise_accounts(scene_.input(), {std::move(words), ""}));
  }

  StatusScene scene_;
};

TEST_F(Search, FindsNamesLabelsProvidersAndServicesInEitherCase) {
  EXPECT_THAT(find("WEB"), ElementsAre("web-prod"));
  EXPECT_THAT(find("team=play"), ElementsAre("games"));
  EXPECT_THAT(find("bcc"), ElementsAre("web-prod"));
  EXPECT_THAT(find("服务器"), ElementsAre("web-prod"));
  EXPECT_THAT(find("baidu"), ElementsAre("web-prod", "games"));
  EXPECT_THAT(find("nothing"), IsEmpty());
}

TEST_F(Search, EveryWordMustOccur) {
  EXPECT_THAT(find("  prod   infra "), ElementsAre("web-prod"));
  EXPECT_THAT(find("prod play"), IsEmpty());
}

TEST_F(Search, BlanksFindAll) {
  const Overview overview = summarise_accounts(scene_.input(), {" \t", ""});
  EXPECT_EQ(overview.found.size(), 2U);
  EXPECT_FALSE(overview.searched);
}

TEST_F(Search, AnAccountIsMeantByItsWholeName) {
  EXPECT_THAT(names(summarise_accounts(scene_.input(), {"", "games"})), ElementsAre("games"));
  EXPECT_THAT(names(summarise_accounts(scene_.input(), {"", "game"})), IsEmpty());
  EXPECT_EQ(summarise_accounts(scene_.input(), {"", "games"}).accounts, 2U);
}

}  // namespace
}  // namespace cloud_billing
