#include "status_page/account_order.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <string>
#include <vector>

#include "status_page/accounts_overview.h"
#include "tests/status_page/scene.h"

namespace cloud_billing {
namespace {

using testing::ElementsAre;

class Order : public testing::Test {
 protected:
  // What it has cost this month, how much of it each day, and its balance.
  void add(std::string name, std::string_view cost, std::string_view daily,
           std::string_view available, const std::string& currency = "CNY") {
    AccountView& view = scene_.add(std::move(name)).second;
    MonthCosts month = month_of({{"BCC", cost}}, currency);
    month.data_through = kChinaTime.start_of(kYesterday) + std::chrono::hours(24);
    view.results.months.emplace(kNovember, read(month));
    view.results.days = read(days_of(22, {{"BCC", daily}}, currency));
    view.results.balance = read(balance_of(available, currency));
  }

  std::vector<std::string> sorted(std::string_view sort) const {
    AccountSearch search;
    search.order = read_account_order(sort);
    std::vector<std::string> names;
    for (const AccountSummary& account : summarise_accounts(scene_.input(), search).found) {
      names.push_back(account.view->config->name);
    }
    return names;
  }

  StatusScene scene_;
};

TEST_F(Order, IsByTheWordOfTheAddress) {
  add("b", "10", "9", "1000");
  add("a", "30", "1", "10");
  add("c", "20", "4", "500");
  EXPECT_THAT(sorted("name"), ElementsAre("a", "b", "c"));
  EXPECT_THAT(sorted("-name"), ElementsAre("c", "b", "a"));
  EXPECT_THAT(sorted("cost"), ElementsAre("b", "c", "a"));
  EXPECT_THAT(sorted("-cost"), ElementsAre("a", "c", "b"));
  EXPECT_THAT(sorted("forecast"), ElementsAre("a", "c", "b")) << "38, 52 and 82";
  EXPECT_THAT(sorted("-forecast"), ElementsAre("b", "c", "a"));
  EXPECT_THAT(sorted("balance"), ElementsAre("a", "c", "b"));
  EXPECT_THAT(sorted("runway"), ElementsAre("a", "b", "c")) << "10, 111 and 125 days";
  EXPECT_THAT(sorted("-runway"), ElementsAre("c", "b", "a"));
}

TEST_F(Order, IsTheMostExpensiveFirstForWordsThatMeanNothing) {
  add("small", "1", "1", "1");
  add("large", "2", "1", "1");
  for (const char* word : {"", "-", "price", "-COST", "cost "}) {
    EXPECT_THAT(sorted(word), ElementsAre("large", "small")) << word;
  }
  EXPECT_EQ(to_text(read_account_order("")), "-cost");
  EXPECT_EQ(to_text(read_account_order("runway")), "runway");
}

TEST_F(Order, ComparesAmountsOfOneCurrencyOnly) {
  add("usd-2", "2", "1", "2", "USD");
  add("usd-1", "1", "1", "1", "USD");
  add("cny-9", "9", "1", "9");
  add("cny-1", "1", "1", "1");
  EXPECT_THAT(sorted("cost"), ElementsAre("cny-1", "cny-9", "usd-1", "usd-2"));
  EXPECT_THAT(sorted("-cost"), ElementsAre("cny-9", "cny-1", "usd-2", "usd-1"));
  EXPECT_THAT(sorted("-balance"), ElementsAre("cny-9", "cny-1", "usd-2", "usd-1"));
}

TEST_F(Order, PutsWhatIsNotKnownLastEitherWayAndEqualsByName) {
  scene_.add("unknown");
  add("z", "5", "1", "5");
  add("y", "5", "1", "5");
  for (const char* word : {"cost", "forecast", "balance", "runway"}) {
    EXPECT_THAT(sorted(word), ElementsAre("y", "z", "unknown")) << word;
    EXPECT_THAT(sorted("-" + std::string(word)), ElementsAre("y", "z", "unknown")) << word;
  }
}

}  // namespace
}  // namespace cloud_billing
