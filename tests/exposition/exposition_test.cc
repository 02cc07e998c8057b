#include "exposition/exposition.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <memory>
#include <set>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

#include "exposition/metric_table.h"

namespace cloud_billing {
namespace {

using std::chrono::hours;
using std::chrono::seconds;
using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

const ProviderFacts kBaidu{"baidu", "https://billing.baidubce.com", 10,
                           20,      {"balance", "bills"},           {"balance", "bills"},
                           {}};

// 2026-11-23T04:00:00Z, noon in China.
constexpr UtcSeconds kNoon{seconds(1795406400)};
// 2026-11-30T16:00:00Z, when December begins in China.
constexpr UtcSeconds kDecember{seconds(1796054400)};

const BillingMonth kNovember = BillingMonth::at(kNoon);

Amount amount(std::string_view text) { return Amount::parse(text).value(); }

AccountConfig account_named(std::string name) {
  AccountConfig account;
  account.name = std::move(name);
  account.provider = &kBaidu;
  account.collectors = {Collector::kBalance, Collector::kBills};
  return account;
}

// A month with one group, "SCS" in "bj", and the given billed cost.
std::shared_ptr<const MonthCosts> month_of(std::string_view billed) {
  MonthCosts costs;
  costs.rows = 1;
  MeasureAmounts amounts;
  amounts[index_of(Measure::kBilledCost)] = amount(billed);
  costs.totals = {{{"CNY", "postpaid"}, amounts}, {{"CNY", "prepaid"}, {}}};
  costs.groups.lines = {{{"CNY", "SCS", "bj", "postpaid"}, amounts}};
  return std::make_shared<const MonthCosts>(std::move(costs));
}

// One configuration with one view per account.
struct Scene {
  explicit Scene(std::vector<AccountConfig> accounts) {
    config.accounts = std::move(accounts);
    for (const AccountConfig& account : config.accounts) {
      views.emplace_back();
      for (const Collector collector : account.collectors) {
        views.back().collectors.push_back({collector, {}, {}, 0});
      }
    }
  }

  [[nodiscard]] Snapshot input(UtcSeconds now) const {
    Snapshot input;
    input.now = now;
    auto shared = std::make_shared<const Config>(config);
    for (std::size_t i = 0; i < views.size(); ++i) {
      auto view = std::make_shared<AccountView>(views[i]);
      view->config = std::shared_ptr<const AccountConfig>(shared, &shared->accounts[i]);
      input.accounts.push_back(std::move(view));
    }
    input.config = std::move(shared);
    input.build = {"1.2.3", "abc", "GCC"};
    input.config_loaded_at = kNoon;
    sort_accounts(input.accounts);
    return input;
  }

  // The series at `now` whose name, up to labels or value, is `name`.
  [[nodiscard]] std::vector<std::string> series(std::string_view name, UtcSeconds now) const {
    std::vector<std::string> found;
    std::istringstream text(render_exposition(input(now)));
    for (std::string line; std::getline(text, line);) {
      if (line.substr(0, line.find_first_of("{ ")) == name) found.push_back(line);
    }
    return found;
  }

