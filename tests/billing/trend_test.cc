// What comes of days, a month and a balance. Expected amounts are worked out by hand.

#include "billing/trend.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <initializer_list>
#include <memory>
#include <ostream>
#include <string>

#include "tests/literals.h"

namespace cloud_billing {
namespace {

using std::chrono::days;
using std::chrono::hours;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::Pair;

const UtcSeconds kRead = kChinaTime.start_of(std::chrono::year(2026) / 11 / 22);

BillingDay day_of(std::string_view text) { return parse_day(text).value(); }

DayCosts day_with(BillingDay day, std::string_view postpaid, std::string_view prepaid = "0") {
  return {day,
          {{{"CNY", "BCC", "postpaid"}, amount(postpaid)},
           {{"CNY", "BCC", "prepaid"}, amount(prepaid)}}};
}

UtcSeconds end_of(std::string_view day) { return kChinaTime.start_of(day_of(day)) + days(1); }

// An account of which everything is known, to begin with: the 1st to the 20th of November 2026 at
// 10 a day, a month of 200 through the 20th with a purchase of 1200, and a balance of 45.
struct Account {
  Account() {
    for (int back = 18; back >= 0; --back) {
      known.add_newest(day_with(days_before(day_of("2026-11-20"), back), "10"), kRead);
    }
    set_month("2026-11", "200", "1200", "2026-11-20");
    balance.currency = "CNY";
    balance.available = amount("45");
  }

  void set_month(std::string_view text, std::string_view postpaid, std::string_view prepaid,
                 std::string_view last_day) {
    month = BillingMonth::parse(text).value();
    costs.totals[{"CNY", "postpaid"}][index_of(Measure::kBilledCost)] = amount(postpaid);
    costs.totals[{"CNY", "prepaid"}][index_of(Measure::kBilledCost)] = amount(prepaid);
    costs.data_through = end_of(last_day);
  }

  [[nodiscard]] Trend trend() const {
    return make_trend({"CNY", zone, month, &known, &costs, previous, &balance});
  }
  [[nodiscard]] std::string forecast(const std::string& currency = "CNY") const {
    const Trend made = trend();
    const auto found = made.forecast.find(currency);
    return found == made.forecast.end() ? "none" : found->second.to_decimal();
  }
  [[nodiscard]] std::string average_7d(const std::string& mode,
                                       const std::string& currency = "CNY") const {
    const Trend made = trend();
    const auto found = made.average_7d.find({currency, mode});
    return found == made.average_7d.end() ? "none" : found->second.to_decimal();
  }

