// What each family of metrics says of given values: values in, exposition text out.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/exposition/scene.h"

namespace cloud_billing {
namespace {

using std::chrono::hours;

TEST(Metrics, OfABalance) {
  ExpositionScene scene({account_named("a"), account_named("b")});
  Balance all_told;
  all_told.currency = "CNY";
  all_told.available = amount("100850.5");
  all_told.cash = amount("850.5000");
  all_told.credit_limit = amount("100000");
  all_told.frozen = amount("12.5");
  all_told.arrears = Amount{};
  scene.views[0].results.balance = read(all_told);
  Balance cash_only;
  cash_only.currency = "USD";
  cash_only.available = amount("-3");
  cash_only.cash = amount("-3");
  scene.views[1].results.balance = read(cash_only);
  EXPECT_EQ(scene.shown({"cloud_billing_available_balance", "cloud_billing_cash_balance",
                         "cloud_billing_credit_limit", "cloud_billing_frozen_balance",
                         "cloud_billing_arrears"}),
            R"(
# HELP cloud_billing_available_balance What can be spent now. Refreshed by polls, not by scrapes.
# TYPE cloud_billing_available_balance gauge
cloud_billing_available_balance{provider="baidu",account="a",currency="CNY"} 100850.5
cloud_billing_available_balance{provider="baidu",account="b",currency="USD"} -3
# HELP cloud_billing_cash_balance Cash balance. Refreshed by polls, not by scrapes.
# TYPE cloud_billing_cash_balance gauge
cloud_billing_cash_balance{provider="baidu",account="a",currency="CNY"} 850.5
cloud_billing_cash_balance{provider="baidu",account="b",currency="USD"} -3
# HELP cloud_billing_credit_limit Credit limit. Refreshed by polls, not by scrapes.
# TYPE cloud_billing_credit_limit gauge
cloud_billing_credit_limit{provider="baidu",account="a",currency="CNY"} 100000
# HELP cloud_billing_frozen_balance Part of the cash that is frozen. Refreshed by polls, not by scrapes.
# TYPE cloud_billing_frozen_balance gauge
cloud_billing_frozen_balance{provider="baidu",account="a",currency="CNY"} 12.5
# HELP cloud_billing_arrears What is owed on bills that are due. Refreshed by polls, not by scrapes.
# TYPE cloud_billing_arrears gauge
cloud_billing_arrears{provider="baidu",account="a",currency="CNY"} 0
)");
}

TEST(Metrics, OfTheSubAccountsCash) {
  ExpositionScene scene({account_named("a"), account_named("b")});
  scene.views[0].results.sub_account_cash = read(SubAccountCash{
      "CNY", {{"5b1", amount("12.3400")}, {"5b2", Amount{}}, {"5b3", amount("-7")}}});
  scene.views[1].results.sub_account_cash = read(SubAccountCash{"CNY", {}});  // refused
  EXPECT_EQ(scene.shown({"cloud_billing_sub_account_cash_balance"}),
            R"(
# HELP cloud_billing_sub_account_cash_balance Cash balance of a sub-account that the configuration lists. Refreshed by polls, not by scrapes.
# TYPE cloud_billing_sub_account_cash_balance gauge
cloud_billing_sub_account_cash_balance{provider="baidu",account="a",sub_account_id="5b1",currency="CNY"} 12.34
cloud_billing_sub_account_cash_balance{provider="baidu",account="a",sub_account_id="5b2",currency="CNY"} 0
cloud_billing_sub_account_cash_balance{provider="baidu",account="a",sub_account_id="5b3",currency="CNY"} -7
)");
}

TEST(Metrics, OfAMonth) {
  ExpositionScene scene({account_named("a"), account_named("b")});
  MonthCosts checked = month_of("11");
  checked.data_through = kNoon - hours(12);
  checked.provider_totals = {{"CNY", amount("10.99"), amount("0.01")}};
  scene.views[0].results.months[kNovember] = read(checked);
  scene.views[1].results.months[kNovember.previous()] = read(month_of("2.50"));
  EXPECT_EQ(scene.shown({"cloud_billing_account_billed_cost", "cloud_billing_billed_cost",
                         "cloud_billing_bill_data_through_timestamp_seconds",
                         "cloud_billing_bill_rows", "cloud_billing_provider_billed_cost",
                         "cloud_billing_reconciliation_difference"}),
            R"(
# HELP cloud_billing_account_billed_cost Billed cost (payable): the account's total of the billing month. Refreshed by polls, not by scrapes. Select one period.
# TYPE cloud_billing_account_billed_cost gauge
cloud_billing_account_billed_cost{provider="baidu",account="a",period="current",currency="CNY",billing_mode="postpaid"} 11
cloud_billing_account_billed_cost{provider="baidu",account="a",period="current",currency="CNY",billing_mode="prepaid"} 0
cloud_billing_account_billed_cost{provider="baidu",account="b",period="previous",currency="CNY",billing_mode="postpaid"} 2.5
cloud_billing_account_billed_cost{provider="baidu",account="b",period="previous",currency="CNY",billing_mode="prepaid"} 0
# HELP cloud_billing_billed_cost Billed cost (payable) of the billing month by group. Refreshed by polls, not by scrapes. Select one period.
# TYPE cloud_billing_billed_cost gauge
cloud_billing_billed_cost{provider="baidu",account="a",period="current",currency="CNY",service_type="SCS",region_id="bj",billing_mode="postpaid"} 11
cloud_billing_billed_cost{provider="baidu",account="b",period="previous",currency="CNY",service_type="SCS",region_id="bj",billing_mode="postpaid"} 2.5
# HELP cloud_billing_bill_data_through_timestamp_seconds Until when the bill covers. Refreshed by polls, not by scrapes. Select one period.
# TYPE cloud_billing_bill_data_through_timestamp_seconds gauge
cloud_billing_bill_data_through_timestamp_seconds{provider="baidu",account="a",period="current"} 1795363200
# HELP cloud_billing_bill_rows Rows read in the last good poll of the month. Refreshed by polls, not by scrapes. Select one period.
# TYPE cloud_billing_bill_rows gauge
cloud_billing_bill_rows{provider="baidu",account="a",period="current"} 1
cloud_billing_bill_rows{provider="baidu",account="b",period="previous"} 1
# HELP cloud_billing_provider_billed_cost The provider's own total over the same days. Refreshed by polls, not by scrapes. Select one period.
# TYPE cloud_billing_provider_billed_cost gauge
cloud_billing_provider_billed_cost{provider="baidu",account="a",period="current",currency="CNY"} 10.99
# HELP cloud_billing_reconciliation_difference Our sum of billed cost minus the provider's own total over the same days. Refreshed by polls, not by scrapes. Select one period.
# TYPE cloud_billing_reconciliation_difference gauge
cloud_billing_reconciliation_difference{provider="baidu",account="a",period="current",currency="CNY"} 0.01
)");
}

TEST(Metrics, OfAMeasureThatNoRowOfTheMonthCarriesAreLeftOut) {
  ExpositionScene scene({account_named("a"), account_named("b")});
  scene.config.aggregation.measures = {Measure::kPaidAmount};
  scene.config.aggregation.tag_keys = {"env"};
  MonthCosts older = month_of("11");
  older.tag_groups.resize(1);
  older.tag_groups[0].lines = {{join_cost_key({"CNY", "prod", "SCS"}), {}}};
  MonthCosts newest = older;
  newest.lacked.set(index_of(Measure::kPaidAmount));
  scene.views[0].results.months[kNovember] = read(newest);
  scene.views[1].results.months[kNovember] = read(newest);
  scene.views[1].results.months[kNovember.previous()] = read(older);
  EXPECT_EQ(scene.shown({"cloud_billing_account_paid_amount", "cloud_billing_paid_amount",
                         "cloud_billing_paid_amount_by_tag"}),
            R"(
# HELP cloud_billing_account_paid_amount Paid amount: the account's total of the billing month. Refreshed by polls, not by scrapes. Select one period.
# TYPE cloud_billing_account_paid_amount gauge
cloud_billing_account_paid_amount{provider="baidu",account="b",period="previous",currency="CNY",billing_mode="postpaid"} 0
cloud_billing_account_paid_amount{provider="baidu",account="b",period="previous",currency="CNY",billing_mode="prepaid"} 0
# HELP cloud_billing_paid_amount Paid amount of the billing month by group. Refreshed by polls, not by scrapes. Select one period.
# TYPE cloud_billing_paid_amount gauge
cloud_billing_paid_amount{provider="baidu",account="b",period="previous",currency="CNY",service_type="SCS",region_id="bj",billing_mode="postpaid"} 0
# HELP cloud_billing_paid_amount_by_tag Paid amount of the billing month by tag; each tag_key splits the whole cost once, so always select one. Refreshed by polls, not by scrapes. Select one period.
# TYPE cloud_billing_paid_amount_by_tag gauge
cloud_billing_paid_amount_by_tag{provider="baidu",account="b",period="previous",currency="CNY",tag_key="env",tag_value="prod",service_type="SCS"} 0
)");
}

TEST(Metrics, OfABalanceWhoseCreditCouldNotBeReadAreTheCashAlone) {
  ExpositionScene scene({account_named("a")});
  Balance balance;
  balance.currency = "CNY";
  balance.cash = amount("850.5");
  scene.views[0].results.balance = read(balance);
  EXPECT_EQ(scene.shown({"cloud_billing_available_balance", "cloud_billing_cash_balance"}),
            R"(
# HELP cloud_billing_cash_balance Cash balance. Refreshed by polls, not by scrapes.
# TYPE cloud_billing_cash_balance gauge
cloud_billing_cash_balance{provider="baidu",account="a",currency="CNY"} 850.5
)");
}

TEST(Metrics, OfAMonthWithoutRowsAreRealZeros) {
  ExpositionScene scene({account_named("a")});
  const AggregationConfig& aggregation = scene.config.aggregation;
  scene.views[0].results.months[kNovember] =
      read(*summarise_month(CostSnapshot(aggregation), aggregation, "CNY"));
  EXPECT_EQ(scene.shown({"cloud_billing_account_billed_cost", "cloud_billing_billed_cost",
                         "cloud_billing_bill_rows", "cloud_billing_folded_groups"}),
            R"(
# HELP cloud_billing_account_billed_cost Billed cost (payable): the account's total of the billing month. Refreshed by polls, not by scrapes. Select one period.
# TYPE cloud_billing_account_billed_cost gauge
cloud_billing_account_billed_cost{provider="baidu",account="a",period="current",currency="CNY",billing_mode="postpaid"} 0
cloud_billing_account_billed_cost{provider="baidu",account="a",period="current",currency="CNY",billing_mode="prepaid"} 0
# HELP cloud_billing_bill_rows Rows read in the last good poll of the month. Refreshed by polls, not by scrapes. Select one period.
# TYPE cloud_billing_bill_rows gauge
cloud_billing_bill_rows{provider="baidu",account="a",period="current"} 0
# HELP cloud_billing_folded_groups Groups folded into __other__: of the breakdown by group, and by tag over all tag keys. Refreshed by polls, not by scrapes. Select one period.
# TYPE cloud_billing_folded_groups gauge
cloud_billing_folded_groups{provider="baidu",account="a",period="current",breakdown="group"} 0
)");
}

TEST(Metrics, OfAMonthOfWhichOneMeasureIsAskedFor) {
  ExpositionScene scene({account_named("a")});
  scene.config.aggregation.measures = {Measure::kUnpaidAmount};
  scene.views[0].results.months[kNovember] = read(month_of("11"));
  EXPECT_EQ(scene.shown({"cloud_billing_account_billed_cost", "cloud_billing_billed_cost",
                         "cloud_billing_list_cost", "cloud_billing_unpaid_amount"}),
            R"(
# HELP cloud_billing_unpaid_amount Unpaid amount of the billing month by group. Refreshed by polls, not by scrapes. Select one period.
# TYPE cloud_billing_unpaid_amount gauge
cloud_billing_unpaid_amount{provider="baidu",account="a",period="current",currency="CNY",service_type="SCS",region_id="bj",billing_mode="postpaid"} 0
)");
}

TEST(Metrics, OfAMonthByTagAndOfWhatIsFolded) {
  ExpositionScene scene({account_named("a")});
  scene.config.aggregation.tag_keys = {"env", "部门"};
  scene.config.aggregation.measures = {Measure::kBilledCost};
  MeasureAmounts one;
  one[index_of(Measure::kBilledCost)] = amount("1");
  MonthCosts costs;
  costs.groups.folded_groups = 5;
  costs.tag_groups.resize(2);
  costs.tag_groups[0].lines = {{join_cost_key({"CNY", "", "BCC"}), one}};
  costs.tag_groups[0].folded_groups = 2;
  costs.tag_groups[1].lines = {{join_cost_key({"CNY", "云", "BCC"}), one}};
  costs.tag_groups[1].folded_groups = 1;
  scene.views[0].results.months[kNovember] = read(costs);
  EXPECT_EQ(scene.shown({"cloud_billing_billed_cost_by_tag", "cloud_billing_folded_groups"}),
            R"(
# HELP cloud_billing_billed_cost_by_tag Billed cost (payable) of the billing month by tag; each tag_key splits the whole cost once, so always select one. Refreshed by polls, not by scrapes. Select one period.
# TYPE cloud_billing_billed_cost_by_tag gauge
cloud_billing_billed_cost_by_tag{provider="baidu",account="a",period="current",currency="CNY",tag_key="env",tag_value="",service_type="BCC"} 1
cloud_billing_billed_cost_by_tag{provider="baidu",account="a",period="current",currency="CNY",tag_key="部门",tag_value="云",service_type="BCC"} 1
# HELP cloud_billing_folded_groups Groups folded into __other__: of the breakdown by group, and by tag over all tag keys. Refreshed by polls, not by scrapes. Select one period.
# TYPE cloud_billing_folded_groups gauge
cloud_billing_folded_groups{provider="baidu",account="a",period="current",breakdown="group"} 5
cloud_billing_folded_groups{provider="baidu",account="a",period="current",breakdown="tag"} 3
)");
}

TEST(Metrics, OfTheNewestCompleteDayWithAndWithoutRows) {
  ExpositionScene scene({account_named("a"), account_named("b"), account_named("c")});
  scene.views[0].results.days = read(KnownDays(day_before_noon(), kNoon));
  scene.views[1].results.days = read(KnownDays(DayCosts{kChinaTime.day_at(kNoon), {}}, kNoon));
  EXPECT_EQ(
      scene.shown({"cloud_billing_day_billed_cost", "cloud_billing_day_start_timestamp_seconds"}),
      R"(
# HELP cloud_billing_day_billed_cost Billed cost (payable) of the newest complete day. Refreshed by polls, not by scrapes.
# TYPE cloud_billing_day_billed_cost gauge
cloud_billing_day_billed_cost{provider="baidu",account="a",currency="CNY",service_type="BCC",billing_mode="prepaid"} 119.68
cloud_billing_day_billed_cost{provider="baidu",account="a",currency="CNY",service_type="SCS",billing_mode="postpaid"} -0.5
# HELP cloud_billing_day_start_timestamp_seconds Start of the newest complete day, 00:00 in the provider's billing zone. Refreshed by polls, not by scrapes.
# TYPE cloud_billing_day_start_timestamp_seconds gauge
cloud_billing_day_start_timestamp_seconds{provider="baidu",account="a"} 1795276800
cloud_billing_day_start_timestamp_seconds{provider="baidu",account="b"} 1795363200
)") << "1795276800 is 2026-11-21T16:00:00Z";
}

// Noon of the 23rd of November; the 22nd is the newest day.
TEST(Metrics, OfThePreviousMonthAndTheWeekBefore) {
  ExpositionScene scene({account_named("a"), account_named("b")});
  AccountResults& results = scene.views[0].results;
  KnownDays known(day_before_noon(), kNoon);
  const BillingDay newest = known.newest().day;
  known.add_earlier({days_before(newest, 7), {{{"CNY", "BCC", "prepaid"}, amount("3650")}}}, kNoon);
  for (unsigned number = 1; number <= 22; ++number) {
    known.add_earlier({std::chrono::year(2026) / 10 / std::chrono::day(number),
                       {{{"CNY", "BCC", "postpaid"}, amount("0.5")}}},
                      kNoon);
  }
  results.days = read(known);
  MonthCosts month = month_of("220");
  month.data_through = kChinaTime.start_of(kChinaTime.day_at(kNoon));
  results.months[kNovember] = read(month);
  EXPECT_EQ(scene.shown({"cloud_billing_previous_month_to_date_billed_cost",
                         "cloud_billing_week_earlier_day_billed_cost"}),
            R"(
# HELP cloud_billing_previous_month_to_date_billed_cost Billed cost (payable) of the previous month's first days: as many as the current month's bill covers wholly, at most all. Refreshed by polls, not by scrapes.
# TYPE cloud_billing_previous_month_to_date_billed_cost gauge
cloud_billing_previous_month_to_date_billed_cost{provider="baidu",account="a",currency="CNY",billing_mode="postpaid"} 11
cloud_billing_previous_month_to_date_billed_cost{provider="baidu",account="a",currency="CNY",billing_mode="prepaid"} 0
# HELP cloud_billing_week_earlier_day_billed_cost Billed cost (payable) of the day 7 days before the newest complete one; 0 for what only that one has. Refreshed by polls, not by scrapes.
# TYPE cloud_billing_week_earlier_day_billed_cost gauge
cloud_billing_week_earlier_day_billed_cost{provider="baidu",account="a",currency="CNY",service_type="BCC",billing_mode="prepaid"} 3650
cloud_billing_week_earlier_day_billed_cost{provider="baidu",account="a",currency="CNY",service_type="SCS",billing_mode="postpaid"} 0
)");
}

TEST(Metrics, OfTheTrend) {
  ExpositionScene scene({account_named("a"), account_named("b"), account_named("c")});
  AccountResults& known = scene.views[0].results;
  known.days = read(KnownDays(day_before_noon(), kNoon));  // 119.68 prepaid, -0.5 postpaid
  MonthCosts month = month_of("220");
  month.data_through = kChinaTime.start_of(kChinaTime.day_at(kNoon));  // the end of the 22nd
  known.months[kNovember] = read(month);
  Balance balance;
  balance.currency = "CNY";
  balance.available = amount("-1");
  known.balance = read(balance);
  scene.views[1].results.days = read(KnownDays(
      DayCosts{kChinaTime.day_at(kNoon - hours(24)), {{{"CNY", "BCC", "postpaid"}, amount("8")}}},
      kNoon));
  balance.available = amount("100");
  scene.views[1].results.balance = read(balance);
  EXPECT_EQ(
      scene.shown({"cloud_billing_daily_billed_cost_average", "cloud_billing_trend_coverage_ratio",
                   "cloud_billing_forecast_billed_cost", "cloud_billing_balance_runway_seconds"}),
      R"(
# HELP cloud_billing_daily_billed_cost_average Mean billed cost of a day, over the known ones of the last 7 or 30 complete days; select one window. Refreshed by polls, not by scrapes.
# TYPE cloud_billing_daily_billed_cost_average gauge
cloud_billing_daily_billed_cost_average{provider="baidu",account="a",window="7d",currency="CNY",billing_mode="postpaid"} -0.5
cloud_billing_daily_billed_cost_average{provider="baidu",account="a",window="7d",currency="CNY",billing_mode="prepaid"} 119.68
cloud_billing_daily_billed_cost_average{provider="baidu",account="a",window="30d",currency="CNY",billing_mode="postpaid"} -0.5
cloud_billing_daily_billed_cost_average{provider="baidu",account="a",window="30d",currency="CNY",billing_mode="prepaid"} 119.68
cloud_billing_daily_billed_cost_average{provider="baidu",account="b",window="7d",currency="CNY",billing_mode="postpaid"} 8
cloud_billing_daily_billed_cost_average{provider="baidu",account="b",window="7d",currency="CNY",billing_mode="prepaid"} 0
cloud_billing_daily_billed_cost_average{provider="baidu",account="b",window="30d",currency="CNY",billing_mode="postpaid"} 8
cloud_billing_daily_billed_cost_average{provider="baidu",account="b",window="30d",currency="CNY",billing_mode="prepaid"} 0
# HELP cloud_billing_trend_coverage_ratio Known days of the last 30 complete ones, divided by 30. Refreshed by polls, not by scrapes.
# TYPE cloud_billing_trend_coverage_ratio gauge
cloud_billing_trend_coverage_ratio{provider="baidu",account="a"} 0.03333333333333333
cloud_billing_trend_coverage_ratio{provider="baidu",account="b"} 0.03333333333333333
# HELP cloud_billing_forecast_billed_cost Expected billed cost of the current month: what it has cost, and for the days after the newest complete one the mean postpaid cost of the last 7. Refreshed by polls, not by scrapes.
# TYPE cloud_billing_forecast_billed_cost gauge
cloud_billing_forecast_billed_cost{provider="baidu",account="a",currency="CNY"} 216
# HELP cloud_billing_balance_runway_seconds How long the available balance lasts at the mean postpaid cost of the last 7 complete days; 0 if there is none left. Refreshed by polls, not by scrapes.
# TYPE cloud_billing_balance_runway_seconds gauge
cloud_billing_balance_runway_seconds{provider="baidu",account="a",currency="CNY"} 0
cloud_billing_balance_runway_seconds{provider="baidu",account="b",currency="CNY"} 1080000
)") << "220 - 8 x 0.5; 100 / 8 days";
}

TEST(Metrics, OfTheTrendArePartOfTheBills) {
  AccountConfig account = account_named("a");
  account.collectors = {Collector::kBalance};
  ExpositionScene scene({account});
  Balance balance;
  balance.currency = "CNY";
  balance.available = amount("-1");
  scene.views[0].results.balance = read(balance);
  EXPECT_EQ(scene.shown({"cloud_billing_balance_runway_seconds"}), "\n");
}

TEST(Metrics, OfClosedMonthsHoweverOldWithoutThoseThatCostNothing) {
  ExpositionScene scene({account_named("a"), account_named("b")});
  auto& months = scene.views[0].results.closed_months;
  const BillingMonth september = kNovember.previous().previous();
  const UtcSeconds long_ago = kNoon - std::chrono::days(400);
  months[september] =
      read(ClosedMonth(ServiceCosts{{{{"CNY", "BCC", "prepaid"}, amount("119.68")},
                                     {{"USD", "SCS", "postpaid"}, amount("-0.5")}}}),
           long_ago);
  months[september.previous()] = read(ClosedMonth(ServiceCosts{}), long_ago);
  EXPECT_EQ(scene.shown({"cloud_billing_closed_month_billed_cost"}), R"(
# HELP cloud_billing_closed_month_billed_cost Billed cost (payable) of a month before the previous one, read once from the provider's own totals by product. Refreshed by polls, not by scrapes.
# TYPE cloud_billing_closed_month_billed_cost gauge
cloud_billing_closed_month_billed_cost{provider="baidu",account="a",month="2026-09",currency="CNY",service_type="BCC",billing_mode="prepaid"} 119.68
cloud_billing_closed_month_billed_cost{provider="baidu",account="a",month="2026-09",currency="USD",service_type="SCS",billing_mode="postpaid"} -0.5
)");
}

TEST(Metrics, OfClosedMonthsAreNoMoreThanMaxSeriesForEach) {
  ExpositionScene scene({account_named("a")});
  scene.config.aggregation.max_series = 2;
  const BillingMonth september = kNovember.previous().previous();
  for (const BillingMonth month : {september, september.previous()}) {
    ServiceCosts costs;
    for (int service = 1; service <= 100; ++service) {
      EXPECT_TRUE(costs.add({"CNY", "s" + std::to_string(service), "postpaid"},
                            amount(std::to_string(service))));
    }
    scene.views[0].results.closed_months[month] = read(ClosedMonth(costs));
  }
  const auto lines = scene.series("cloud_billing_closed_month_billed_cost", kNoon);
  ASSERT_EQ(lines.size(), 6U);
  EXPECT_EQ(
      lines[3],
      "cloud_billing_closed_month_billed_cost{provider=\"baidu\",account=\"a\",month=\"2026-09\","
      "currency=\"CNY\",service_type=\"__other__\",billing_mode=\"postpaid\"} 4851");
}

TEST(Metrics, OfTheAmortisedBill) {
  ExpositionScene scene({account_named("a")});
  scene.config.aggregation.tag_keys = {"env"};
  AccountResults& results = scene.views[0].results;
  EffectiveCosts november{month_of("279")};
  november.shares.data_through = kChinaTime.start_of(kChinaTime.day_at(kNoon));
  november.shares.tag_groups.emplace_back();
  november.shares.tag_groups[0].lines = {
      {join_cost_key({"CNY", "prod", "SCS"}), november.shares.totals.begin()->second}};
  results.effective_months[kNovember] = read(november);
  EXPECT_EQ(scene.shown({"cloud_billing_account_effective_cost", "cloud_billing_effective_cost",
                         "cloud_billing_effective_cost_by_tag",
                         "cloud_billing_effective_data_through_timestamp_seconds"}),
            R"(
# HELP cloud_billing_account_effective_cost Effective cost, the month's share of all purchases whenever they were billed: the account's total of the billing month. Refreshed by polls, not by scrapes. Select one period.
# TYPE cloud_billing_account_effective_cost gauge
cloud_billing_account_effective_cost{provider="baidu",account="a",period="current",currency="CNY",billing_mode="postpaid"} 279
cloud_billing_account_effective_cost{provider="baidu",account="a",period="current",currency="CNY",billing_mode="prepaid"} 0
# HELP cloud_billing_effective_cost Effective cost, the month's share of all purchases whenever they were billed, of the billing month by group. Refreshed by polls, not by scrapes. Select one period.
# TYPE cloud_billing_effective_cost gauge
cloud_billing_effective_cost{provider="baidu",account="a",period="current",currency="CNY",service_type="SCS",region_id="bj",billing_mode="postpaid"} 279
# HELP cloud_billing_effective_cost_by_tag Effective cost, the month's share of all purchases whenever they were billed, of the billing month by tag; each tag_key splits the whole cost once, so always select one. Refreshed by polls, not by scrapes. Select one period.
# TYPE cloud_billing_effective_cost_by_tag gauge
cloud_billing_effective_cost_by_tag{provider="baidu",account="a",period="current",currency="CNY",tag_key="env",tag_value="prod",service_type="SCS"} 279
# HELP cloud_billing_effective_data_through_timestamp_seconds Until when the amortised bill covers. Refreshed by polls, not by scrapes. Select one period.
# TYPE cloud_billing_effective_data_through_timestamp_seconds gauge
cloud_billing_effective_data_through_timestamp_seconds{provider="baidu",account="a",period="current"} 1795363200
)");
}

TEST(Metrics, OfAnAmortisedBillWithoutRowsAreThereOnlyIfTheBillHasNoneEither) {
  const std::string_view family = "cloud_billing_account_effective_cost";
  ExpositionScene scene({account_named("a")});
  AccountResults& results = scene.views[0].results;
  EffectiveCosts none{month_of("0")};
  none.shares.rows = 0;
  results.effective_months[kNovember] = read(none);
  EXPECT_EQ(scene.series(family, kNoon).size(), 0U) << "the bill is not known";
  results.months[kNovember] = read(month_of("12"));
  EXPECT_EQ(scene.series(family, kNoon).size(), 0U) << "it is not switched on";
  MonthCosts empty = month_of("0");
  empty.rows = 0;
  results.months[kNovember] = read(empty);
  EXPECT_EQ(scene.series(family, kNoon).size(), 2U) << "nothing costs anything";
  none.shares.data_through = kChinaTime.start_of(kNovember);
  results.effective_months[kNovember.previous()] = read(none);
  results.months[kNovember.previous()] = read(month_of("12"));
  EXPECT_EQ(scene.series(family, kNoon).size(), 0U)
      << "not switched on, as the month before tells: that this month has no rows yet says nothing";
}

TEST(Metrics, OfTheAmortisedBillHaveTheRegionsIdsThatTheBillsOfBothMonthsTell) {
  ExpositionScene scene({account_named("a")});
  AccountResults& results = scene.views[0].results;
  EffectiveCosts shares{month_of("1")};
  MeasureAmounts one;
  one[index_of(Measure::kBilledCost)] = amount("1");
  shares.shares.groups.lines = {{join_cost_key({"CNY", "ECS", "上海", "prepaid"}), one},
                                {join_cost_key({"CNY", "ECS", "北京", "prepaid"}), one},
                                {join_cost_key({"CNY", "ECS", "新加坡", "prepaid"}), one}};
  results.effective_months[kNovember] = read(shares);
  MonthCosts bill = month_of("1");
  bill.region_ids = {{"北京", "cn-beijing"}};
  results.months[kNovember] = read(bill);
  bill.region_ids = {{"上海", "cn-shanghai"}};
  results.months[kNovember.previous()] = read(bill);
  const auto lines = scene.series("cloud_billing_effective_cost", kNoon);
  ASSERT_EQ(lines.size(), 3U);
  EXPECT_NE(lines[0].find("region_id=\"cn-beijing\""), std::string::npos) << lines[0];
  EXPECT_NE(lines[1].find("region_id=\"cn-shanghai\""), std::string::npos) << lines[1];
  EXPECT_NE(lines[2].find("region_id=\"新加坡\""), std::string::npos) << lines[2];
}

TEST(Metrics, OfCoupons) {
  ExpositionScene scene({account_named("a"), account_named("b"), account_named("c")});
  scene.views[0].results.coupons = read(two_coupons());
  scene.views[1].results.coupons = read(Coupons{0, {{"CNY", {}}}, {}});
  EXPECT_EQ(scene.shown({"cloud_billing_coupon_balance",
                         "cloud_billing_coupon_next_expiry_timestamp_seconds"}),
            R"(
# HELP cloud_billing_coupon_balance What is left on the coupons that are effective. Refreshed by polls, not by scrapes.
# TYPE cloud_billing_coupon_balance gauge
cloud_billing_coupon_balance{provider="baidu",account="a",currency="CNY"} 120.5
cloud_billing_coupon_balance{provider="baidu",account="b",currency="CNY"} 0
# HELP cloud_billing_coupon_next_expiry_timestamp_seconds When the next of the effective coupons that have something left ends. Refreshed by polls, not by scrapes.
# TYPE cloud_billing_coupon_next_expiry_timestamp_seconds gauge
cloud_billing_coupon_next_expiry_timestamp_seconds{provider="baidu",account="a"} 1795406400
)");
  Coupons undated = two_coupons();
  undated.first_expiry.add_undated();
  scene.views[0].results.coupons = read(undated);
  EXPECT_EQ(scene.series("cloud_billing_coupon_balance", kNoon).size(), 2U);
  EXPECT_EQ(scene.series("cloud_billing_coupon_next_expiry_timestamp_seconds", kNoon).size(), 0U)
      << "the one without a time may be the first";
}

TEST(Metrics, OfPackages) {
  ExpositionScene scene({account_named("a"), account_named("b")});
  scene.views[0].results.packages = read(some_packages());
  scene.views[1].results.packages = read(Packages());
  EXPECT_EQ(scene.shown({"cloud_billing_package_remaining_ratio",
                         "cloud_billing_package_next_expiry_timestamp_seconds"}),
            R"(
# HELP cloud_billing_package_remaining_ratio What is left of the effective resource packages, divided by what was bought. Refreshed by polls, not by scrapes.
# TYPE cloud_billing_package_remaining_ratio gauge
cloud_billing_package_remaining_ratio{provider="baidu",account="a",service_type="TOS",unit="GB"} 0.25
# HELP cloud_billing_package_next_expiry_timestamp_seconds When the next of the effective resource packages ends. Refreshed by polls, not by scrapes.
# TYPE cloud_billing_package_next_expiry_timestamp_seconds gauge
cloud_billing_package_next_expiry_timestamp_seconds{provider="baidu",account="a",service_type="TOS"} 1795406400
)");
}

TEST(Metrics, OfTheBudgetsWithTheCloud) {
  ExpositionScene scene({account_named("a"), account_named("b")});
  scene.views[0].results.budgets = read(some_budgets());
  scene.views[1].results.budgets = read(ProviderBudgets());
  EXPECT_EQ(scene.shown({"cloud_billing_provider_budget", "cloud_billing_provider_budget_used"}),
            R"(
# HELP cloud_billing_provider_budget Budgets that the account has with the cloud; those of one name are added. Refreshed by polls, not by scrapes.
# TYPE cloud_billing_provider_budget gauge
cloud_billing_provider_budget{provider="baidu",account="a",budget="team",currency="CNY"} 1000
cloud_billing_provider_budget{provider="baidu",account="a",budget="team",currency="USD"} 50
# HELP cloud_billing_provider_budget_used What the cloud itself counts against these budgets. Refreshed by polls, not by scrapes.
# TYPE cloud_billing_provider_budget_used gauge
cloud_billing_provider_budget_used{provider="baidu",account="a",budget="other",currency="CNY"} 7
cloud_billing_provider_budget_used{provider="baidu",account="a",budget="team",currency="CNY"} 830.1
)");
}

TEST(Metrics, OfWhatEndsSoon) {
  ExpositionScene scene({account_named("a"), account_named("b")});
  scene.views[0].results.renewals = read(some_renewals());
  scene.views[1].results.renewals = read(Renewals());
  EXPECT_EQ(scene.shown({"cloud_billing_expiring_resources",
                         "cloud_billing_next_expiry_timestamp_seconds"}),
            R"(
# HELP cloud_billing_expiring_resources Resources paid for in advance that end within the window. Refreshed by polls, not by scrapes.
# TYPE cloud_billing_expiring_resources gauge
cloud_billing_expiring_resources{provider="baidu",account="a",service_type="BCC",region_id="bj",auto_renew="false",within="7d"} 1
cloud_billing_expiring_resources{provider="baidu",account="a",service_type="BCC",region_id="bj",auto_renew="false",within="30d"} 2
cloud_billing_expiring_resources{provider="baidu",account="a",service_type="BCC",region_id="bj",auto_renew="false",within="90d"} 2
cloud_billing_expiring_resources{provider="baidu",account="a",service_type="BCC",region_id="bj",auto_renew="true",within="90d"} 1
cloud_billing_expiring_resources{provider="baidu",account="a",service_type="BCC",region_id="gz",auto_renew="false",within="7d"} 1
cloud_billing_expiring_resources{provider="baidu",account="a",service_type="BCC",region_id="gz",auto_renew="false",within="30d"} 1
cloud_billing_expiring_resources{provider="baidu",account="a",service_type="BCC",region_id="gz",auto_renew="false",within="90d"} 1
cloud_billing_expiring_resources{provider="baidu",account="a",service_type="CDS",region_id="gz",auto_renew="false",within="90d"} 1
cloud_billing_expiring_resources{provider="baidu",account="a",service_type="RDS",region_id="",auto_renew="true",within="30d"} 1
cloud_billing_expiring_resources{provider="baidu",account="a",service_type="RDS",region_id="",auto_renew="true",within="90d"} 1
# HELP cloud_billing_next_expiry_timestamp_seconds When the next of the resources paid for in advance ends. Refreshed by polls, not by scrapes.
# TYPE cloud_billing_next_expiry_timestamp_seconds gauge
cloud_billing_next_expiry_timestamp_seconds{provider="baidu",account="a",service_type="BCC",auto_renew="false"} 1795492800
cloud_billing_next_expiry_timestamp_seconds{provider="baidu",account="a",service_type="BCC",auto_renew="true"} 1800590400
cloud_billing_next_expiry_timestamp_seconds{provider="baidu",account="a",service_type="RDS",auto_renew="true"} 1797998400
)") << "of CDS it is not known which is the next, nor how many there are in bj";
}

TEST(Metrics, OfOrders) {
  ExpositionScene scene({account_named("a"), account_named("b")});
  scene.views[0].results.orders = read(three_orders());
  scene.views[1].results.orders = read(Orders());
  EXPECT_EQ(scene.shown({"cloud_billing_orders", "cloud_billing_order_amount",
                         "cloud_billing_oldest_unpaid_order_timestamp_seconds"}),
            R"(
# HELP cloud_billing_orders Orders created in the window. Refreshed by polls, not by scrapes.
# TYPE cloud_billing_orders gauge
cloud_billing_orders{provider="baidu",account="a",order_status="paid",order_type="purchase",service_type="BCC"} 2
cloud_billing_orders{provider="baidu",account="a",order_status="unpaid",order_type="renewal",service_type=""} 1
# HELP cloud_billing_order_amount What is payable for orders created in the window. Refreshed by polls, not by scrapes.
# TYPE cloud_billing_order_amount gauge
cloud_billing_order_amount{provider="baidu",account="a",order_status="paid",order_type="purchase",service_type="BCC",currency="CNY"} 0.3
cloud_billing_order_amount{provider="baidu",account="a",order_status="unpaid",order_type="renewal",service_type="",currency="CNY"} 7
# HELP cloud_billing_oldest_unpaid_order_timestamp_seconds When the oldest unpaid order of the window was created. Refreshed by polls, not by scrapes.
# TYPE cloud_billing_oldest_unpaid_order_timestamp_seconds gauge
cloud_billing_oldest_unpaid_order_timestamp_seconds{provider="baidu",account="a"} 1795406400
)");
}

TEST(Metrics, OfOrdersHaveNoAmountForAGroupInWhichOneTellsNone) {
  ExpositionScene scene({account_named("a")});
  Orders orders = three_orders();
  EXPECT_TRUE(orders.add({"paid", "purchase", "BCC", "CNY", std::nullopt, kNoon}));
  scene.views[0].results.orders = read(orders);
  EXPECT_EQ(scene.shown({"cloud_billing_orders", "cloud_billing_order_amount"}),
            R"(
# HELP cloud_billing_orders Orders created in the window. Refreshed by polls, not by scrapes.
# TYPE cloud_billing_orders gauge
cloud_billing_orders{provider="baidu",account="a",order_status="paid",order_type="purchase",service_type="BCC"} 3
cloud_billing_orders{provider="baidu",account="a",order_status="unpaid",order_type="renewal",service_type=""} 1
# HELP cloud_billing_order_amount What is payable for orders created in the window. Refreshed by polls, not by scrapes.
# TYPE cloud_billing_order_amount gauge
cloud_billing_order_amount{provider="baidu",account="a",order_status="unpaid",order_type="renewal",service_type="",currency="CNY"} 7
)");
}

TEST(Metrics, OfWhatIsConfigured) {
  AccountConfig account = account_named("a");
  account.budget = amount("50000");
  account.low_balance = amount("5000.5");
  const ExpositionScene scene({account, account_named("b")});
  EXPECT_EQ(scene.shown({"cloud_billing_budget", "cloud_billing_low_balance_threshold"}),
            R"(
# HELP cloud_billing_budget Monthly budget as configured.
# TYPE cloud_billing_budget gauge
cloud_billing_budget{provider="baidu",account="a",currency="CNY"} 50000
# HELP cloud_billing_low_balance_threshold Low balance threshold as configured.
# TYPE cloud_billing_low_balance_threshold gauge
cloud_billing_low_balance_threshold{provider="baidu",account="a",currency="CNY"} 5000.5
)");
}

TEST(Metrics, OfIdsAndNamesTellTheNameDeliveredLast) {
  ExpositionScene scene({account_named("a"), account_named("b")});
  scene.views[0].results.account_id = "id";
  MonthCosts costs;
  costs.service_names = {{"SCS", "new name"}};
  scene.views[0].results.months[kNovember] = read(costs, kNoon);
  costs.service_names = {{"SCS", "old name"}};
  scene.views[1].results.months[kNovember] = read(costs, kNoon - hours(1));
  EXPECT_EQ(scene.shown({"cloud_billing_account_info", "cloud_billing_service_info"}),
            R"(
# HELP cloud_billing_account_info The cloud's own id of the account. Refreshed by polls, not by scrapes.
# TYPE cloud_billing_account_info gauge
cloud_billing_account_info{provider="baidu",account="a",account_id="id"} 1
# HELP cloud_billing_service_info Display name of a service as last delivered. Refreshed by polls, not by scrapes.
# TYPE cloud_billing_service_info gauge
cloud_billing_service_info{provider="baidu",service_type="SCS",service_name="new name"} 1
)");
}

TEST(Metrics, OfSubAccountsTellTheNameOfTheNewerMonth) {
  ExpositionScene scene({account_named("a"), account_named("b")});
  MonthCosts costs;
  costs.sub_account_names = {{"2100", "研发"}, {"2101", "left in October"}};
  scene.views[0].results.months[kNovember.previous()] = read(costs);
  costs.sub_account_names = {{"2100", "研发一部"}};
  scene.views[0].results.months[kNovember] = read(costs);
  EXPECT_EQ(scene.shown({"cloud_billing_sub_account_info"}),
            R"(
# HELP cloud_billing_sub_account_info Name of an account whose cost the bill holds, as last delivered. Refreshed by polls, not by scrapes.
# TYPE cloud_billing_sub_account_info gauge
cloud_billing_sub_account_info{provider="baidu",account="a",sub_account_id="2100",sub_account_name="研发一部"} 1
cloud_billing_sub_account_info{provider="baidu",account="a",sub_account_id="2101",sub_account_name="left in October"} 1
)");
}

TEST(Metrics, OfBillsThatTwoAccountsRead) {
  ExpositionScene scene({account_named("master"), account_named("member"), account_named("other")});
  MonthCosts costs;
  costs.account_ids = {"id of master", "id of member"};
  scene.views[0].results.account_id = "id of master";
  scene.views[0].results.months[kNovember] = read(costs);
  scene.views[1].results.account_id = "id of member";
  costs.account_ids = {"id of member"};
  scene.views[1].results.months[kNovember] = read(costs);
  scene.views[2].results.account_id = "id of other";
  EXPECT_EQ(scene.shown({"cloud_billing_bill_counted_twice"}), R"(
# HELP cloud_billing_bill_counted_twice 1 while the bill of this account holds rows of other_account, which the configuration polls too: a sum over both counts their cost twice. Refreshed by polls, not by scrapes.
# TYPE cloud_billing_bill_counted_twice gauge
cloud_billing_bill_counted_twice{provider="baidu",account="master",other_account="member"} 1
)");
  EXPECT_THAT(scene.series("cloud_billing_bill_counted_twice", kNoon + hours(72)),
              testing::IsEmpty())
      << "the months are too old to be shown";
}

TEST(Metrics, OfTheBillingMonths) {
  const ExpositionScene scene({account_named("a"), account_named("b")});
  EXPECT_EQ(
      scene.shown({"cloud_billing_period_start_timestamp_seconds",
                   "cloud_billing_period_end_timestamp_seconds", "cloud_billing_period_info"}),
      R"(
# HELP cloud_billing_period_start_timestamp_seconds Start of the billing month, 00:00 in the provider's billing zone on the 1st. Select one period.
# TYPE cloud_billing_period_start_timestamp_seconds gauge
cloud_billing_period_start_timestamp_seconds{provider="baidu",period="current"} 1793462400
cloud_billing_period_start_timestamp_seconds{provider="baidu",period="previous"} 1790784000
# HELP cloud_billing_period_end_timestamp_seconds End of the billing month, exclusive. Select one period.
# TYPE cloud_billing_period_end_timestamp_seconds gauge
cloud_billing_period_end_timestamp_seconds{provider="baidu",period="current"} 1796054400
cloud_billing_period_end_timestamp_seconds{provider="baidu",period="previous"} 1793462400
# HELP cloud_billing_period_info 1, with the billing month that the period is now. Select one period.
# TYPE cloud_billing_period_info gauge
cloud_billing_period_info{provider="baidu",period="current",month="2026-11"} 1
cloud_billing_period_info{provider="baidu",period="previous",month="2026-10"} 1
)");
}

TEST(Metrics, OfTheBillingMonthsOfEachProviderOfTheFile) {
  ExpositionScene scene({account_named("a")});
  scene.config.other_shards.providers = {{"volcengine", kChinaTime}, {"baidu", kChinaTime}};
  EXPECT_THAT(
      scene.series("cloud_billing_period_info", kNoon),
      testing::ElementsAre(
          R"(cloud_billing_period_info{provider="baidu",period="current",month="2026-11"} 1)",
          R"(cloud_billing_period_info{provider="baidu",period="previous",month="2026-10"} 1)",
          R"(cloud_billing_period_info{provider="volcengine",period="current",month="2026-11"} 1)",
          R"(cloud_billing_period_info{provider="volcengine",period="previous",month="2026-10"} 1)"));
}

TEST(Metrics, OfBillingMonthsThatBeginAtTheMidnightsOfTheirZones) {
  ExpositionScene scene({account_named("a"), account_named("b")});
  scene.accounts[1].provider = &kCloudInUtc;
  for (AccountView& view : scene.views) {
    view.results.months[kNovember] = read(month_of("11"));
    view.results.months[kNovember.next()] = read(month_of("12"));
  }
  scene.config.polling.bills.max_age = std::chrono::seconds(0);
  const UtcSeconds in_china = kChinaTime.end_of(kNovember);
  const UtcSeconds in_utc = kUtc.end_of(kNovember);
  ASSERT_EQ(in_utc - in_china, std::chrono::hours(8));
  const auto shown_at = [&scene](UtcSeconds now) {
    std::string text;
    for (const std::string& line : scene.series("cloud_billing_period_info", now)) {
      text += line.substr(line.find("provider")) + "\n";
    }
    for (const std::string& line : scene.series("cloud_billing_account_billed_cost", now)) {
      if (line.find("postpaid") != std::string::npos) {
        text += line.substr(line.find("account=")) + "\n";
      }
    }
    return text;
  };
  const std::string china_in_november = R"(provider="baidu",period="current",month="2026-11"} 1
provider="baidu",period="previous",month="2026-10"} 1
)";
  const std::string china_in_december = R"(provider="baidu",period="current",month="2026-12"} 1
provider="baidu",period="previous",month="2026-11"} 1
)";
  const std::string utc_in_november = R"(provider="overseas",period="current",month="2026-11"} 1