  Config config;
  std::vector<AccountView> views;
};

constexpr std::string_view kTotal = "cloud_billing_account_billed_cost";

TEST(Exposition, BeforeTheFirstSuccessHasNoAmounts) {
  Scene scene({account_named("a")});
  scene.views[0].collectors[0].up = false;
  scene.views[0].collectors[0].duration_seconds = 1.5;
  const std::string text = render_exposition(scene.input(kNoon));
  EXPECT_THAT(text, Not(HasSubstr("currency=")));
  EXPECT_THAT(text, Not(HasSubstr("last_success_timestamp_seconds{")));
  EXPECT_THAT(scene.series("cloud_billing_collector_up", kNoon),
              ElementsAre("cloud_billing_collector_up{provider=\"baidu\",account=\"a\","
                          "collector=\"balance\"} 0"));
  EXPECT_THAT(scene.series("cloud_billing_collector_duration_seconds", kNoon),
              ElementsAre("cloud_billing_collector_duration_seconds{provider=\"baidu\","
                          "account=\"a\",collector=\"balance\"} 1.5"));
}

TEST(Exposition, AGoodPollWithoutRowsIsARealZero) {
  Scene scene({account_named("a")});
  const CostSnapshot nothing(scene.config.aggregation);
  scene.views[0].results.months[kNovember] = {std::make_shared<const MonthCosts>(*summarise_month(
                                                  nothing, scene.config.aggregation, "CNY")),
                                              kNoon};
  EXPECT_THAT(scene.series(kTotal, kNoon),
              ElementsAre("cloud_billing_account_billed_cost{provider=\"baidu\",account=\"a\","
                          "period=\"current\",currency=\"CNY\",billing_mode=\"postpaid\"} 0",
                          "cloud_billing_account_billed_cost{provider=\"baidu\",account=\"a\","
                          "period=\"current\",currency=\"CNY\",billing_mode=\"prepaid\"} 0"));
  EXPECT_THAT(scene.series("cloud_billing_bill_rows", kNoon),
              ElementsAre("cloud_billing_bill_rows{provider=\"baidu\",account=\"a\","
                          "period=\"current\"} 0"));
  EXPECT_THAT(scene.series("cloud_billing_folded_groups", kNoon),
              ElementsAre("cloud_billing_folded_groups{provider=\"baidu\",account=\"a\","
                          "period=\"current\",metric=\"cloud_billing_billed_cost\"} 0",
                          "cloud_billing_folded_groups{provider=\"baidu\",account=\"a\","
                          "period=\"current\",metric=\"cloud_billing_list_cost\"} 0"));
  EXPECT_THAT(scene.series("cloud_billing_billed_cost", kNoon), IsEmpty());
}

TEST(Exposition, AtTheMonthChangeWhatWasCurrentBecomesPreviousWithoutAPoll) {
  Scene scene({account_named("a")});
  scene.config.polling.bills.max_age = seconds(0);
  scene.views[0].results.months[kNovember.previous()] = {month_of("10"), kNoon};
  scene.views[0].results.months[kNovember] = {month_of("11"), kNoon};
  const auto postpaid = [](std::string_view period, std::string_view value) {
    return "cloud_billing_account_billed_cost{provider=\"baidu\",account=\"a\",period=\"" +
           std::string(period) + "\",currency=\"CNY\",billing_mode=\"postpaid\"} " +
           std::string(value);
  };
  EXPECT_THAT(scene.series(kTotal, kDecember - seconds(1)), Contains(postpaid("current", "11")));
  EXPECT_THAT(scene.series(kTotal, kDecember - seconds(1)), Contains(postpaid("previous", "10")));
  const std::vector<std::string> after = scene.series(kTotal, kDecember);
  EXPECT_THAT(after, Contains(postpaid("previous", "11")));
  EXPECT_EQ(after.size(), 2U);
  EXPECT_THAT(
      scene.series("cloud_billing_period_start_timestamp_seconds", kDecember),
      ElementsAre("cloud_billing_period_start_timestamp_seconds{period=\"current\"} 1796054400",
                  "cloud_billing_period_start_timestamp_seconds{period=\"previous\"} 1793462400"));
  EXPECT_THAT(
      scene.series("cloud_billing_period_end_timestamp_seconds", kDecember),
      ElementsAre("cloud_billing_period_end_timestamp_seconds{period=\"current\"} 1798732800",
                  "cloud_billing_period_end_timestamp_seconds{period=\"previous\"} 1796054400"));
  // A month later the values are two months old.
  EXPECT_THAT(scene.series(kTotal, UtcSeconds(seconds(1798732800))), IsEmpty());
}

TEST(Exposition, WithdrawsValuesAtTheirAgeLimitButNotTheCollectors) {
  Scene scene({account_named("a")});
  AccountView& view = scene.views[0];
  view.collectors[0].up = true;
  view.collectors[0].last_success = kNoon;
  Balance balance;
  balance.currency = "CNY";
  view.results.balance = Read<Balance>{std::make_shared<const Balance>(balance), kNoon};
  view.results.months[kNovember] = {month_of("11"), kNoon};

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
  EXPECT_THAT(scene.series("cloud_billing_collector_last_success_timestamp_seconds", bills_limit),
              ElementsAre("cloud_billing_collector_last_success_timestamp_seconds{provider="
                          "\"baidu\",account=\"a\",collector=\"balance\"} 1795406400"));

  scene.config.polling.balance.max_age = seconds(0);
  EXPECT_THAT(scene.series("cloud_billing_cash_balance", kNoon + hours(24 * 400)), Not(IsEmpty()));
}

TEST(Exposition, ShowsBalancesAndTheCreditLimitOnlyWhereItWasRead) {
  Scene scene({account_named("a"), account_named("b")});
  Balance with_credit;
  with_credit.currency = "CNY";
  with_credit.available = amount("100850.5");
  with_credit.cash = amount("850.5000");
  with_credit.credit_limit = amount("100000");
  Balance cash_only;
  cash_only.currency = "USD";
  cash_only.available = amount("-3");
  cash_only.cash = amount("-3");
  scene.views[0].results.balance =
      Read<Balance>{std::make_shared<const Balance>(with_credit), kNoon};
  scene.views[1].results.balance = Read<Balance>{std::make_shared<const Balance>(cash_only), kNoon};
  EXPECT_THAT(scene.series("cloud_billing_available_balance", kNoon),
              ElementsAre("cloud_billing_available_balance{provider=\"baidu\",account=\"a\","
                          "currency=\"CNY\"} 100850.5",
                          "cloud_billing_available_balance{provider=\"baidu\",account=\"b\","
                          "currency=\"USD\"} -3"));
  EXPECT_THAT(scene.series("cloud_billing_cash_balance", kNoon),
              Contains("cloud_billing_cash_balance{provider=\"baidu\",account=\"a\","
                       "currency=\"CNY\"} 850.5"));
  EXPECT_THAT(scene.series("cloud_billing_credit_limit", kNoon),
              ElementsAre("cloud_billing_credit_limit{provider=\"baidu\",account=\"a\","
                          "currency=\"CNY\"} 100000"));
}

TEST(Exposition, ShowsWhatIsFrozenAndOwedOnlyWhereTheProviderTellsIt) {
  Scene scene({account_named("a"), account_named("b")});
  Balance told;
  told.currency = "CNY";
  told.frozen = amount("12.5");
  told.arrears = Amount{};
  Balance silent;
  silent.currency = "CNY";
  scene.views[0].results.balance = Read<Balance>{std::make_shared<const Balance>(told), kNoon};
  scene.views[1].results.balance = Read<Balance>{std::make_shared<const Balance>(silent), kNoon};
  EXPECT_THAT(scene.series("cloud_billing_frozen_balance", kNoon),
              ElementsAre("cloud_billing_frozen_balance{provider=\"baidu\",account=\"a\","
                          "currency=\"CNY\"} 12.5"));
  EXPECT_THAT(scene.series("cloud_billing_arrears", kNoon),
              ElementsAre("cloud_billing_arrears{provider=\"baidu\",account=\"a\","
                          "currency=\"CNY\"} 0"));
}

// The 22nd of November with two groups.
Read<DayCosts> day_read_at(UtcSeconds at) {
  DayCosts day;
  day.day = billing_day_at(kNoon - hours(24));
  day.billed_costs = {{{"CNY", "BCC", "prepaid"}, amount("119.68")},
                      {{"CNY", "SCS", "postpaid"}, amount("-0.5")}};
  return {std::make_shared<const DayCosts>(std::move(day)), at};
}

TEST(Exposition, ShowsTheNewestCompleteDayAndWhenItStarted) {
  Scene scene({account_named("a"), account_named("b")});
  scene.views[0].results.day = day_read_at(kNoon);
  EXPECT_THAT(scene.series("cloud_billing_day_billed_cost", kNoon),
              ElementsAre("cloud_billing_day_billed_cost{provider=\"baidu\",account=\"a\","
                          "currency=\"CNY\",service_type=\"BCC\",billing_mode=\"prepaid\"} 119.68",
                          "cloud_billing_day_billed_cost{provider=\"baidu\",account=\"a\","
                          "currency=\"CNY\",service_type=\"SCS\",billing_mode=\"postpaid\"} -0.5"));
  // 2026-11-21T16:00:00Z.
  EXPECT_THAT(scene.series("cloud_billing_day_start_timestamp_seconds", kNoon),
              ElementsAre("cloud_billing_day_start_timestamp_seconds{provider=\"baidu\","
                          "account=\"a\"} 1795276800"));
}

TEST(Exposition, ADayWithoutRowsHasOnlyItsStart) {
  Scene scene({account_named("a")});
  scene.views[0].results.day =
      Read<DayCosts>{std::make_shared<const DayCosts>(DayCosts{billing_day_at(kNoon), {}}), kNoon};
  EXPECT_THAT(scene.series("cloud_billing_day_billed_cost", kNoon), IsEmpty());
  EXPECT_THAT(scene.series("cloud_billing_day_start_timestamp_seconds", kNoon), Not(IsEmpty()));
}

// Two paid purchases and an unpaid renewal created at noon.
Read<Orders> orders_read_at(UtcSeconds at) {
  Orders orders;
  EXPECT_TRUE(orders.add({"paid", "purchase", "BCC", "CNY", amount("0.1"), kNoon}));
  EXPECT_TRUE(orders.add({"paid", "purchase", "BCC", "CNY", amount("0.2"), kNoon}));
  EXPECT_TRUE(orders.add({"unpaid", "renewal", "", "CNY", amount("7"), kNoon}));
  return {std::make_shared<const Orders>(std::move(orders)), at};
}

TEST(Exposition, ShowsOrdersTheirAmountsAndTheOldestUnpaidOne) {
  Scene scene({account_named("a"), account_named("b")});
  scene.views[0].results.orders = orders_read_at(kNoon);
  scene.views[1].results.orders = Read<Orders>{std::make_shared<const Orders>(), kNoon};
  const std::string paid =
      "{provider=\"baidu\",account=\"a\",order_status=\"paid\","
      "order_type=\"purchase\",service_type=\"BCC\"";
  const std::string unpaid =
      "{provider=\"baidu\",account=\"a\",order_status=\"unpaid\","
      "order_type=\"renewal\",service_type=\"\"";
  EXPECT_THAT(
      scene.series("cloud_billing_orders", kNoon),
      ElementsAre("cloud_billing_orders" + paid + "} 2", "cloud_billing_orders" + unpaid + "} 1"));
  EXPECT_THAT(scene.series("cloud_billing_order_amount", kNoon),
              ElementsAre("cloud_billing_order_amount" + paid + ",currency=\"CNY\"} 0.3",
                          "cloud_billing_order_amount" + unpaid + ",currency=\"CNY\"} 7"));
  EXPECT_THAT(scene.series("cloud_billing_oldest_unpaid_order_timestamp_seconds", kNoon),
              ElementsAre("cloud_billing_oldest_unpaid_order_timestamp_seconds{provider=\"baidu\","
                          "account=\"a\"} 1795406400"));
}

TEST(Exposition, ADayGrowsOldWithTheBillsAndOrdersByThemselves) {
  Scene scene({account_named("a")});
  scene.config.polling.bills.max_age = hours(10);
  scene.config.polling.orders.max_age = hours(2);
  scene.views[0].results.day = day_read_at(kNoon);
  scene.views[0].results.orders = orders_read_at(kNoon);
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
  Scene scene({account_named("say \"hi\"\\ \n<script>alert('x')</script> 部门")});
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
  Scene scene({first, second, account_named("c")});
  for (AccountView& view : scene.views) view.results.account_id = "id";
  EXPECT_THAT(scene.series("cloud_billing_account_info", kNoon),
              ElementsAre("cloud_billing_account_info{provider=\"baidu\",account=\"a\","
                          "cost_center=\"\",team=\"infra\",account_id=\"id\"} 1",
                          "cloud_billing_account_info{provider=\"baidu\",account=\"b\","
                          "cost_center=\"42\",team=\"\",account_id=\"id\"} 1",
                          "cloud_billing_account_info{provider=\"baidu\",account=\"c\","
                          "cost_center=\"\",team=\"\",account_id=\"id\"} 1"));
}

TEST(Exposition, ShowsOnlyTheMeasuresAskedFor) {
  Scene scene({account_named("a")});
  scene.config.aggregation.measures = {Measure::kUnpaidAmount};
  scene.views[0].results.months[kNovember] = {month_of("11"), kNoon};
  EXPECT_THAT(scene.series(kTotal, kNoon), IsEmpty());
  EXPECT_THAT(scene.series("cloud_billing_list_cost", kNoon), IsEmpty());
  EXPECT_THAT(scene.series("cloud_billing_unpaid_amount", kNoon),
              ElementsAre("cloud_billing_unpaid_amount{provider=\"baidu\",account=\"a\","
                          "period=\"current\",currency=\"CNY\",service_type=\"SCS\","
                          "region_id=\"bj\",billing_mode=\"postpaid\"} 0"));
}

TEST(Exposition, ShowsTagsPerKeyAndCountsWhatIsFolded) {
  Scene scene({account_named("a")});
  scene.config.aggregation.tag_keys = {"env", "部门"};
  scene.config.aggregation.measures = {Measure::kBilledCost};
  MonthCosts costs;
  costs.groups.folded_groups = 5;
  MeasureAmounts one;
  one[index_of(Measure::kBilledCost)] = amount("1");
  costs.tag_groups.resize(2);
  costs.tag_groups[0].lines = {{{"CNY", "", "BCC"}, one}};
  costs.tag_groups[0].folded_groups = 2;
  costs.tag_groups[1].lines = {{{"CNY", "云", "BCC"}, one}};
  costs.tag_groups[1].folded_groups = 1;
  scene.views[0].results.months[kNovember] = {std::make_shared<const MonthCosts>(costs), kNoon};
  const std::string start =
      "cloud_billing_billed_cost_by_tag{provider=\"baidu\",account=\"a\","
      "period=\"current\",currency=\"CNY\",";
  EXPECT_THAT(scene.series("cloud_billing_billed_cost_by_tag", kNoon),
              ElementsAre(start + "tag_key=\"env\",tag_value=\"\",service_type=\"BCC\"} 1",
                          start + "tag_key=\"部门\",tag_value=\"云\",service_type=\"BCC\"} 1"));
  const std::string folded =
      "cloud_billing_folded_groups{provider=\"baidu\",account=\"a\","
      "period=\"current\",metric=\"cloud_billing_billed_cost";
  EXPECT_THAT(scene.series("cloud_billing_folded_groups", kNoon),
              ElementsAre(folded + "\"} 5", folded + "_by_tag\"} 3"));
}

TEST(Exposition, ShowsTheProvidersTotalOnlyWhereItWasRead) {
  Scene scene({account_named("a"), account_named("b")});
  auto costs = std::make_shared<MonthCosts>(*month_of("11"));
  costs->provider_totals = {{"CNY", amount("10.99"), amount("0.01")}};
  costs->data_through = kNoon - hours(12);
  scene.views[0].results.months[kNovember] = {costs, kNoon};
  scene.views[1].results.months[kNovember] = {month_of("11"), kNoon};
  EXPECT_THAT(scene.series("cloud_billing_provider_billed_cost", kNoon),
              ElementsAre("cloud_billing_provider_billed_cost{provider=\"baidu\",account=\"a\","
                          "period=\"current\",currency=\"CNY\"} 10.99"));
  EXPECT_THAT(scene.series("cloud_billing_reconciliation_difference", kNoon),
              ElementsAre("cloud_billing_reconciliation_difference{provider=\"baidu\","
                          "account=\"a\",period=\"current\",currency=\"CNY\"} 0.01"));
  EXPECT_THAT(scene.series("cloud_billing_bill_data_through_timestamp_seconds", kNoon),
              ElementsAre("cloud_billing_bill_data_through_timestamp_seconds{provider=\"baidu\","
                          "account=\"a\",period=\"current\"} 1795363200"));
}

TEST(Exposition, ShowsBudgetAndThresholdAsConfigured) {
  AccountConfig account = account_named("a");
  account.budget = amount("50000");
  account.low_balance = amount("5000.5");
  Scene scene({account, account_named("b")});
  EXPECT_THAT(scene.series("cloud_billing_budget", kNoon),
              ElementsAre("cloud_billing_budget{provider=\"baidu\",account=\"a\","
                          "currency=\"CNY\"} 50000"));
  EXPECT_THAT(scene.series("cloud_billing_low_balance_threshold", kNoon),
              ElementsAre("cloud_billing_low_balance_threshold{provider=\"baidu\",account=\"a\","
                          "currency=\"CNY\"} 5000.5"));
}

TEST(Exposition, ShowsOneNameOfAServiceTheOneDeliveredLast) {
  Scene scene({account_named("a"), account_named("b")});
  const auto named = [](std::string name) {
    MonthCosts costs;
    costs.service_names = {{"SCS", std::move(name)}};
    return std::make_shared<const MonthCosts>(std::move(costs));
  };
  scene.views[0].results.months[kNovember] = {named("new name"), kNoon};
  scene.views[1].results.months[kNovember] = {named("old name"), kNoon - hours(1)};
  EXPECT_THAT(scene.series("cloud_billing_service_info", kNoon),
              ElementsAre("cloud_billing_service_info{provider=\"baidu\",service_type=\"SCS\","
                          "service_name=\"new name\"} 1"));
}

TEST(Exposition, SaysWhatItIs) {
  const Scene scene({account_named("a"), account_named("b")});
  EXPECT_THAT(scene.series("cloud_billing_build_info", kNoon),
              ElementsAre("cloud_billing_build_info{version=\"1.2.3\",revision=\"abc\","
                          "compiler=\"GCC\"} 1"));
  EXPECT_THAT(scene.series("cloud_billing_configured_accounts", kNoon),
              ElementsAre("cloud_billing_configured_accounts 2"));
  EXPECT_THAT(scene.series("cloud_billing_config_last_reload_success_timestamp_seconds", kNoon),
              ElementsAre("cloud_billing_config_last_reload_success_timestamp_seconds 1795406400"));
}

TEST(Exposition, OfAShardTellsItsShareOfTheFile) {
  Scene scene({account_named("a"), account_named("b")});
  scene.config.other_shards = {3, {"team"}};
  Snapshot input = scene.input(kNoon);
  input.shard = {1, 2};
  const std::string text = render_exposition(input);
  EXPECT_THAT(text, HasSubstr("\ncloud_billing_configured_accounts 5\n"));
  EXPECT_THAT(text, HasSubstr("\ncloud_billing_polled_accounts 2\n"));
  EXPECT_THAT(text, HasSubstr("\ncloud_billing_shard_index 1\n"));
  EXPECT_THAT(text, HasSubstr("\ncloud_billing_shard_count 2\n"));
}

TEST(Exposition, OfAShardHasTheLabelsOfTheWholeFile) {
  Scene scene({account_named("a")});
  scene.config.other_shards = {1, {"team"}};
  scene.views[0].collectors[0].up = true;
  EXPECT_THAT(scene.series("cloud_billing_collector_up", kNoon),
              Contains(HasSubstr("account=\"a\",team=\"\",")));
}

// A scene in which every family of the table has series.
Scene full_scene() {
  AccountConfig account = account_named("a");
  account.budget = amount("1");
  account.low_balance = amount("1");
  Scene scene({account, account_named("b"), account_named("B")});
  scene.config.aggregation.tag_keys = {"env"};
  scene.config.aggregation.measures.assign(kAllMeasures.begin(), kAllMeasures.end());
  for (AccountView& view : scene.views) {
    CostSnapshot snapshot(scene.config.aggregation);
    for (const std::string_view service : {"SCS", "BCC"}) {
      for (const std::string_view mode : {"prepaid", "postpaid"}) {
        BillRow row;
        row.service_type = service;
        row.service_name = "name";
        row.region_id = "bj";
        row.billing_mode = mode;
        row.currency = "CNY";
        EXPECT_TRUE(snapshot.fold(row));
      }
    }
    MonthCosts costs = *summarise_month(snapshot, scene.config.aggregation, "CNY");
    costs.provider_totals = {{"CNY", {}, {}}};
    costs.data_through = kNoon;
    const auto shared = std::make_shared<const MonthCosts>(std::move(costs));
    view.results.months[kNovember] = {shared, kNoon};
    view.results.months[kNovember.previous()] = {shared, kNoon};
    Balance balance;
    balance.currency = "CNY";
    balance.credit_limit = amount("1");
    balance.frozen = amount("1");
    balance.arrears = amount("1");
    view.results.day = day_read_at(kNoon);
    view.results.orders = orders_read_at(kNoon);
    view.results.balance = Read<Balance>{std::make_shared<const Balance>(balance), kNoon};
    view.results.account_id = "id";
    for (CollectorStatus& status : view.collectors) {
      status.up = true;
      status.last_success = kNoon;
    }
  }
  return scene;
}

TEST(Exposition, HasEachSeriesOnceAndEachFamilyInOnePiece) {
  std::istringstream text(render_exposition(full_scene().input(kNoon)));
  std::set<std::string> series;
  std::vector<std::string> families;
  for (std::string line; std::getline(text, line);) {
    if (line.starts_with("# HELP ")) {
      families.push_back(line.substr(7, line.find(' ', 7) - 7));
      continue;
    }
    if (line.starts_with('#')) {
      EXPECT_EQ(line, "# TYPE " + families.back() + " gauge");
      continue;
    }
    EXPECT_EQ(line.substr(0, line.find_first_of("{ ")), families.back());
    EXPECT_TRUE(series.insert(line.substr(0, line.rfind(' '))).second) << "twice: " << line;
  }
  EXPECT_GT(series.size(), 100U);
  const std::set<std::string> distinct(families.begin(), families.end());
  EXPECT_EQ(distinct.size(), families.size());
  std::set<std::string> table;
  for (const MetricRow& row : metric_table()) table.insert(row.name);
  EXPECT_EQ(distinct, table);
}

TEST(Exposition, IsTheSameWhateverTheOrderOfTheAccountsViews) {
  const Scene scene = full_scene();
  Snapshot turned = scene.input(kNoon);
  std::reverse(turned.accounts.begin(), turned.accounts.end());
  sort_accounts(turned.accounts);
  EXPECT_EQ(render_exposition(turned), render_exposition(scene.input(kNoon)));
}

TEST(MetricTable, NamesAndExplainsEveryMetric) {
  for (const MetricRow& row : metric_table()) {
    EXPECT_TRUE(row.name.starts_with("cloud_billing_")) << row.name;
    EXPECT_FALSE(row.name.ends_with("_total")) << row.name << " is a gauge";
    EXPECT_FALSE(row.help.empty()) << row.name;
    // The text format and OpenMetrics share the bytes: they escape quotes differently.
    EXPECT_EQ(row.help.find_first_of("\"\\\n"), std::string::npos) << row.name;
  }
}

TEST(NextChange, IsTheMonthsEndOrTheFirstValueToBecomeTooOld) {
  Scene scene({account_named("a"), account_named("b")});
  EXPECT_EQ(next_change_after(scene.input(kNoon)), kDecember);
  EXPECT_EQ(next_change_after(scene.input(kDecember - seconds(1))), kDecember);
  EXPECT_EQ(next_change_after(scene.input(kDecember)), kNovember.next().end());

  scene.views[0].results.months[kNovember] = {month_of("1"), kNoon};
  EXPECT_EQ(next_change_after(scene.input(kNoon)), kNoon + hours(72));
  Balance balance;
  scene.views[1].results.balance = Read<Balance>{std::make_shared<const Balance>(balance), kNoon};
  EXPECT_EQ(next_change_after(scene.input(kNoon)), kNoon + hours(6));
  EXPECT_EQ(next_change_after(scene.input(kNoon + hours(6))), kNoon + hours(72));
  EXPECT_EQ(next_change_after(scene.input(kNoon + hours(72))), kDecember);

  scene.config.polling.balance.max_age = seconds(0);
  EXPECT_EQ(next_change_after(scene.input(kNoon)), kNoon + hours(72));
}

}  // namespace
}  // namespace cloud_billing