  KnownDays known{day_with(day_of("2026-11-01"), "10"), kRead};
  BillingZone zone = kChinaTime;
  BillingMonth month = BillingMonth::parse("2026-11").value();
  MonthCosts costs;
  const MonthCosts* previous = nullptr;
  Balance balance;
};

TEST(Trend, AveragesTheKnownDaysOfItsWindows) {
  Account account;
  const Trend trend = account.trend();
  EXPECT_EQ(trend.average_7d.at({"CNY", "postpaid"}), amount("10"));
  EXPECT_EQ(trend.average_30d.at({"CNY", "postpaid"}), amount("10"));
  EXPECT_EQ(trend.average_30d.at({"CNY", "prepaid"}), Amount());
  EXPECT_DOUBLE_EQ(trend.coverage.value(), 20.0 / 30);
}

TEST(Trend, DividesByTheDaysThatAreKnownAndRoundsOnce) {
  Account account;
  account.known = KnownDays(day_with(day_of("2026-11-15"), "1"), kRead);
  account.known.add_newest(day_with(day_of("2026-11-20"), "0.00000001"), kRead);
  account.known.add_newest({day_of("2026-11-21"), {}}, kRead);  // no rows: 0
  // 1.00000001 / 3, and 1.00000001 / 3 in the longer window, too
  EXPECT_EQ(account.average_7d("postpaid"), "0.33333334");
  EXPECT_DOUBLE_EQ(account.trend().coverage.value(), 0.1);
  // A day later the 15th is the 8th day back: 0.00000001 / 3
  account.known.add_newest({day_of("2026-11-22"), {}}, kRead);
  EXPECT_EQ(account.average_7d("postpaid"), "0");
  EXPECT_EQ(account.trend().average_30d.at({"CNY", "postpaid"}), amount("0.25"));
}

TEST(Trend, OfTheFirstDayIsThatDay) {
  Account account;
  account.known = KnownDays(day_with(day_of("2026-11-20"), "7", "365"), kRead);
  EXPECT_EQ(account.average_7d("postpaid"), "7");
  EXPECT_EQ(account.average_7d("prepaid"), "365");
  EXPECT_DOUBLE_EQ(account.trend().coverage.value(), 1.0 / 30);
}

// A cloud says of the days before an account was opened that they cost nothing.
TEST(Trend, OfAYoungAccountCountsTheDaysBeforeItAsZero) {
  Account account;
  account.known = KnownDays(day_with(day_of("2026-11-20"), "10"), kRead);
  for (int back = 1; back < 30; ++back) {
    const BillingDay day = days_before(day_of("2026-11-20"), back);
    account.known.add_earlier(back < 3 ? day_with(day, "10") : DayCosts{day, {}}, kRead);
  }
  EXPECT_EQ(account.average_7d("postpaid"), "4.28571429");  // 30 / 7
  EXPECT_EQ(account.trend().average_30d.at({"CNY", "postpaid"}), amount("1"));
  EXPECT_DOUBLE_EQ(account.trend().coverage.value(), 1);
}

TEST(Trend, OfAnAccountThatNeverHadACostIsZeroInItsOwnCurrency) {
  Account account;
  account.known = KnownDays(DayCosts{day_of("2026-11-20"), {}}, kRead);
  EXPECT_THAT(account.trend().average_7d, ElementsAre(Pair(ModeKey{"CNY", "postpaid"}, Amount()),
                                                      Pair(ModeKey{"CNY", "prepaid"}, Amount())));
  EXPECT_FALSE(account.trend().runway) << "it lasts for ever";
}

TEST(Trend, OtherModesAreThereWhenTheyOccur) {
  Account account;
  DayCosts day = day_with(day_of("2026-11-21"), "10");
  day.billed_costs[{"CNY", "BCC", "contract"}] = amount("14");
  account.known.add_newest(day, kRead);
  EXPECT_EQ(account.average_7d("contract"), "2");  // 14 / 7
}

TEST(Trend, ForecastsTheMonthsCostPlusTheRestOfItsDaysAtTheMean) {
  // 200 + 1200 of a yearly purchase + 10 days at 10
  EXPECT_EQ(Account().forecast(), "1500");
}

struct Length {
  const char* month;
  const char* newest;
  const char* expected;  // 200 + 1200 + the days after the newest at 10
};
class ForecastOfMonths : public testing::TestWithParam<Length> {};
TEST_P(ForecastOfMonths, HaveTheirOwnLength) {
  Account account;
  account.known = KnownDays(day_with(day_of(GetParam().newest), "10"), kRead);
  account.set_month(GetParam().month, "200", "1200", GetParam().newest);
  EXPECT_EQ(account.forecast(), GetParam().expected);
}
INSTANTIATE_TEST_SUITE_P(Lengths, ForecastOfMonths,
                         testing::Values(Length{"2027-02", "2027-02-20", "1480"},
                                         Length{"2028-02", "2028-02-20", "1490"},
                                         Length{"2026-11", "2026-11-20", "1500"},
                                         Length{"2026-12", "2026-12-20", "1510"},
                                         Length{"2026-12", "2026-12-31", "1400"}));

// Nothing of the new month is complete: a purchase of 1200, and 31 days at 10. What the bill says
// of the first hours is a part of those.
TEST(Trend, ForecastsOnTheFirstDaysOfAYear) {
  for (const std::string_view newest : {"2026-12-30", "2026-12-31"}) {
    Account account;
    account.known = KnownDays(day_with(day_of(newest), "10"), kRead);
    account.set_month("2027-01", "3", "1200", "2027-01-01");
    account.costs.data_through = kChinaTime.start_of(day_of("2027-01-01")) + hours(9);
    EXPECT_EQ(account.forecast(), "1510") << newest;
  }
}

// A part of the 21st and 22nd is in the month's 213: the days tell what is of complete ones.
TEST(Trend, ForecastsByDaysIfTheMonthsBillGoesBeyondThem) {
  Account account;
  account.set_month("2026-11", "213", "1200", "2026-11-20");
  account.costs.data_through = end_of("2026-11-20") + hours(27);
  EXPECT_EQ(account.forecast(), "1500");
  account.costs.data_through.reset();
  EXPECT_EQ(account.forecast(), "1500");
}

// A bill of UTC's days ends eight hours after one of the same days in China.
TEST(Trend, CountsDaysOfTheAccountsZone) {
  Account account;
  account.zone = kUtc;
  account.costs.data_through = end_of("2026-11-20");  // 16:00 UTC, before the 20th is over
  EXPECT_EQ(account.trend().days_to_date, 19);
  account.costs.data_through = kUtc.end_of(day_of("2026-11-20"));
  account.known = KnownDays(day_with(day_of("2026-11-20"), "10"), kRead);
  EXPECT_EQ(account.trend().days_to_date, 20);
  EXPECT_EQ(account.forecast(), "1500") << "the month's own sum covers just the days";
  account.costs.data_through = end_of("2026-11-20");
  EXPECT_EQ(account.forecast(), "none") << "it does not, and the days before are not known";
}

TEST(Trend, ForecastsNothingIfADayOfTheMonthIsNotKnown) {
  Account account;
  account.known = KnownDays(day_with(day_of("2026-11-19"), "10"), kRead);
  account.known.add_newest(day_with(day_of("2026-11-20"), "10"), kRead);
  EXPECT_EQ(account.forecast(), "1500") << "the month's bill covers just the complete days";
  account.costs.data_through = end_of("2026-11-20") + hours(1);
  EXPECT_EQ(account.forecast(), "none");
}

TEST(Trend, ForecastsNothingBeforeTheMonthWasRead) {
  const Account account;
  EXPECT_THAT(
      make_trend({"CNY", kChinaTime, account.month, &account.known, nullptr, nullptr, nullptr})
          .forecast,
      IsEmpty());
}

TEST(Trend, ForecastsEachCurrencyByItself) {
  Account account;
  DayCosts day = day_with(day_of("2026-11-21"), "10");
  day.billed_costs[{"USD", "CDN", "postpaid"}] = amount("3.5");
  account.known.add_newest(day, kRead);
  account.set_month("2026-11", "210", "0", "2026-11-21");
  account.costs.totals[{"USD", "postpaid"}][index_of(Measure::kBilledCost)] = amount("3.5");
  EXPECT_EQ(account.average_7d("postpaid", "USD"), "0.5");
  EXPECT_EQ(account.average_7d("prepaid", "USD"), "0");
  EXPECT_EQ(account.forecast("USD"), "8");  // 3.5 + 9 x 0.5
  EXPECT_EQ(account.forecast("CNY"), "300");
}

TEST(Trend, CountsWithTheMeanAsItIsShown) {
  Account account;
  account.known = KnownDays(day_with(day_of("2026-11-18"), "1"), kRead);
  account.known.add_newest(day_with(day_of("2026-11-19"), "0"), kRead);
  account.known.add_newest(day_with(day_of("2026-11-20"), "0"), kRead);
  EXPECT_EQ(account.forecast(), "1403.3333333");  // 10 x 0.33333333
}

TEST(Trend, ARefundMakesItLess) {
  Account account;
  account.known = KnownDays(day_with(day_of("2026-11-20"), "-2.5"), kRead);
  account.set_month("2026-11", "200", "-100", "2026-11-20");
  EXPECT_EQ(account.average_7d("postpaid"), "-2.5");
  EXPECT_EQ(account.forecast(), "75");  // 200 - 100 - 25
  EXPECT_FALSE(account.trend().runway) << "nothing is used up";
}

TEST(Trend, TellsHowLongTheBalanceLasts) {
  const Trend trend = Account().trend();
  EXPECT_EQ(trend.runway.value().currency, "CNY");
  EXPECT_DOUBLE_EQ(trend.runway.value().seconds, 388800);  // 45 / 10 days
}

TEST(Trend, APurchaseDoesNotShortenTheRunway) {
  Account account;
  account.known.add_newest(day_with(day_of("2026-11-21"), "10", "36500"), kRead);
  EXPECT_DOUBLE_EQ(account.trend().runway.value().seconds, 388800);
}

TEST(Trend, NothingLeftIsZeroWhateverIsKnownOfTheDays) {
  for (const std::string_view available : {"0", "-12.5"}) {
    Account account;
    account.balance.available = amount(available);
    EXPECT_EQ(account.trend().runway.value().seconds, 0);
    const Trend without_days =
        make_trend({"CNY", kChinaTime, account.month, nullptr, nullptr, nullptr, &account.balance});
    EXPECT_EQ(without_days.runway.value().seconds, 0);
    EXPECT_THAT(without_days.average_7d, IsEmpty());
    EXPECT_FALSE(without_days.coverage);
  }
}

TEST(Trend, ABalanceThatIsNotKnownOrOfAnotherCurrencyHasNoRunway) {
  Account account;
  account.balance.currency = "USD";
  EXPECT_FALSE(account.trend().runway);
  account.balance.currency = "CNY";
  account.balance.available.reset();
  EXPECT_FALSE(account.trend().runway);
}

TEST(Trend, WhatIsTooLargeIsAbsent) {
  Account account;
  account.known.add_newest(day_with(day_of("2026-11-21"), "170000000000000000000"), kRead);
  account.known.add_newest(day_with(day_of("2026-11-22"), "170000000000000000000"), kRead);
  EXPECT_THAT(account.trend().average_7d, IsEmpty());
  EXPECT_EQ(account.forecast(), "none");
  EXPECT_FALSE(account.trend().runway);
}

// ---- the previous month, up to the same day ----

// Of a previous month that cost its day of the month postpaid each day, and 100 prepaid on the 3rd:
// up to the nth n * (n + 1) / 2.
struct Previous {
  const char* month;     // the current one
  const char* through;   // the end of this day is the end of what its bill covers
  int hours;             // and so many more
  const char* expected;  // postpaid
  const char* expected_prepaid;
};
// Else the names of these tests hold addresses, other ones at each build.
void PrintTo(const Previous& month, std::ostream* out) {
  *out << month.month << " through " << month.through << " and " << month.hours << " h";
}
class PreviousMonthToDate : public testing::TestWithParam<Previous> {};
TEST_P(PreviousMonthToDate, CoversAsManyDays) {
  Account account;
  account.set_month(GetParam().month, "1", "0", GetParam().through);
  account.costs.data_through = end_of(GetParam().through) + hours(GetParam().hours);
  const BillingMonth previous = account.month.previous();
  const BillingDay last = previous.last_day();
  account.known = KnownDays({last, {}}, kRead);
  int whole = 0;
  for (unsigned day = 1; day <= static_cast<unsigned>(last.day()); ++day) {
    whole += static_cast<int>(day);
    const DayCosts costs = day_with(last.year() / last.month() / std::chrono::day(day),
                                    std::to_string(day), day == 3 ? "100" : "0");
    costs.day == last ? account.known.add_newest(costs, kRead)
                      : account.known.add_earlier(costs, kRead);
  }
  MonthCosts all;
  all.totals[{"CNY", "postpaid"}][index_of(Measure::kBilledCost)] = amount(std::to_string(whole));
  all.totals[{"CNY", "prepaid"}][index_of(Measure::kBilledCost)] = amount("100");
  account.previous = &all;
  EXPECT_THAT(account.trend().previous_month_to_date,
              ElementsAre(Pair(ModeKey{"CNY", "postpaid"}, amount(GetParam().expected)),
                          Pair(ModeKey{"CNY", "prepaid"}, amount(GetParam().expected_prepaid))));
}
INSTANTIATE_TEST_SUITE_P(
    Days, PreviousMonthToDate,
    testing::Values(Previous{"2026-11", "2026-10-31", 0, "0", "0"},  // no day is complete yet
                    Previous{"2026-11", "2026-10-31", 23, "0", "0"},
                    Previous{"2026-11", "2026-11-01", 0, "1", "0"},
                    Previous{"2026-11", "2026-11-02", 23, "3", "0"},  // two whole days
                    Previous{"2026-11", "2026-11-03", 0, "6", "100"},
                    Previous{"2026-11", "2026-11-30", 0, "465", "100"},
                    Previous{"2026-12", "2026-12-30", 0, "465", "100"},  // all of November
                    Previous{"2026-12", "2026-12-31", 0, "465", "100"},
                    Previous{"2027-01", "2026-12-31", 0, "0", "0"},
                    Previous{"2027-01", "2027-01-31", 0, "496", "100"},
                    Previous{"2027-03", "2027-03-28", 0, "406", "100"},  // all of February
                    Previous{"2027-03", "2027-03-31", 0, "406", "100"},
                    Previous{"2028-03", "2028-03-28", 0, "406", "100"},
                    Previous{"2028-03", "2028-03-29", 0, "435", "100"},
                    Previous{"2026-11", "2026-09-30", 0, "0", "0"}));  // the clock ran ahead

TEST(PreviousMonthToDate, WithoutACoverageIsUpToTheNewestDay) {
  Account account;  // up to the 20th
  account.costs.data_through.reset();
  MonthCosts october;
  october.totals[{"CNY", "postpaid"}];
  account.previous = &october;
  EXPECT_THAT(account.trend().previous_month_to_date, IsEmpty());
  for (unsigned day = 1; day <= 20; ++day) {
    account.known.add_earlier(day_with(std::chrono::year(2026) / 10 / std::chrono::day(day), "0.5"),
                              kRead);
  }
  account.known.add_earlier(day_with(day_of("2026-10-21"), "1000"), kRead);
  EXPECT_EQ(account.trend().previous_month_to_date.at({"CNY", "postpaid"}), amount("10"));
}

TEST(PreviousMonthToDate, IsAbsentIfADayIsNotKnown) {
  Account account;
  for (unsigned day = 1; day <= 20; ++day) {
    if (day == 7) continue;
    account.known.add_earlier(day_with(std::chrono::year(2026) / 10 / std::chrono::day(day), "0.5"),
                              kRead);
  }
  EXPECT_THAT(account.trend().previous_month_to_date, IsEmpty());
  account.known.add_earlier({day_of("2026-10-07"), {}}, kRead);  // without rows
  EXPECT_EQ(account.trend().previous_month_to_date.at({"CNY", "postpaid"}), amount("9.5"));
}

// All of the previous month is its own bill, which needs no day.
TEST(PreviousMonthToDate, AsLongAsItIsNeedsNoDays) {
  Account account;
  account.set_month("2026-12", "1", "0", "2026-12-30");
  EXPECT_THAT(account.trend().previous_month_to_date, IsEmpty()) << "its bill is not known";
  MonthCosts november;
  november.totals[{"CNY", "contract"}][index_of(Measure::kBilledCost)] = amount("12");
  account.previous = &november;
  EXPECT_THAT(account.trend().previous_month_to_date,
              ElementsAre(Pair(ModeKey{"CNY", "contract"}, amount("12")),
                          Pair(ModeKey{"CNY", "postpaid"}, Amount()),
                          Pair(ModeKey{"CNY", "prepaid"}, Amount())));
}

TEST(PreviousMonthToDate, HasTheCurrenciesOfThatMonthFromTheFirstDayOn) {
  Account account;
  account.set_month("2026-11", "1", "0", "2026-11-01");
  account.known.add_earlier(day_with(day_of("2026-10-01"), "2"), kRead);
  MonthCosts october;
  october.totals[{"CNY", "postpaid"}];
  october.totals[{"USD", "prepaid"}][index_of(Measure::kBilledCost)] = amount("12");
  account.previous = &october;
  EXPECT_THAT(account.trend().previous_month_to_date,
              ElementsAre(Pair(ModeKey{"CNY", "postpaid"}, amount("2")),
                          Pair(ModeKey{"CNY", "prepaid"}, Amount()),
                          Pair(ModeKey{"USD", "postpaid"}, Amount()),
                          Pair(ModeKey{"USD", "prepaid"}, Amount())));
  EXPECT_EQ(account.trend().previous_month_to_date.size(), 4U);
}

TEST(PreviousMonthToDate, IsAbsentBeforeTheMonthWasReadOrADayIsKnown) {
  const Account account;
  MonthCosts october;
  EXPECT_THAT(
      make_trend({"CNY", kChinaTime, account.month, &account.known, nullptr, &october, nullptr})
          .previous_month_to_date,
      IsEmpty());
  EXPECT_THAT(
      make_trend({"CNY", kChinaTime, account.month, nullptr, &account.costs, &october, nullptr})
          .previous_month_to_date,
      IsEmpty());
}

// ---- the day a week earlier ----

TEST(WeekEarlierDay, IsSevenDaysBeforeTheNewestWithWhatOnlyThatOneHasAtZero) {
  Account account;
  account.known = KnownDays(
      {day_of("2027-01-03"),
       {{{"CNY", "BCC", "postpaid"}, amount("3")}, {{"CNY", "GPU", "postpaid"}, amount("900")}}},
      kRead);
  EXPECT_THAT(find_week_earlier_day(account.known), IsEmpty());
  account.known.add_earlier(
      {day_of("2026-12-27"),
       {{{"CNY", "BCC", "postpaid"}, amount("-0.5")}, {{"USD", "CDN", "prepaid"}, amount("365")}}},
      kRead);
  account.known.add_earlier(day_with(day_of("2026-12-28"), "1"), kRead);
  EXPECT_THAT(find_week_earlier_day(account.known),
              ElementsAre(Pair(DayCostKey{"CNY", "BCC", "postpaid"}, amount("-0.5")),
                          Pair(DayCostKey{"CNY", "GPU", "postpaid"}, Amount()),
                          Pair(DayCostKey{"USD", "CDN", "prepaid"}, amount("365"))));
}

// A cloud's total of a day says nothing of services: 0 for each would be a wrong number.
TEST(WeekEarlierDay, IsAbsentIfItsServicesAreNotTold) {
  Account account;
  account.known.add_earlier({day_of("2026-11-13"), {{{"CNY", "", "postpaid"}, amount("10")}}},
                            kRead);
  EXPECT_THAT(find_week_earlier_day(account.known), IsEmpty());
  account.known.add_earlier({day_of("2026-11-13"), {}}, kRead);  // nothing to tell
  EXPECT_THAT(find_week_earlier_day(account.known),
              ElementsAre(Pair(DayCostKey{"CNY", "BCC", "postpaid"}, Amount()),
                          Pair(DayCostKey{"CNY", "BCC", "prepaid"}, Amount())));
}

}  // namespace
}  // namespace cloud_billing