provider="overseas",period="previous",month="2026-10"} 1
)";
  const std::string utc_in_december = R"(provider="overseas",period="current",month="2026-12"} 1
provider="overseas",period="previous",month="2026-11"} 1
)";
  const auto costs_of = [](const std::string& account, const std::string& period,
                           const std::string& cost) {
    return "account=\"" + account + "\",period=\"" + period +
           "\",currency=\"CNY\",billing_mode=\"postpaid\"} " + cost + "\n";
  };
  const auto december = [&costs_of](const std::string& account) {
    return costs_of(account, "current", "12") + costs_of(account, "previous", "11");
  };
  const auto november = [&costs_of](const std::string& account) {
    return costs_of(account, "current", "11");
  };
  const std::chrono::seconds second(1);
  EXPECT_EQ(shown_at(in_china - second),
            china_in_november + utc_in_november + november("a") + november("b"));
  EXPECT_EQ(shown_at(in_china),
            china_in_december + utc_in_november + december("a") + november("b"));
  EXPECT_EQ(shown_at(in_utc - second),
            china_in_december + utc_in_november + december("a") + november("b"));
  EXPECT_EQ(shown_at(in_utc), china_in_december + utc_in_december + december("a") + december("b"));
  EXPECT_EQ(next_change_after(scene.input(in_china - second)), in_china);
  EXPECT_EQ(next_change_after(scene.input(in_china)), in_utc);
}

