#pragma once

// Scenes whose exposition is looked at: by family, as text, or by series.

#include <gtest/gtest.h>

#include <chrono>
#include <initializer_list>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "tests/exposition_text.h"
#include "tests/literals.h"
#include "tests/scene.h"

namespace cloud_billing {

struct ExpositionScene : Scene {
  explicit ExpositionScene(std::vector<AccountConfig> polled_accounts) {
    for (AccountConfig& account : polled_accounts) add(std::move(account));
  }

  // What is served of these metrics at noon, after an empty line so that it reads well in a test.
  [[nodiscard]] std::string shown(std::initializer_list<std::string_view> metrics) const {
    const std::string text = render_exposition(input());
    std::string shown = "\n";
    for (const std::string_view metric : metrics) shown += family_of(text, metric);
    return shown;
  }

  // The series of the metric at `now`.
  [[nodiscard]] std::vector<std::string> series(std::string_view metric, UtcSeconds now) const {
    std::vector<std::string> found = lines_of(render_exposition(input(now)));
    std::erase_if(found, [metric](const std::string& line) { return name_of(line) != metric; });
    return found;
  }
};

// A month with one group, "SCS" in "bj", and the given billed cost.
inline MonthCosts month_of(std::string_view billed) {
  MonthCosts costs;
  costs.rows = 1;
  MeasureAmounts amounts;
  amounts[index_of(Measure::kBilledCost)] = amount(billed);
  costs.totals = {{{"CNY", "postpaid"}, amounts}, {{"CNY", "prepaid"}, {}}};
  costs.groups.lines = {{join_cost_key({"CNY", "SCS", "bj", "postpaid"}), amounts}};
  return costs;
}

// The 22nd of November with two groups.
inline DayCosts day_before_noon() {
  DayCosts day;
  day.day = kChinaTime.day_at(kNoon - std::chrono::hours(24));
  day.billed_costs = {{{"CNY", "BCC", "prepaid"}, amount("119.68")},
                      {{"CNY", "SCS", "postpaid"}, amount("-0.5")}};
  return day;
}

// Two paid purchases and an unpaid renewal created at noon.
inline Coupons two_coupons() {
  Coupons coupons{2, {{"CNY", amount("120.5")}}, {}};
  coupons.first_expiry.add(kNoon);
  coupons.first_expiry.add(kNoon + std::chrono::hours(1));
  return coupons;
}

inline Packages some_packages() {
  Packages packages;
  packages.count = 4;
  packages.sums[{"TOS", "GB"}] = {amount("300"), amount("75")};
  packages.sums[{"TOS", "万次"}] = {amount("100"), amount("100"), false};
  packages.sums[{"ECS", ""}] = {};
  packages.first_expiries["TOS"].add(kNoon);
  packages.first_expiries["ECS"].add_undated();
  return packages;
}

inline ProviderBudgets some_budgets() {
  ProviderBudgets budgets;
  budgets.count = 3;
  budgets.sums[{"team", "CNY"}] = {amount("1000"), amount("830.1")};
  budgets.sums[{"team", "USD"}] = {amount("50"), {}, true, false};
  budgets.sums[{"other", "CNY"}] = {{}, amount("7"), false, true};
  return budgets;
}

// Of CDS one has an end that cannot be read.
inline Renewals some_renewals() {
  using std::chrono::days;
  Renewals renewals;
  renewals.add({"BCC", "bj", false}, kNoon + days(3), kNoon);
  renewals.add({"BCC", "bj", false}, kNoon + days(20), kNoon);
  renewals.add({"BCC", "gz", false}, kNoon + days(1), kNoon);
  renewals.add({"BCC", "bj", true}, kNoon + days(60), kNoon);
  renewals.add({"RDS", "", true}, kNoon + days(30), kNoon);
  renewals.add({"CDS", "bj", false}, kNoon + days(2), kNoon);
  renewals.add_undated({"CDS", "bj", false});
  renewals.add({"CDS", "gz", false}, kNoon + days(90), kNoon);
  return renewals;
}

inline Orders three_orders() {
  Orders orders;
  EXPECT_TRUE(orders.add({"paid", "purchase", "BCC", "CNY", amount("0.1"), kNoon}));
  EXPECT_TRUE(orders.add({"paid", "purchase", "BCC", "CNY", amount("0.2"), kNoon}));
  EXPECT_TRUE(orders.add({"unpaid", "renewal", "", "CNY", amount("7"), kNoon}));
  return orders;
}

// Every family of the table has series; accounts have a static label.
inline ExpositionScene full_scene() {
  AccountConfig account = account_named("a");
  account.budget = amount("1");
  account.low_balance = amount("1");
  account.labels = {{"team", "infra"}};
  ExpositionScene scene({account, account_named("b"), account_named("B")});
  AggregationConfig& aggregation = scene.config.aggregation;
  aggregation.group_by.push_back({GroupDimension::Kind::kTag, "owner", "tag_owner"});
  aggregation.tag_keys = {"env"};
  aggregation.measures.assign(kAllMeasures.begin(), kAllMeasures.end());
  for (AccountView& view : scene.views) {
    CostSnapshot snapshot(aggregation);
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
    MonthCosts costs = *summarise_month(snapshot, aggregation, "CNY");
    costs.provider_totals = {{"CNY", {}, {}}};
    costs.data_through = kChinaTime.start_of(kChinaTime.day_at(kNoon));
    costs.account_ids = {"id"};
    costs.sub_account_names = {{"id", "name"}};
    view.results.months[kNovember] = read(costs);
    view.results.months[kNovember.previous()] = read(costs);
    Balance balance;
    balance.currency = "CNY";
    balance.available = amount("1");
    balance.credit_limit = amount("1");
    balance.frozen = amount("1");
    balance.arrears = amount("1");
    DayCosts day = day_before_noon();
    day.billed_costs[{"CNY", "CDN", "postpaid"}] = amount("3");  // the balance is used up
    KnownDays known(std::move(day), kNoon);
    DayCosts earlier = day_before_noon();
    earlier.day = days_before(earlier.day, 7);
    known.add_earlier(std::move(earlier), kNoon);
    for (unsigned number = 1; number <= 31; ++number) {
      known.add_earlier({std::chrono::year(2026) / 10 / std::chrono::day(number), {}}, kNoon);
    }
    view.results.days = read(std::move(known));
    view.results.orders = read(three_orders());
    view.results.coupons = read(two_coupons());
    view.results.packages = read(some_packages());
    view.results.budgets = read(some_budgets());
    view.results.renewals = read(some_renewals());
    view.results.closed_months[kNovember.previous().previous()] =
        read(ClosedMonth(ServiceCosts{day_before_noon().billed_costs}));
    for (const BillingMonth month : {kNovember, kNovember.previous()}) {
      view.results.effective_months[month] = read(EffectiveCosts{costs});
    }
    view.results.balance = read(balance);
    view.results.sub_account_cash = read(SubAccountCash{"CNY", {{"5b1", amount("1")}}});
    view.results.account_id = "id";
    for (CollectorStatus& status : view.collectors) {
      status.up = true;
      status.last_success = kNoon;
    }
    view.collectors.back().up = false;
    view.collectors.back().last_failure = PollFailure{Reason::kServer, "words", kNoon};
  }
  return scene;
}

}  // namespace cloud_billing
