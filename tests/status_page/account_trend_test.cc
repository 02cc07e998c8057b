// The numbers of the page's trend are those of /metrics.

#include "status_page/account_trend.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <string>

#include "status_page/accounts_overview.h"
#include "tests/exposition_text.h"
#include "tests/status_page/scene.h"

namespace cloud_billing {
namespace {

using std::chrono::hours;
using testing::HasSubstr;

class AccountTrend : public testing::Test {
 protected:
  AccountTrend() : view_(scene_.add("a").second) {
    MonthCosts month = month_of({{"BCC", "2210.25"}});
    month.data_through = kChinaTime.start_of(kYesterday) + hours(24);
    month.service_names = {{"BCC", "云服务器"}};
    view_.results.months.emplace(kNovember, read(month));
    view_.results.months.emplace(kOctober, read(month_of({{"BCC", "900"}})));
    view_.results.days = read(days_of(53, {{"BCC", "30.125"}}));
    view_.results.balance = read(balance_of("241"));
  }

  AccountSummary account() const { return summarise_accounts(scene_.input(), {}).found.at(0); }
  CurrencyTrend trend() const { return account().costs.at(0).trend; }

  // The value of the metric's only series with this label.
  std::string metric(const std::string& name, const std::string& label) const {
    for (const std::string& line : lines_of(family_of(render_exposition(scene_.input()), name))) {
      if (line.starts_with(name) && line.find(label) != std::string::npos) {
        return line.substr(line.find("} ") + 2);
      }
    }
    return "absent";
  }

  StatusScene scene_;
  AccountView& view_;
};

TEST_F(AccountTrend, SaysWhatTheMetricsSay) {
  EXPECT_EQ(trend().forecast, amount("2451.25"));
  EXPECT_EQ(metric("cloud_billing_forecast_billed_cost", "CNY"), "2451.25");
  EXPECT_EQ(trend().month_change->before, amount("662.75"));
  EXPECT_EQ(metric("cloud_billing_previous_month_to_date_billed_cost", "postpaid"), "662.75");
  EXPECT_EQ(trend().newest_day, amount("30.125"));
  EXPECT_EQ(metric("cloud_billing_day_billed_cost", "BCC"), "30.125");
  EXPECT_DOUBLE_EQ(account().trend.runway->seconds, 8 * 86400);
  EXPECT_EQ(metric("cloud_billing_balance_runway_seconds", "CNY"), "691200");
}

TEST_F(AccountTrend, ComparesTheMonthWithAsManyDaysOfTheLast) {
  EXPECT_EQ(trend().month_change->after, amount("2210.25"));
  EXPECT_EQ(trend().month_change->difference, amount("1547.5"));
  EXPECT_NEAR(trend().month_change->share.value(), 2.335, 0.001);
  EXPECT_EQ(account().trend.days_to_date, 22);
}

TEST_F(AccountTrend, AMonthWithoutAWholeDayIsComparedWithNothing) {
  MonthCosts month = month_of({{"BCC", "5"}});
  month.data_through = kChinaTime.start_of(kNovember) + hours(13);
  view_.results.months[kNovember] = read(month);
  EXPECT_FALSE(trend().month_change);
}

TEST_F(AccountTrend, TellsHowEachServiceChangedInAWeek) {
  DayCosts newest;
  newest.day = kYesterday;
  newest.billed_costs[{"CNY", "BCC", "postpaid"}] = amount("31");
  newest.billed_costs[{"CNY", "EIP", "postpaid"}] = amount("2");
  newest.billed_costs[{"USD", "GPU", "postpaid"}] = amount("700");
  KnownDays days = days_of(20, {{"BCC", "30"}, {"BOS", "4"}});
  days.add_newest(newest, kNoon);
  view_.results.days = read(days);
  ASSERT_TRUE(trend().changes);
  const std::vector<ServiceChange> changes = *trend().changes;
  ASSERT_EQ(changes.size(), 3U);
  EXPECT_EQ(changes[0].service_type, "EIP");
  EXPECT_EQ(changes[1].name, "云服务器");
  EXPECT_EQ(changes[1].growth, amount("1"));
  EXPECT_EQ(changes[2].growth, amount("-4"));
  EXPECT_EQ(trend().newest_day, amount("33"));
}

TEST_F(AccountTrend, KnowsNoChangeWithoutTheDayAWeekBefore) {
  view_.results.days = read(days_of(7, {{"BCC", "30"}}));
  EXPECT_FALSE(trend().changes);
  EXPECT_FALSE(trend().month_change) << "the last month's days are not known either";
}

TEST_F(AccountTrend, SaysNothingWithoutDays) {
  view_.results.days.reset();
  EXPECT_FALSE(trend().forecast);
  EXPECT_FALSE(trend().month_change);
  EXPECT_FALSE(trend().newest_day);
  EXPECT_FALSE(account().trend.runway);
}

TEST_F(AccountTrend, MeasuresTheBudgetByTheForecastToo) {
  scene_.accounts[0].budget = amount("2400");
  EXPECT_NEAR(account().budget_used.value(), 0.921, 0.001);
  EXPECT_NEAR(account().budget_forecast.value(), 1.021, 0.001);
}

TEST_F(AccountTrend, ListsTheDaysThatAreMissing) {
  view_.results.days = read(days_of(52, {{"BCC", "1"}}));
  const AccountSummary account = this->account();
  ASSERT_EQ(account.missing_days.size(), 1U);
  EXPECT_EQ(day_text(account.missing_days[0].first), "2026-10-01");
  EXPECT_EQ(day_text(account.missing_days[0].last), "2026-10-01");
}

TEST(Change, HasNoShareOfWhatWasNothing) {
  EXPECT_FALSE(change_between(Amount(), amount("5"))->share);
  EXPECT_FALSE(change_between(amount("-1"), amount("5"))->share);
  EXPECT_EQ(change_between(amount("-1"), amount("5"))->difference, amount("6"));
  EXPECT_DOUBLE_EQ(change_between(amount("8"), amount("6"))->share.value(), -0.25);
}

}  // namespace
}  // namespace cloud_billing
