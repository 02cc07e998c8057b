#include "status_page/accounts_overview.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <string>
#include <vector>

#include "tests/status_page/scene.h"

namespace cloud_billing {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using testing::ElementsAre;
using testing::IsEmpty;

std::vector<std::string> names(const Overview& overview) {
  std::vector<std::string> names;
  for (const AccountSummary& account : overview.found) names.push_back(account.view->config->name);
  return names;
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

// An hour after midnight in China it is December for a, and still November for b.
TEST(Overview, HasTheMonthOfEachAccountsZone) {
  StatusScene scene;
  auto [config_a, view_a] = scene.add("a");
  auto [config_b, view_b] = scene.add("b");
  auto [config_c, view_c] = scene.add("c");
  config_b.provider = &kCloudInUtc;
  config_c.provider = &kCloudInUtc;
  const BillingMonth december = kNovember.next();
  view_a.results.months = {{kNovember, read(month_of({{"BCC", "110"}}))},
                           {december, read(month_of({{"BCC", "1"}}))}};
  view_b.results.months = {{kOctober, read(month_of({{"VM", "20"}}, "USD"))},
                           {kNovember, read(month_of({{"VM", "30"}}, "USD"))}};
  view_c.results.months = {{kNovember, read(month_of({{"VM", "7"}}))}};
  scene.config.polling.bills.max_age = std::chrono::seconds(0);
  const UtcSeconds now = kChinaTime.end_of(kNovember) + std::chrono::hours(1);
  const Overview overview = summarise_accounts(scene.input(now), {});
  EXPECT_EQ(overview.month, december);
  ASSERT_EQ(overview.totals.size(), 2U);
  const CurrencyTotal& cny = overview.totals[0];
  EXPECT_EQ(cny.month, december);
  EXPECT_EQ(cny.accounts, 1U) << "December has not begun for c";
  EXPECT_EQ(cny.current.known(), amount("1"));
  EXPECT_EQ(cny.previous.known(), amount("117")) << "November of both";
  const CurrencyTotal& usd = overview.totals[1];
  EXPECT_EQ(usd.month, kNovember);
  EXPECT_EQ(usd.current.known(), amount("30"));
  EXPECT_EQ(usd.previous.known(), amount("20"));
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

TEST_F(Search, AStateIsMetByAllAccountsInIt) {
  scene_.add("broken").second.collectors[1].up = false;
  EXPECT_THAT(names(summarise_accounts(scene_.input(), {"", "", AccountCondition::kFailing})),
              ElementsAre("broken"));
  const Overview ok = summarise_accounts(scene_.input(), {"", "", AccountCondition::kOk});
  EXPECT_THAT(names(ok), ElementsAre("web-prod", "games"));
  EXPECT_TRUE(ok.searched);
  EXPECT_EQ(ok.with_condition.at(AccountCondition::kFailing), 1U) << "whichever state is asked for";
  EXPECT_EQ(ok.with_condition.at(AccountCondition::kOk), 2U);
  EXPECT_EQ(
      summarise_accounts(scene_.input(), {"web", ""}).with_condition.at(AccountCondition::kOk), 1U);
}

TEST_F(Search, ALabelsValueIsMetExactly) {
  scene_.add("other").first.labels = {{"team", "infrastructure"}};
  scene_.add("free").first.labels = {{"owner", "infra"}};
  const auto find_value = [this](std::string value) {
    AccountSearch search;
    search.label = "team";
    search.label_value = std::move(value);
    return names(summarise_accounts(scene_.input(), search));
  };
  EXPECT_THAT(find_value("infra"), ElementsAre("web-prod"));
  EXPECT_THAT(find_value(""), ElementsAre("free")) << "without the label";
  EXPECT_THAT(find_value("nothing"), IsEmpty());
}

TEST_F(Search, ALabelThatNoAccountHasMeansNothing) {
  AccountSearch search;
  search.label = "tea";
  search.label_value = "infra";
  const Overview overview = summarise_accounts(scene_.input(), search);
  EXPECT_EQ(overview.found.size(), 2U);
  EXPECT_FALSE(overview.searched);
  EXPECT_THAT(overview.by_label, IsEmpty());
  EXPECT_THAT(overview.label_names, ElementsAre("team"));
}

TEST_F(Search, FindsNothingWithoutForgettingThatBillsWereRead) {
  const Overview overview = summarise_accounts(scene_.input(), {"nothing", ""});
  EXPECT_THAT(overview.found, IsEmpty());
  EXPECT_EQ(overview.newest_bill, kNoon - minutes(1));
}

TEST(Overview, KnowsWhenTheBillsWereRead) {
  StatusScene scene;
  scene.add("a").second.collectors[1].last_success = kNoon - hours(2);
  scene.add("b");
  scene.add("c").second.collectors[1].last_success.reset();
  const Overview overview = summarise_accounts(scene.input(), {});
  EXPECT_EQ(overview.newest_bill, kNoon - minutes(1));
  EXPECT_EQ(overview.oldest_bill, kNoon - hours(2));
  StatusScene empty;
  EXPECT_FALSE(summarise_accounts(empty.input(), {}).newest_bill);
}

// Two accounts whose days and both months are known, and one of which nothing is.
class Totals : public testing::Test {
 protected:
  Totals() {
    add("a", "100", "40", days_of(53, {{"BCC", "3"}, {"EIP", "1"}}));
    add("b", "50", "10", days_of(53, {{"BCC", "2"}}));
    scene_.add("unread");
  }

  AccountView& add(std::string name, std::string_view current, std::string_view previous,
                   KnownDays days) {
    AccountView& view = scene_.add(std::move(name)).second;
    MonthCosts month = month_of({{"BCC", current}});
    month.data_through = kChinaTime.start_of(kYesterday) + hours(24);
    view.results.months.emplace(kNovember, read(month));
    view.results.months.emplace(kOctober, read(month_of({{"BCC", previous}})));
    view.results.days = read(std::move(days));
    return view;
  }

  CurrencyTotal total() const { return summarise_accounts(scene_.input(), {}).totals.at(0); }

  StatusScene scene_;
};

TEST_F(Totals, NameTheAccountThatTheyAreWithoutWhereTheyAreWithoutIt) {
  for (AccountView& view : scene_.views) view.results.balance = read(balance_of("5"));
  const CurrencyTotal total = this->total();
  for (const AccountSum& sum : {total.current, total.previous, total.forecast, total.day}) {
    EXPECT_EQ(sum.missing.count, 1U);
    EXPECT_EQ(sum.missing.first, "unread");
  }
  EXPECT_EQ(total.available.known(), amount("15"));
  EXPECT_EQ(total.available.missing.count, 0U) << "its balance is known";
}

TEST_F(Totals, OfBalancesAreWithoutAnAccountWhoseBalanceIsNotKnownOnly) {
  scene_.views[0].results.balance = read(balance_of("40"));
  scene_.views[1].results.balance = read(balance_of("3", "USD"));
  EXPECT_EQ(total().available.known(), amount("40"));
  EXPECT_EQ(total().available.missing.count, 1U) << "that of b is known, in another currency";
  EXPECT_EQ(total().available.missing.first, "unread");
}

TEST_F(Totals, OfBalancesMissNoAccountWhoseBalanceIsNotPolled) {
  scene_.views[0].results.balance = read(balance_of("40"));
  scene_.views[1].results.balance = read(balance_of("3"));
  scene_.accounts[2].collectors = {Collector::kBills};
  EXPECT_EQ(total().available.known(), amount("43"));
  EXPECT_EQ(total().available.missing.count, 0U);
}

TEST_F(Totals, OfACurrencyWithoutBillsAreItsBalancesAndWhenTheyWereRead) {
  scene_.views[0].results.balance = read(balance_of("40", "USD"), kNoon - minutes(7));
  scene_.views[1].results.balance = read(balance_of("3", "USD"), kNoon - minutes(2));
  const CurrencyTotal dollars = summarise_accounts(scene_.input(), {}).totals.at(1);
  EXPECT_TRUE(dollars.has_balances_only());
  EXPECT_EQ(dollars.available.known(), amount("43"));
  EXPECT_EQ(dollars.oldest_balance, kNoon - minutes(7));
  EXPECT_EQ(dollars.newest_balance, kNoon - minutes(2));
  EXPECT_FALSE(total().has_balances_only());
}

TEST(Overview, WaitsForNoBillOfAnAccountWhoseBillsAreNotPolled) {
  StatusScene scene;
  auto [account, view] = scene.add("cash");
  account.collectors = {Collector::kBalance};
  view.collectors.pop_back();
  view.results.balance = read(balance_of("40"));
  const CurrencyTotal total = summarise_accounts(scene.input(), {}).totals.at(0);
  EXPECT_TRUE(total.has_balances_only());
  EXPECT_EQ(total.available.known(), amount("40"));
}

// 22 of 30 days are over, and 8 are to come at 4 and 2 a day.
TEST_F(Totals, TellWhatTheMonthIsExpectedToCostAndOfHowManyAccounts) {
  EXPECT_EQ(total().accounts, 3U);
  EXPECT_EQ(total().forecast.parts, 2U);
  EXPECT_EQ(total().forecast.known(), amount("198"));
}

TEST_F(Totals, CompareTheMonthWithTheSameDaysOfTheLast) {
  const CurrencyTotal total = this->total();
  ASSERT_TRUE(total.month_change);
  EXPECT_EQ(total.not_compared.count, 1U);
  EXPECT_EQ(total.not_compared.first, "unread");
  EXPECT_EQ(total.month_change->before, amount("132")) << "22 days of 4 and of 2";
  EXPECT_EQ(total.month_change->after, amount("150"));
  EXPECT_EQ(total.month_change->difference, amount("18"));
  EXPECT_DOUBLE_EQ(total.month_change->share.value(), 18.0 / 132);
}

TEST_F(Totals, TheNewestDayIsOfTheAccountsThatKnowIt) {
  EXPECT_EQ(total().newest_day, kYesterday);
  EXPECT_EQ(total().day.known(), amount("6"));
  DayCosts older;
  older.day = days_before(kYesterday, 1);
  older.billed_costs[{"CNY", "BCC", "postpaid"}] = amount("500");
  add("older", "1", "1", KnownDays(older, kNoon));
  EXPECT_EQ(total().newest_day, kYesterday);
  EXPECT_EQ(total().day.known(), amount("6"));
  EXPECT_EQ(total().day.parts, 2U);
}

TEST_F(Totals, TellWhatGrewMostOverAllAccounts) {
  DayCosts newest;
  newest.day = kYesterday;
  newest.billed_costs[{"CNY", "BCC", "postpaid"}] = amount("2.5");
  newest.billed_costs[{"CNY", "GPU", "postpaid"}] = amount("9");
  newest.billed_costs[{"CNY", "VPN", "prepaid"}] = amount("1200");
  KnownDays days = days_of(10, {{"BCC", "2"}});
  days.add_newest(newest, kNoon);
  add("c", "1", "1", std::move(days));
  const std::vector<ServiceChange> changes = total().changes;
  ASSERT_EQ(changes.size(), 3U) << "a purchase is no growth";
  EXPECT_EQ(changes[0].service_type, "GPU");
  EXPECT_EQ(changes[0].before, Amount());
  EXPECT_EQ(changes[0].growth, amount("9"));
  EXPECT_EQ(changes[1].service_type, "BCC");
  EXPECT_EQ(changes[1].before, amount("7"));
  EXPECT_EQ(changes[1].after, amount("7.5"));
  EXPECT_EQ(changes[2].growth, Amount());
}

TEST_F(Totals, BudgetsAreMeasuredByTheForecastOnceAllOfTheirsAreKnown) {
  scene_.accounts[0].budget = amount("100");
  scene_.accounts[1].budget = amount("300");
  EXPECT_DOUBLE_EQ(total().budget_forecast.value(), 198.0 / 400);
  scene_.accounts[2].budget = amount("1");
  EXPECT_FALSE(total().budget_forecast);
  EXPECT_FALSE(total().budget_used);
}

TEST_F(Totals, NameTheAccountWhoseBalanceLastsForTheShortestTime) {
  scene_.views[0].results.balance = read(balance_of("40"));
  scene_.views[1].results.balance = read(balance_of("3"));
  ASSERT_TRUE(total().runway);
  EXPECT_EQ(total().runway->account, "b");
  EXPECT_DOUBLE_EQ(total().runway->seconds, 1.5 * 86400);
  EXPECT_EQ(total().available.known(), amount("43"));
}

TEST_F(Totals, WhatAnotherBillCountsIsLeftOutOfTheForecastToo) {
  for (const auto& [place, id] : {std::pair(std::size_t{0}, "A"), std::pair(std::size_t{1}, "B")}) {
    scene_.views[place].results.account_id = id;
    MonthCosts month = *scene_.views[place].results.months.at(kNovember).value;
    month.account_ids = {"B", id};
    scene_.views[place].results.months[kNovember] = read(month);
  }
  EXPECT_EQ(total().accounts, 2U);
  EXPECT_EQ(total().forecast.known(), amount("132")) << "of a: 100, and 8 days of 4";
  EXPECT_EQ(total().day.known(), amount("4"));
  EXPECT_EQ(total().month_change->before, amount("88"));
}

TEST_F(Totals, AreGivenForEachValueOfALabel) {
  scene_.accounts[0].labels = {{"team", "infra"}};
  scene_.accounts[1].labels = {{"team", "games"}};
  AccountSearch search;
  search.label = "team";
  const Overview overview = summarise_accounts(scene_.input(), search);
  ASSERT_EQ(overview.by_label.size(), 3U);
  EXPECT_EQ(overview.by_label[0].value, "games");
  EXPECT_EQ(overview.by_label[0].totals.at(0).current.known(), amount("50"));
  EXPECT_EQ(overview.by_label[1].value, "infra");
  EXPECT_EQ(overview.by_label[1].totals.at(0).current.known(), amount("100"));
  EXPECT_EQ(overview.by_label[2].value, "") << "accounts without the label come last";
  EXPECT_EQ(overview.by_label[2].accounts, 1U);
  EXPECT_FALSE(overview.by_label[2].totals.at(0).current.known());
  EXPECT_FALSE(overview.searched) << "all are found";
}

}  // namespace
}  // namespace cloud_billing
