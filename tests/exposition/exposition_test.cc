// What an exposition shows when: ages, months, labels of accounts, shards.

#include "exposition/exposition.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "tests/exposition/scene.h"

namespace cloud_billing {
namespace {

using std::chrono::hours;
using std::chrono::seconds;
using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

// 2026-11-30T16:00:00Z, when December begins in China.
constexpr UtcSeconds kDecember{seconds(1796054400)};

constexpr std::string_view kTotal = "cloud_billing_account_billed_cost";

TEST(Exposition, BeforeTheFirstSuccessHasNoAmounts) {
  ExpositionScene scene({account_named("a")});
  scene.views[0].collectors[0].up = false;
  scene.views[0].collectors[0].duration_seconds = 1.5;
  const std::string text = render_exposition(scene.input(kNoon));
  EXPECT_THAT(text, Not(HasSubstr("currency=")));
  EXPECT_THAT(text, Not(HasSubstr("last_success_timestamp_seconds{")));
  EXPECT_THAT(
      scene.series("cloud_billing_collector_up", kNoon),
      ElementsAre(
          R"(cloud_billing_collector_up{provider="baidu",account="a",collector="balance"} 0)"));
  EXPECT_THAT(
      scene.series("cloud_billing_collector_duration_seconds", kNoon),
      ElementsAre(
          R"(cloud_billing_collector_duration_seconds{provider="baidu",account="a",collector="balance"} 1.5)"));
}

TEST(Exposition, AtTheMonthChangeWhatWasCurrentBecomesPreviousWithoutAPoll) {
  ExpositionScene scene({account_named("a")});
  scene.config.polling.bills.max_age = seconds(0);
  scene.views[0].results.months[kNovember.previous()] = read(month_of("10"));
  scene.views[0].results.months[kNovember] = read(month_of("11"));
  const auto postpaid = [](std::string_view period, std::string_view value) {
    return R"(cloud_billing_account_billed_cost{provider="baidu",account="a",period=")" +
           std::string(period) + R"(",currency="CNY",billing_mode="postpaid"} )" +
           std::string(value);
  };
  EXPECT_THAT(scene.series(kTotal, kDecember - seconds(1)), Contains(postpaid("current", "11")));
  EXPECT_THAT(scene.series(kTotal, kDecember - seconds(1)), Contains(postpaid("previous", "10")));
  const std::vector<std::string> after = scene.series(kTotal, kDecember);
  EXPECT_THAT(after, Contains(postpaid("previous", "11")));
  EXPECT_EQ(after.size(), 2U);
  EXPECT_THAT(
      scene.series("cloud_billing_period_start_timestamp_seconds", kDecember),
      ElementsAre(
          R"(cloud_billing_period_start_timestamp_seconds{provider="baidu",period="current"} 1796054400)",
          R"(cloud_billing_period_start_timestamp_seconds{provider="baidu",period="previous"} 1793462400)"));
  EXPECT_THAT(
      scene.series("cloud_billing_period_end_timestamp_seconds", kDecember),
      ElementsAre(
          R"(cloud_billing_period_end_timestamp_seconds{provider="baidu",period="current"} 1798732800)",
          R"(cloud_billing_period_end_timestamp_seconds{provider="baidu",period="previous"} 1796054400)"));
  // A month later the values are two months old.
  EXPECT_THAT(scene.series(kTotal, UtcSeconds(seconds(1798732800))), IsEmpty());
}

TEST(Exposition, WithdrawsValuesAtTheirAgeLimitButNotTheCollectors) {
  ExpositionScene scene({account_named("a")});
  AccountView& view = scene.views[0];
  view.collectors[0].up = true;
  view.collectors[0].last_success = kNoon;
  Balance balance;
  balance.currency = "CNY";
  view.results.balance = read(balance);
  view.results.months[kNovember] = read(month_of("11"));

  const UtcSeconds balance_limit = kNoon + hours(6);
  EXPECT_THAT(scene.series("cloud_billing_cash_balance", balance_limit - seconds(1)),
              Not(IsEmpty()));
  EXPECT_THAT(scene.series("cloud_billing_cash_balance", balance_limit), IsEmpty());
  EXPECT_THAT(scene.series("cloud_billing_available_balance", balance_limit), IsEmpty());
  const UtcSeconds bills_limit = kNoon + hours(72);
  for (const std::string_view name : {kTotal, std::string_view("cloud_billing_billed_cost"),
                                      std::string_view("cloud_billing_bill_rows"),
                                      std::string_view("cloud_billing_folded_groups")}) {
    EXPECT_THAT(scene.series(name, bills_limit - seconds(1)), Not(IsEmpty())) << name;
    EXPECT_THAT(scene.series(name, bills_limit), IsEmpty()) << name;
  }
  EXPECT_THAT(
      scene.series("cloud_billing_collector_last_success_timestamp_seconds", bills_limit),
      ElementsAre(
          R"(cloud_billing_collector_last_success_timestamp_seconds{provider="baidu",account="a",collector="balance"} 1795406400)"));

  scene.config.polling.balance.max_age = seconds(0);
  EXPECT_THAT(scene.series("cloud_billing_cash_balance", kNoon + hours(24 * 400)), Not(IsEmpty()));
}

