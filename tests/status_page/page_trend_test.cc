#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "status_page/page.h"
#include "tests/status_page/page_text.h"
#include "tests/status_page/scene.h"

namespace cloud_billing {
namespace {

using testing::HasSubstr;
using testing::Not;

// 100 on each of the 22 days that the bill of November covers, and in October.
void spend_evenly(AccountView& view) {
  MonthCosts november = month_of({{"BCC", "2200"}});
  november.data_through = kChinaTime.start_of(std::chrono::year(2026) / 11 / 23);
  view.results.months.emplace(kNovember, read(november, kNoon));
  view.results.months.emplace(kOctober, read(month_of({{"BCC", "3100"}}), kNoon));
  view.results.days = read(days_of(53, {{"BCC", "100"}}), kNoon);
}

std::string trends_page(const StatusScene& scene) {
  return render_status_page(scene.input(), {.telemetry_path = "/metrics"});
}

TEST(PageOfTrends, ShowsWhatComes) {
  StatusScene scene;
  auto [account, view] = scene.add("a");
  spend_evenly(view);
  account.budget = amount("2500");
  view.results.balance = read(balance_of("450"), kNoon);
  const std::string text = text_of(trends_page(scene));
  // 8 days of November are to come.
  EXPECT_THAT(text, HasSubstr("Forecast for this monthCNY 3,000.00"));
  EXPECT_THAT(text, HasSubstr("Against 1 Oct to 22 OctCNY 0.00 (0.0%)"));
  EXPECT_THAT(text, HasSubstr("Newest complete day, 22 NovCNY 100.00"));
  EXPECT_THAT(text, HasSubstr("Grew most since 15 Novnothing"));
  EXPECT_THAT(text, HasSubstr("October 2026, whole monthCNY 3,100.00"));
  EXPECT_THAT(text, HasSubstr("Days left4.5 days"));
  EXPECT_THAT(text, HasSubstr("88.0% of the budget of CNY 2,500.00 used, 120.0% expected."));
}

TEST(PageOfTrends, WarnsOfWhatIsGoingToHappen) {
  StatusScene scene;
  auto [account, view] = scene.add("a");
  spend_evenly(view);
  account.budget = amount("2500");
  view.results.balance = read(balance_of("450"), kNoon);
  const std::string page = trends_page(scene);
  EXPECT_THAT(text_of(page), HasSubstr("a: the balance of CNY 450.00 lasts for 4.5 days"));
  EXPECT_THAT(text_of(page), HasSubstr("a: the month is going to cost CNY 3,000.00, 120.0% of its "
                                       "budget of CNY 2,500.00"));
  EXPECT_THAT(page, HasSubstr("<span class=\"state warn\">low balance</span> "
                              "<span class=\"state warn\">going over budget</span>"));
}

TEST(PageOfTrends, FindsNothingWrongWithABudgetThatIsUsedAsPlanned) {
  StatusScene scene;
  auto [account, view] = scene.add("a");
  spend_evenly(view);
  account.budget = amount("3000");
  const std::string page = trends_page(scene);
  EXPECT_THAT(page, Not(HasSubstr("Needs attention")));
  EXPECT_THAT(page, HasSubstr("<span class=\"state good\">ok</span>"));
}

TEST(PageOfTrends, ShowsNoForecastOfFewerAccountsThanTheCost) {
  StatusScene scene;
  spend_evenly(scene.add("a").second);
  scene.add("b").second.results.months.emplace(kNovember, read(month_of({{"BCC", "9"}}), kNoon));
  EXPECT_THAT(text_of(trends_page(scene)), HasSubstr("Forecast for this monthnot known"));
}

// Of c nothing is known but its balance.
class PageWithoutAnAccount : public testing::Test {
 protected:
  PageWithoutAnAccount() {
    for (const char* const name : {"a", "b", "c"}) {
      AccountView& view = scene_.add(name).second;
      if (*name != 'c') spend_evenly(view);
      view.results.balance = read(balance_of("10"), kNoon);
    }
  }

  [[nodiscard]] std::string text(Language language = Language::kEnglish) const {
    return text_of(
        render_status_page(scene_.input(), {.telemetry_path = "/metrics", .language = language}));
  }

