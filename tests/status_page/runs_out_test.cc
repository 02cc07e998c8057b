#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <string>

#include "status_page/page.h"
#include "tests/status_page/page_text.h"
#include "tests/status_page/scene.h"

namespace cloud_billing {
namespace {

using testing::HasSubstr;
using testing::Not;

std::string english_page(const StatusScene& scene) {
  return render_status_page(scene.input(), {.telemetry_path = "/metrics"});
}

std::string chinese_page(const StatusScene& scene) {
  return render_status_page(scene.input(),
                            {.telemetry_path = "/metrics", .language = Language::kChinese});
}

FirstExpiry ends(UtcSeconds at) { return {at, 0}; }

TEST(PageOfWhatRunsOut, ShowsCouponsAndWhenTheFirstEnds) {
  StatusScene scene;
  auto [account, view] = scene.add("a");
  Coupons coupons{2, {{"CNY", amount("120.5")}}, ends(kNoon + std::chrono::hours(24 * 8))};
  view.results.coupons = read(coupons, kNoon);
  EXPECT_THAT(text_of(english_page(scene)),
              HasSubstr("Coupons2 coupons · CNY 120.50first expiry 1 Dec 12:00 · in 8 days"));
  EXPECT_THAT(text_of(chinese_page(scene)),
              HasSubstr("代金券2 张 · ¥120.50最早到期 12月1日 12:00 · 8 天后"));
  coupons.first_expiry.add_undated();
  view.results.coupons = read(coupons, kNoon);
  EXPECT_THAT(text_of(english_page(scene)), HasSubstr("CNY 120.50first expiry not known"));
  view.results.coupons = read(Coupons{0, {{"CNY", {}}}, {}}, kNoon);
  EXPECT_THAT(text_of(english_page(scene)), HasSubstr("Couponsnone"));
}

TEST(PageOfWhatRunsOut, SaysNothingOfWhatIsNotKnown) {
  StatusScene scene;
  scene.add("a");
  EXPECT_THAT(text_of(english_page(scene)), Not(HasSubstr("Coupons")));
  EXPECT_THAT(text_of(english_page(scene)), Not(HasSubstr("Resource packages")));
  EXPECT_THAT(text_of(english_page(scene)), Not(HasSubstr("The cloud's own budgets")));
  EXPECT_THAT(text_of(english_page(scene)), Not(HasSubstr("Cash of sub-accounts")));
}

TEST(PageOfWhatRunsOut, ShowsThePackageOfWhichTheLeastIsLeftFirst) {
  StatusScene scene;
  auto [account, view] = scene.add("a");
  Packages packages;
  packages.count = 3;
  packages.sums[{"CDN", "GB"}] = {amount("200"), amount("100"), true};
  packages.sums[{"TOS", "GB"}] = {amount("1000"), amount("45"), true};
  packages.sums[{"VOD", ""}] = {amount("10"), amount("1"), false};
  packages.first_expiries["TOS"] = ends(kNoon + std::chrono::hours(24 * 8));
  view.results.packages = read(packages, kNoon);
  const std::string page = english_page(scene);
  EXPECT_THAT(text_of(page), HasSubstr("Resource packagesTOS (GB) 4.5% left · first expiry 1 Dec "
                                       "12:00 · in 8 daysCDN (GB) 50.0% leftVOD not known"));
  EXPECT_THAT(page, HasSubstr(R"(<b class="bad">4.5% left</b>)"));
}

TEST(PageOfWhatRunsOut, ShowsTheCloudsBudgetsTheFullestFirst) {
  StatusScene scene;
  auto [account, view] = scene.add("a");
  ProviderBudgets budgets;
  budgets.count = 3;
  budgets.sums[{"all <b>", "CNY"}] = {amount("1000"), amount("250"), true, true};
  budgets.sums[{"gpu", "CNY"}] = {amount("100"), amount("120"), true, true};
  budgets.sums[{"new", "CNY"}] = {amount("100"), Amount(), true, false};
  view.results.budgets = read(budgets, kNoon);
  const std::string page = english_page(scene);
  EXPECT_THAT(text_of(page),
              HasSubstr("The cloud's own budgetsgpu: 120.0% of the budget of CNY 100.00 usedall "
                        "&lt;b&gt;: 25.0% of the budget of CNY 1,000.00 usednew: not known used, "
                        "budget CNY 100.00"));
  EXPECT_THAT(page, HasSubstr(R"(<b class="bad">120.0%</b>)"));
}

TEST(PageOfWhatRunsOut, ShowsTheSubAccountsWithTheLeastCashAndCountsTheOthers) {
  StatusScene scene;
  auto [account, view] = scene.add("a");
  SubAccountCash cash{"CNY", {}};
  for (int i = 0; i < 7; ++i) {
    cash.balances["sub-" + std::to_string(i)] = amount(std::to_string(300 - 100 * i));
  }
  view.results.sub_account_cash = read(cash, kNoon);
  EXPECT_THAT(text_of(english_page(scene)),
              HasSubstr("Cash of sub-accountssub-6: CNY -300.00sub-5: CNY -200.00sub-4: CNY "
                        "-100.00sub-3: CNY 0.00sub-2: CNY 100.002 more"));
  cash.balances.clear();  // refused
  view.results.sub_account_cash = read(cash, kNoon);
  EXPECT_THAT(text_of(english_page(scene)), Not(HasSubstr("Cash of sub-accounts")));
}

}  // namespace
}  // namespace cloud_billing
