// The sum of a month's days beside its bill. Expected amounts are worked out by hand.

#include "billing/days_total.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <memory>
#include <string>
#include <vector>

#include "tests/literals.h"

namespace cloud_billing {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

BillingMonth month_named(std::string_view text) { return BillingMonth::parse(text).value(); }
BillingDay day_named(std::string_view text) { return parse_day(text).value(); }

// Days that cost 1 postpaid each, and 100 prepaid on the 2nd of each month.
KnownDays days_through(std::string_view newest) {
  const auto costs_of = [](BillingDay day) {
    DayCosts costs{day, {{{"CNY", "BCC", "postpaid"}, amount("1")}}};
    if (static_cast<unsigned>(day.day()) == 2) {
      costs.billed_costs[{"CNY", "BCC", "prepaid"}] = amount("100");
    }
    return costs;
  };
  KnownDays known(costs_of(day_named(newest)), {});
  for (int back = 1; back < 62; ++back) {
    known.add_earlier(costs_of(days_before(day_named(newest), back)), {});
  }
  return known;
}

struct Bills {
  void add(std::string_view month, std::string_view postpaid, std::string_view prepaid,
           std::optional<UtcSeconds> through = std::nullopt) {
    MonthCosts costs;
    costs.totals[{"CNY", "postpaid"}][index_of(Measure::kBilledCost)] = amount(postpaid);
    costs.totals[{"CNY", "prepaid"}][index_of(Measure::kBilledCost)] = amount(prepaid);
    costs.data_through = through;
    results.months[month_named(month)] = {std::make_shared<const MonthCosts>(costs), {}};
  }
  [[nodiscard]] std::vector<std::string> compared(const KnownDays& days) {
    results.days = {std::make_shared<const KnownDays>(days), {}};
    std::vector<std::string> texts;
    for (const DaysTotal& total : compare_days(results, kChinaTime)) {
      texts.push_back(total.month.text() + " " + total.currency + " " + total.days.to_decimal() +
                      " " + total.bill.to_decimal() + " " + total.difference.to_decimal());
    }
    return texts;
  }

  AccountResults results;
};

UtcSeconds end_of_day(std::string_view day) {
  return kChinaTime.start_of(day_named(day)) + std::chrono::days(1);
}

TEST(DaysTotal, IsComparedWithTheBillOfTheSameDays) {
  Bills bills;
  bills.add("2026-10", "31", "100");
  bills.add("2026-11", "20.5", "100", end_of_day("2026-11-20"));
  EXPECT_THAT(bills.compared(days_through("2026-11-20")),
              ElementsAre("2026-10 CNY 131 131 0", "2026-11 CNY 120 120.5 -0.5"));
}

TEST(DaysTotal, IsNotComparedWithABillThatCoversAPartOfLaterDays) {
  Bills bills;
  bills.add("2026-11", "20.5", "100", end_of_day("2026-11-20") + std::chrono::hours(5));
  EXPECT_THAT(bills.compared(days_through("2026-11-20")), IsEmpty());
  bills.add("2026-11", "20.5", "100");
  EXPECT_THAT(bills.compared(days_through("2026-11-20")), IsEmpty());
  bills.add("2026-11", "30", "100", end_of_day("2026-11-30"));
  EXPECT_THAT(bills.compared(days_through("2026-12-01")), ElementsAre("2026-11 CNY 130 130 0"));
}

TEST(DaysTotal, IsThereOnlyIfAllDaysAreKnown) {
  Bills bills;
  bills.add("2026-10", "31", "100");
  KnownDays known({day_named("2026-11-20"), {}}, {});
  for (int day = 1; day <= 31; ++day) {
    if (day != 17) known.add_earlier({std::chrono::year(2026) / 10 / day, {}}, {});
  }
  EXPECT_THAT(bills.compared(known), IsEmpty());
  known.add_earlier({day_named("2026-10-17"), {{{"USD", "CDN", "prepaid"}, amount("-3")}}}, {});
  EXPECT_THAT(bills.compared(known), ElementsAre("2026-10 CNY 0 131 -131", "2026-10 USD -3 0 -3"));
}

TEST(DaysTotal, OfAMonthWithoutACompleteDayIsNot) {
  Bills bills;
  bills.add("2026-11", "0.5", "0", kChinaTime.start_of(day_named("2026-11-01")));
  EXPECT_THAT(bills.compared(days_through("2026-10-31")), IsEmpty());
  EXPECT_THAT(compare_days(AccountResults(), kChinaTime), IsEmpty());
}

}  // namespace
}  // namespace cloud_billing