  StatusScene scene_;
};

TEST_F(PageWithoutAnAccount, SaysWithoutWhomWhatItShowsIs) {
  EXPECT_THAT(text(), HasSubstr("so far 2 of 3 accounts, without c CNY 4,400.00"));
  EXPECT_THAT(text(), HasSubstr("Forecast for this month without cCNY 6,000.00"));
  EXPECT_THAT(text(), HasSubstr("Against last month to date without cCNY 0.00 (0.0%)"));
  EXPECT_THAT(text(), HasSubstr("Newest complete day, 22 Nov without cCNY 200.00"));
  EXPECT_THAT(text(), HasSubstr("October 2026, whole month without cCNY 6,200.00"));
  EXPECT_THAT(text(), HasSubstr("Available balanceCNY 30.00")) << "nothing is missing in it";
  EXPECT_THAT(text(Language::kChinese),
              HasSubstr("2026年11月至今 3 个账号中的 2 个，不含 c ¥4,400.00"));
  EXPECT_THAT(text(Language::kChinese), HasSubstr("本月预计费用 不含 c¥6,000.00"));
}

TEST_F(PageWithoutAnAccount, CountsThemIfTheyAreSeveral) {
  scene_.views[1].results.months.clear();
  scene_.views[1].results.days.reset();
  EXPECT_THAT(text(), HasSubstr("so far 1 of 3 accounts, without 2 accounts CNY 2,200.00"));
  EXPECT_THAT(text(Language::kChinese), HasSubstr("3 个账号中的 1 个，不含 2 个账号 ¥2,200.00"));
}

TEST_F(PageWithoutAnAccount, SaysSoOfEachValueOfALabelToo) {
  scene_.accounts[0].labels = scene_.accounts[2].labels = {{"team", "x"}};
  scene_.accounts[1].labels = {{"team", "y"}};
  AccountSearch search;
  search.label = "team";
  const std::string text =
      text_of(render_status_page(scene_.input(), {.search = search, .telemetry_path = "/metrics"}));
  EXPECT_THAT(text, HasSubstr("x2CNY 2,200.00 without cCNY 3,000.00 without cCNY 0.00 (0.0%) "
                              "without cCNY 3,100.00 without c"));
  EXPECT_THAT(text, HasSubstr("y1CNY 2,200.00CNY 3,000.00CNY 0.00 (0.0%)CNY 3,100.00"));
}

TEST(PageOfBalances, InACurrencyWithoutBillsSaysNothingOfCosts) {
  StatusScene scene;
  for (const char* const name : {"a", "b"}) {
    AccountView& view = scene.add(name).second;
    view.results.months.emplace(kNovember, read(month_of({{"BCC", "5"}}), kNoon));
    view.results.balance = read(balance_of("100.5", "USD"), kNoon - std::chrono::minutes(3));
  }
  const auto card = [&scene](Language language) {
    const std::string page =
        render_status_page(scene.input(), {.telemetry_path = "/metrics", .language = language});
    const auto begin = page.rfind("<section class=\"total card\"");
    return text_of("<body>" + page.substr(begin, page.find("</section>", begin) - begin));
  };
  EXPECT_EQ(card(Language::kEnglish), " Available balance 2 accounts USD 201.00 Read 3 min ago. ");
  EXPECT_EQ(card(Language::kChinese), " 可用余额 2 个账号 USD 201.00 采集于 3 分钟前。 ");
}

TEST(PageOfTrends, SaysThatABalanceIsUsedUp) {
  StatusScene scene;
  AccountView& view = scene.add("a").second;
  spend_evenly(view);
  view.results.balance = read(balance_of("-20"), kNoon);
  const std::string text = text_of(trends_page(scene));
  EXPECT_THAT(text, HasSubstr("a: the balance of CNY -20.00 is negative"));
  EXPECT_THAT(text, HasSubstr("Fewest days leftused up (a)"));
  EXPECT_THAT(text, HasSubstr("Days leftused up"));
}

}  // namespace
}  // namespace cloud_billing
