// What is drawn of costs over time: exact, by currency, and never 0 for what is not known.

#include "status_page/cost_series.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <random>
#include <string>
#include <vector>

#include "tests/status_page/scene.h"

namespace cloud_billing {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

BillingDay date(std::string_view text) { return parse_day(text).value(); }
BillingMonth month(std::string_view text) { return BillingMonth::parse(text).value(); }

// A day's postpaid costs by service.
DayCosts day_of(std::string_view day,
                std::initializer_list<std::pair<std::string_view, std::string_view>> services,
                const std::string& currency = "CNY") {
  DayCosts costs{date(day), {}};
  for (const auto& [service, cost] : services) {
    costs.billed_costs[{currency, std::string(service), "postpaid"}] = amount(cost);
  }
  return costs;
}

ClosedMonth closed_month(std::string_view cost, const std::string& currency = "CNY") {
  return ClosedMonth(ServiceCosts{{{{currency, "BCC", "postpaid"}, amount(cost)}}});
}

const CostColumn& day_in(const CostSeries& series, std::string_view day) {
  const auto apart = std::chrono::sys_days(date(day)) - std::chrono::sys_days(series.first_day);
  return series.days.at(static_cast<std::size_t>(apart.count()));
}

std::vector<std::string> texts_of(const std::vector<Amount>& amounts) {
  std::vector<std::string> texts;
  for (const Amount each : amounts) texts.push_back(each.to_decimal());
  return texts;
}

// "?" for what is not known.
std::string text_of(const std::optional<Amount>& amount) {
  return amount ? amount->to_decimal() : "?";
}

std::vector<std::string> months_of(const CostSeries& series) {
  std::vector<std::string> texts;
  for (const CostColumn& column : series.months) texts.push_back(text_of(column.cost));
  return texts;
}

class CostsOverTime : public testing::Test {
 protected:
  [[nodiscard]] SeriesByCurrency of_all() const {
    return list_costs_over_time(summarise_accounts(scene.input(), {}));
  }
  [[nodiscard]] SeriesByCurrency of_only() const {
    const Overview overview = summarise_accounts(scene.input(), {});
    return list_costs_over_time(overview.found.at(0));
  }