TEST(Metrics, OfCollectors) {
  ExpositionScene scene({account_named("a"), account_named("b")});
  scene.views[0].collectors[0] = {Collector::kBalance, true, kNoon, 1.5};
  scene.views[0].collectors[1] = {Collector::kBills, false, {}, 60};
  scene.views[0].collectors[1].last_failure = PollFailure{Reason::kThrottled, "words", kNoon};
  scene.views[0].collectors[0].last_failure = PollFailure{Reason::kAuth, "it is over", kNoon};
  EXPECT_EQ(scene.shown({"cloud_billing_collector_up", "cloud_billing_collector_failing",
                         "cloud_billing_collector_last_success_timestamp_seconds",
                         "cloud_billing_collector_duration_seconds"}),
            R"(
# HELP cloud_billing_collector_up 1 if the latest poll succeeded, 0 if not. Refreshed by polls, not by scrapes.
# TYPE cloud_billing_collector_up gauge
cloud_billing_collector_up{provider="baidu",account="a",collector="balance"} 1
cloud_billing_collector_up{provider="baidu",account="a",collector="bills"} 0
# HELP cloud_billing_collector_failing 1 while the latest poll has failed, with the reason that failed it first. Refreshed by polls, not by scrapes.
# TYPE cloud_billing_collector_failing gauge
cloud_billing_collector_failing{provider="baidu",account="a",collector="bills",reason="throttled"} 1
# HELP cloud_billing_collector_last_success_timestamp_seconds When the latest successful poll ended; for bills, of the current month. Refreshed by polls, not by scrapes.
# TYPE cloud_billing_collector_last_success_timestamp_seconds gauge
cloud_billing_collector_last_success_timestamp_seconds{provider="baidu",account="a",collector="balance"} 1795406400
# HELP cloud_billing_collector_duration_seconds How long the latest poll took. Refreshed by polls, not by scrapes.
# TYPE cloud_billing_collector_duration_seconds gauge
cloud_billing_collector_duration_seconds{provider="baidu",account="a",collector="balance"} 1.5
cloud_billing_collector_duration_seconds{provider="baidu",account="a",collector="bills"} 60
)");
}