TEST(Exposition, ADayGrowsOldWithTheBillsAndOrdersByThemselves) {
  ExpositionScene scene({account_named("a")});
  scene.config.polling.bills.max_age = hours(10);
  scene.config.polling.orders.max_age = hours(2);
  scene.views[0].results.days = read(KnownDays(day_before_noon(), kNoon));
  scene.views[0].results.orders = read(three_orders());
  EXPECT_EQ(next_change_after(scene.input(kNoon)), kNoon + hours(2));
  EXPECT_EQ(next_change_after(scene.input(kNoon + hours(2))), kNoon + hours(10));
  const UtcSeconds orders_limit = kNoon + hours(2);
  const UtcSeconds day_limit = kNoon + hours(10);
  for (const std::string_view name : {"cloud_billing_orders", "cloud_billing_order_amount",
                                      "cloud_billing_oldest_unpaid_order_timestamp_seconds"}) {
    EXPECT_THAT(scene.series(name, orders_limit - seconds(1)), Not(IsEmpty())) << name;
    EXPECT_THAT(scene.series(name, orders_limit), IsEmpty()) << name;
  }
  for (const std::string_view name :
       {"cloud_billing_day_billed_cost", "cloud_billing_day_start_timestamp_seconds"}) {
    EXPECT_THAT(scene.series(name, day_limit - seconds(1)), Not(IsEmpty())) << name;
    EXPECT_THAT(scene.series(name, day_limit), IsEmpty()) << name;
  }
}

TEST(Exposition, EscapesLabelValuesAndNothingElse) {
  ExpositionScene scene({account_named("say \"hi\"\\ \n<script>alert('x')</script> 部门")});
  scene.views[0].results.account_id = "id";
  EXPECT_THAT(scene.series("cloud_billing_account_info", kNoon),
              ElementsAre("cloud_billing_account_info{provider=\"baidu\",account=\"say "
                          "\\\"hi\\\"\\\\ \\n<script>alert('x')</script> 部门\","
                          "account_id=\"id\"} 1"));
}

TEST(Exposition, GivesEveryAccountTheStaticLabelsOfAll) {
  AccountConfig first = account_named("a");
  first.labels = {{"team", "infra"}};
  AccountConfig second = account_named("b");
  second.labels = {{"cost_center", "42"}};
  ExpositionScene scene({first, second, account_named("c")});
  for (AccountView& view : scene.views) view.results.account_id = "id";
  EXPECT_THAT(
      scene.series("cloud_billing_account_info", kNoon),
      ElementsAre(
          R"(cloud_billing_account_info{provider="baidu",account="a",cost_center="",team="infra",account_id="id"} 1)",
          R"(cloud_billing_account_info{provider="baidu",account="b",cost_center="42",team="",account_id="id"} 1)",
          R"(cloud_billing_account_info{provider="baidu",account="c",cost_center="",team="",account_id="id"} 1)"));
}

TEST(Exposition, OfAShardHasTheLabelsOfTheWholeFile) {
  ExpositionScene scene({account_named("a")});
  scene.config.other_shards = {1, {"team"}};
  scene.views[0].collectors[0].up = true;
  EXPECT_THAT(scene.series("cloud_billing_collector_up", kNoon),
              Contains(HasSubstr(R"(account="a",team="",)")));
}

TEST(Exposition, IsTheSameWhateverTheOrderOfTheAccountsViews) {
  const ExpositionScene scene = full_scene();
  Snapshot turned = scene.input(kNoon);
  std::reverse(turned.accounts.begin(), turned.accounts.end());
  sort_accounts(turned.accounts);
  EXPECT_EQ(render_exposition(turned), render_exposition(scene.input(kNoon)));
}

TEST(NextChange, IsTheMonthsEndOrTheFirstValueToBecomeTooOld) {
  ExpositionScene scene({account_named("a"), account_named("b")});
  EXPECT_EQ(next_change_after(scene.input(kNoon)), kDecember);
  EXPECT_EQ(next_change_after(scene.input(kDecember - seconds(1))), kDecember);
  EXPECT_EQ(next_change_after(scene.input(kDecember)), kChinaTime.end_of(kNovember.next()));

  scene.views[0].results.months[kNovember] = read(month_of("1"));
  EXPECT_EQ(next_change_after(scene.input(kNoon)), kNoon + hours(72));
  Balance balance;
  scene.views[1].results.balance = read(balance);
  EXPECT_EQ(next_change_after(scene.input(kNoon)), kNoon + hours(6));
  EXPECT_EQ(next_change_after(scene.input(kNoon + hours(6))), kNoon + hours(72));
  EXPECT_EQ(next_change_after(scene.input(kNoon + hours(72))), kDecember);

  scene.config.polling.balance.max_age = seconds(0);
  EXPECT_EQ(next_change_after(scene.input(kNoon)), kNoon + hours(72));
}

}  // namespace
}  // namespace cloud_billing