  StatusScene scene;
};

TEST_F(CostsOverTime, OfAnAccountThatNothingIsKnownOfAreNothing) {
  scene.add("new");
  EXPECT_THAT(of_only(), IsEmpty());
  EXPECT_THAT(of_all(), IsEmpty());
}

TEST_F(CostsOverTime, AreThirtyDaysUpToTheNewestCompleteOne) {
  scene.add("prod").second.results.days =
      read(KnownDays(day_of("2026-11-22", {{"BCC", "3"}}), kNoon));
  const CostSeries series = of_only().at("CNY");
  EXPECT_EQ(day_text(series.first_day), "2026-10-24");
  EXPECT_THAT(series.days, SizeIs(30));
  EXPECT_EQ(text_of(series.days.back().cost), "3");
}

TEST_F(CostsOverTime, TellADayWithoutCostFromADayThatIsNotKnown) {
  KnownDays days(day_of("2026-11-22", {{"BCC", "3"}}), kNoon);
  days.add_earlier(day_of("2026-11-20", {}), kNoon);
  scene.add("prod").second.results.days = read(days);
  const CostSeries series = of_only().at("CNY");
  EXPECT_EQ(text_of(day_in(series, "2026-11-20").cost), "0");
  EXPECT_EQ(text_of(day_in(series, "2026-11-21").cost), "?");
  EXPECT_THAT(day_in(series, "2026-11-21").parts, IsEmpty());
}

TEST_F(CostsOverTime, AreDividedByTheFiveLargestServicesAndTheRest) {
  auto [config, view] = scene.add("prod");
  KnownDays days(
      day_of(
          "2026-11-22",
          {{"A", "1"}, {"B", "2"}, {"C", "3"}, {"D", "4"}, {"E", "5"}, {"F", "6"}, {"G", "0.5"}}),
      kNoon);
  days.add_earlier(day_of("2026-11-21", {{"A", "10"}, {"H", "0.25"}}), kNoon);
  view.results.days = read(days);
  MonthCosts costs = month_of({});
  costs.service_names["A"] = "Servers";
  view.results.months.emplace(month("2026-10"), read(costs));
  const CostSeries series = of_only().at("CNY");
  std::vector<std::string> services;
  for (const ServiceCost& service : series.services) services.push_back(service.service_type);
  EXPECT_THAT(services, ElementsAre("A", "F", "E", "D", "C"));
  EXPECT_EQ(series.services[0].name, "Servers");
  EXPECT_EQ(series.services[0].cost, amount("11"));
  EXPECT_THAT(texts_of(day_in(series, "2026-11-22").parts),
              ElementsAre("1", "6", "5", "4", "3", "2.5", "0"));
  EXPECT_EQ(text_of(day_in(series, "2026-11-22").cost), "21.5");
  EXPECT_THAT(texts_of(day_in(series, "2026-11-21").parts),
              ElementsAre("10", "0", "0", "0", "0", "0.25", "0"));
}

TEST_F(CostsOverTime, SayWhatIsNotToldByService) {
  KnownDays days(day_of("2026-11-22", {{"A", "1"}}), kNoon);
  days.add_earlier(day_of("2026-11-01", {{"A", "7"}, {"B", "2"}}), kNoon);  // more than a week ago
  scene.add("prod").second.results.days = read(days);
  const CostSeries series = of_only().at("CNY");
  EXPECT_THAT(texts_of(day_in(series, "2026-11-01").parts), ElementsAre("0", "0", "9"));
  EXPECT_EQ(text_of(day_in(series, "2026-11-01").cost), "9");
}

TEST_F(CostsOverTime, SayOfHowManyAccountsADayIsKnown) {
  scene.add("a").second.results.days = read(KnownDays(day_of("2026-11-22", {{"A", "1"}}), kNoon));
  KnownDays days(day_of("2026-11-21", {{"A", "4"}}), kNoon);
  days.add_earlier(day_of("2026-11-20", {{"A", "2"}}), kNoon);
  scene.add("b").second.results.days = read(days);
  scene.add("c");
  scene.add("balance only").first.collectors = {Collector::kBalance};
  const CostSeries series = of_all().at("CNY");
  EXPECT_EQ(day_text(series.first_day), "2026-10-24") << "of the account whose newest day is newer";
  const CostColumn& newest = day_in(series, "2026-11-22");
  EXPECT_EQ(text_of(newest.cost), "1");
  EXPECT_EQ(newest.known, 1U);
  EXPECT_EQ(newest.accounts, 3U);
  EXPECT_EQ(day_in(series, "2026-11-19").known, 0U);
  EXPECT_EQ(text_of(day_in(series, "2026-11-19").cost), "?");
}

TEST_F(CostsOverTime, AreNeverAddedAcrossCurrencies) {
  DayCosts day = day_of("2026-11-22", {{"A", "1"}});
  day.billed_costs.merge(day_of("2026-11-22", {{"A", "2"}}, "USD").billed_costs);
  scene.add("both").second.results.days = read(KnownDays(day, kNoon));
  scene.add("yuan").second.results.days =
      read(KnownDays(day_of("2026-11-22", {{"A", "4"}}), kNoon));
  const SeriesByCurrency all = of_all();
  EXPECT_EQ(text_of(all.at("CNY").days.back().cost), "5");
  EXPECT_EQ(text_of(all.at("USD").days.back().cost), "2");
  EXPECT_EQ(all.at("USD").days.back().accounts, 1U) << "the other has nothing in it";
}

// The newest complete day of one cloud may be known a day before that of another.
TEST_F(CostsOverTime, EndWithTheNewestDayOfTheirCurrency) {
  scene.add("yuan").second.results.days =
      read(KnownDays(day_of("2026-11-22", {{"A", "4"}}), kNoon));
  auto [config, view] = scene.add("dollars");
  config.currency = "USD";
  view.results.days = read(KnownDays(day_of("2026-11-21", {{"A", "2"}}, "USD"), kNoon));
  const CostSeries series = of_all().at("USD");
  EXPECT_THAT(series.days, SizeIs(30));
  EXPECT_EQ(day_text(series.first_day), "2026-10-23");
  EXPECT_EQ(text_of(series.days.back().cost), "2");
}

TEST_F(CostsOverTime, CountABillOnce) {
  KnownDays days(day_of("2026-11-22", {{"A", "1"}}), kNoon);
  days.add_earlier(day_of("2026-10-30", {{"A", "2"}}), kNoon);
  for (const char* name : {"owner", "reader"}) {
    auto [config, view] = scene.add(name);
    view.results.days = read(days);
    view.results.closed_months.emplace(month("2026-08"), read(closed_month("8")));
  }
  Overview overview = summarise_accounts(scene.input(), {});
  for (AccountSummary& account : overview.found) {
    if (account.view->config->name == "reader") account.counted_in.emplace(kNovember, "owner");
  }
  const auto cost_at = [&overview](std::string_view day) {
    return text_of(day_in(list_costs_over_time(overview).at("CNY"), day).cost);
  };
  EXPECT_EQ(cost_at("2026-11-22"), "1");
  EXPECT_EQ(cost_at("2026-10-30"), "4") << "October is counted in both";
  for (AccountSummary& account : overview.found) {
    if (account.view->config->name == "reader")
      account.counted_in.emplace(month("2026-10"), "owner");
  }
  EXPECT_EQ(cost_at("2026-10-30"), "2");
  EXPECT_EQ(months_of(list_costs_over_time(overview).at("CNY")).front(), "8")
      << "what came before October, as October";
  for (const AccountSummary& account : overview.found) {
    EXPECT_EQ(text_of(list_costs_over_time(account).at("CNY").days.back().cost), "1")
        << "an account's own plot shows its own costs";
  }
}

TEST_F(CostsOverTime, OfACurrencyThatOnlyABillCountedElsewhereHasAreNoMonths) {
  scene.add("owner").second.results.closed_months.emplace(month("2026-08"),
                                                          read(closed_month("8")));
  auto [config, view] = scene.add("reader");
  config.currency = "USD";
  view.results.months.emplace(month("2026-11"), read(month_of({{"BCC", "3"}}, "USD")));
  Overview overview = summarise_accounts(scene.input(), {});
  for (AccountSummary& account : overview.found) {
    if (account.view->config->name != "reader") continue;
    account.counted_in = {{kNovember, "owner"}, {month("2026-10"), "owner"}};
  }
  const SeriesByCurrency series = list_costs_over_time(overview);
  const auto dollars = series.find("USD");
  ASSERT_NE(dollars, series.end());
  EXPECT_THAT(dollars->second.months, IsEmpty());
}

TEST_F(CostsOverTime, ShowNoSumThatIsTooLarge) {
  for (const char* name : {"a", "b"}) {
    scene.add(name).second.results.days =
        read(KnownDays(day_of("2026-11-22", {{name, "1e20"}}), kNoon));
  }
  EXPECT_EQ(text_of(of_all().at("CNY").days.back().cost), "?");
}

TEST_F(CostsOverTime, ShowNoMonthThatIsTooLarge) {
  auto [config, view] = scene.add("prod");
  view.results.closed_months.emplace(
      month("2026-08"), read(ClosedMonth(ServiceCosts{{{{"CNY", "a", "postpaid"}, amount("1e20")},
                                                       {{"CNY", "b", "postpaid"}, amount("1e20")},
                                                       {{"USD", "a", "postpaid"}, amount("3")}}})));
  EXPECT_EQ(months_of(of_only().at("CNY")).front(), "?");
  EXPECT_EQ(months_of(of_only().at("USD")).front(), "3");
}

TEST_F(CostsOverTime, AreTheClosedMonthsAndTheTwoThatMayStillChange) {
  auto [config, view] = scene.add("prod");
  view.results.closed_months.emplace(month("2025-08"), read(closed_month("1")));
  view.results.closed_months.emplace(month("2026-06"), read(closed_month("6")));
  view.results.closed_months.emplace(month("2026-08"), read(ClosedMonth(ServiceCosts{})));
  view.results.closed_months.emplace(month("2026-09"), read(closed_month("9")));
  view.results.months.emplace(month("2026-10"), read(month_of({{"BCC", "10"}})));
  view.results.months.emplace(month("2026-11"), read(month_of({{"BCC", "11"}})));
  const CostSeries series = of_only().at("CNY");
  EXPECT_EQ(series.first_month.text(), "2026-06") << "of the last 12 closed ones";
  EXPECT_THAT(months_of(series), ElementsAre("6", "?", "0", "9", "10", "11"));
  EXPECT_EQ(of_only().count("USD"), 0U);
}

TEST_F(CostsOverTime, SayOfHowManyAccountsAMonthIsKnown) {
  for (const char* name : {"a", "b"}) {
    auto [config, view] = scene.add(name);
    view.results.months.emplace(month("2026-10"), read(month_of({{"BCC", "10"}})));
    view.results.months.emplace(month("2026-11"), read(month_of({{"BCC", "11"}})));
    if (name[0] == 'a')
      view.results.closed_months.emplace(month("2026-09"), read(closed_month("9")));
  }
  const CostSeries series = of_all().at("CNY");
  EXPECT_THAT(months_of(series), ElementsAre("9", "20", "22"));
  EXPECT_EQ(series.months[0].known, 1U);
  EXPECT_EQ(series.months[0].accounts, 2U);
  EXPECT_EQ(series.months[2].known, 2U);
}

TEST_F(CostsOverTime, WithoutAClosedMonthNoMonthsAreDrawn) {
  auto [config, view] = scene.add("prod");
  view.results.months.emplace(month("2026-11"), read(month_of({{"BCC", "11"}})));
  EXPECT_THAT(of_only(), IsEmpty());
}

// The days' costs of random accounts, added up one by one.
TEST_F(CostsOverTime, EqualTheSumOfWhatEachDayOfEachAccountCost) {
  std::mt19937 random(7);
  const auto draw = [&random](int below) {
    return static_cast<int>(random() % static_cast<unsigned>(below));
  };
  std::map<std::string, std::map<BillingDay, Amount>> expected;
  for (int i = 0; i < 20; ++i) {
    std::optional<KnownDays> known;
    for (int back = draw(3); back < 40; back += 1 + draw(2)) {
      DayCosts day{days_before(date("2026-11-22"), back), {}};
      for (int cost = draw(9); cost > 0; --cost) {
        const std::string currency = draw(3) == 0 ? "USD" : "CNY";
        day.billed_costs[{currency, "S" + std::to_string(draw(12)),
                          draw(2) == 0 ? "prepaid" : "postpaid"}] =
            amount(std::to_string(draw(2000) - 200) + ".01");
      }
      for (const auto& [key, cost] : day.billed_costs) {
        ASSERT_TRUE(expected[key.currency][day.day].add(cost));
      }
      if (known) {
        known->add_earlier(std::move(day), kNoon);
      } else {
        known.emplace(std::move(day), kNoon);
      }
    }
    scene.add("account " + std::to_string(i)).second.results.days = read(*known);
  }
  for (const auto& [currency, series] : of_all()) {
    ASSERT_THAT(series.services, SizeIs(5));
    for (std::size_t place = 0; place < series.days.size(); ++place) {
      const CostColumn& day = series.days[place];
      const BillingDay when = days_before(date("2026-11-22"), 29 - static_cast<int>(place));
      EXPECT_EQ(text_of(day.cost), expected[currency][when].to_decimal()) << day_text(when);
      Amount parts;
      for (const Amount part : day.parts) ASSERT_TRUE(parts.add(part));
      EXPECT_EQ(parts, day.cost);
    }
  }
}

}  // namespace
}  // namespace cloud_billing