TEST(Metrics, OfTheProgramAreThoseOfItsShareOfTheFile) {
  ExpositionScene scene({account_named("a"), account_named("b")});
  scene.config.other_shards = {3, {"team"}};
  Snapshot input = scene.input();
  input.shard = {1, 2};
  const std::string text = render_exposition(input);
  EXPECT_EQ("\n" + text.substr(text.find("# HELP cloud_billing_configured_accounts")), R"(
# HELP cloud_billing_configured_accounts Accounts in the configuration file.
# TYPE cloud_billing_configured_accounts gauge
cloud_billing_configured_accounts 5
# HELP cloud_billing_polled_accounts Accounts that this process polls: its shard's share.
# TYPE cloud_billing_polled_accounts gauge
cloud_billing_polled_accounts 2
# HELP cloud_billing_shard_index Which shard this process is, from 0 on.
# TYPE cloud_billing_shard_index gauge
cloud_billing_shard_index 1
# HELP cloud_billing_shards Into how many shards the accounts are divided.
# TYPE cloud_billing_shards gauge
cloud_billing_shards 2
# HELP cloud_billing_build_info 1, with what this program was built from.
# TYPE cloud_billing_build_info gauge
cloud_billing_build_info{version="1.2.3",revision="abc",compiler="GCC"} 1
# HELP cloud_billing_config_last_reload_successful 1 if the configuration was read successfully the last time, 0 if it was refused and the one before stayed.
# TYPE cloud_billing_config_last_reload_successful gauge
cloud_billing_config_last_reload_successful 1
# HELP cloud_billing_config_last_reload_success_timestamp_seconds When the configuration was last read successfully.
# TYPE cloud_billing_config_last_reload_success_timestamp_seconds gauge
cloud_billing_config_last_reload_success_timestamp_seconds 1795406400
)");
}

}  // namespace
}  // namespace cloud_billing
