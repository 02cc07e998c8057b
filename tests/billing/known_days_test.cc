// Which days stay known, and which are to be read. The random cases compare it with a plain map.

#include "billing/known_days.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <map>
#include <random>
#include <string>
#include <vector>

#include "tests/literals.h"

namespace cloud_billing {
namespace {

using std::chrono::hours;
using testing::ElementsAre;
using testing::IsEmpty;

BillingDay date(std::string_view text) { return parse_day(text).value(); }

// At this hour in China.
UtcSeconds at(std::string_view day, int hour) {
  return kChinaTime.start_of(date(day)) + hours(hour);
}

const std::map<DayCostKey, Amount> kCosts{{{"CNY", "BCC", "prepaid"}, amount("1.5")},
                                          {{"CNY", "SCS", "prepaid"}, amount("2")},
                                          {{"CNY", "SCS", "postpaid"}, amount("-3")},
                                          {{"USD", "CDN", "postpaid"}, amount("0.25")}};
const std::map<DayCostKey, Amount> kMerged{{{"CNY", "", "prepaid"}, amount("3.5")},
                                           {{"CNY", "", "postpaid"}, amount("-3")},
                                           {{"USD", "", "postpaid"}, amount("0.25")}};

std::vector<std::string> texts_of(const std::vector<BillingDay>& days) {
  std::vector<std::string> texts;
  for (const BillingDay day : days) texts.push_back(day_text(day));
  return texts;
}

TEST(KnownDays, KeepThisMonthTheOneBeforeAndThirtyDays) {
  KnownDays known(DayCosts{date("2026-03-01"), {}}, at("2026-03-02", 12));
  for (const std::string_view day : {"2026-01-29", "2026-01-30", "2026-01-31", "2026-02-28"}) {
    known.add_earlier({date(day), {}}, at("2026-03-02", 12));
  }
  // Those of January are 30 and more days back, and of neither month.
  EXPECT_THAT(texts_of(known.days()), ElementsAre("2026-01-31", "2026-02-28", "2026-03-01"));
  known.add_newest({date("2026-03-31"), {}}, at("2026-04-01", 12));
  EXPECT_THAT(texts_of(known.days()), ElementsAre("2026-02-28", "2026-03-01", "2026-03-31"));
  known.add_newest({date("2026-04-01"), {}}, at("2026-04-02", 12));
  EXPECT_THAT(texts_of(known.days()), ElementsAre("2026-03-01", "2026-03-31", "2026-04-01"));
}

TEST(KnownDays, ForgetWhatAClockSetWrongHasBrought) {
  KnownDays known(DayCosts{date("2026-03-31"), kCosts}, at("2026-04-01", 12));
  known.add_newest({date("2026-02-28"), {}}, at("2026-03-01", 12));
  EXPECT_THAT(texts_of(known.days()), ElementsAre("2026-02-28"));
  EXPECT_EQ(known.newest().day, date("2026-02-28"));
  known.add_earlier({date("2026-03-01"), {}}, at("2026-03-01", 12));
  EXPECT_THAT(texts_of(known.days()), ElementsAre("2026-02-28")) << "it is not an earlier one";
}

// A day more of each of ten thousand accounts must not cost what its services would.
TEST(KnownDays, TellTheServicesOfTheNewestEight) {
  KnownDays known(DayCosts{date("2026-03-10"), kCosts}, {});
  known.add_earlier({date("2026-03-03"), kCosts}, {});
  known.add_earlier({date("2026-03-02"), kCosts}, {});
  EXPECT_EQ(known.find(date("2026-03-03"))->billed_costs, kCosts);
  EXPECT_EQ(known.find(date("2026-03-02"))->billed_costs, kMerged);
  known.add_newest({date("2026-03-11"), kCosts}, {});
  EXPECT_EQ(known.newest().billed_costs, kCosts);
  EXPECT_EQ(known.find(date("2026-03-10"))->billed_costs, kCosts);
  EXPECT_EQ(known.find(date("2026-03-03"))->billed_costs, kMerged);
  EXPECT_TRUE(tells_services(known.newest()));
  EXPECT_FALSE(tells_services(*known.find(date("2026-03-03"))));
}

TEST(KnownDays, KeepTheServicesOfADayTooLargeToBeAddedUp) {
  const DayCosts huge{date("2026-03-01"),
                      {{{"CNY", "a", "postpaid"}, amount("170000000000000000000")},
                       {{"CNY", "b", "postpaid"}, amount("170000000000000000000")}}};
  KnownDays known(DayCosts{date("2026-03-20"), {}}, {});
  known.add_earlier(huge, {});
  EXPECT_EQ(known.find(huge.day)->billed_costs, huge.billed_costs);
  EXPECT_FALSE(known.sum(huge.day, huge.day).fits);
}

TEST(KnownDays, NewestStaysWhereItIsWhileEarlierOnesAreAdded) {
  const KnownDays before(DayCosts{date("2026-03-10"), kCosts}, {});
  KnownDays after = before;
  after.add_earlier({date("2026-03-09"), kCosts}, {});
  EXPECT_EQ(&after.newest(), &before.newest());
}

TEST(KnownDays, AreWhatWasAddedLastWhateverTheOrder) {
  std::mt19937 random(20261130);
  const auto number = [&random](int most) {
    return std::uniform_int_distribution<int>(0, most)(random);
  };
  for (int round = 0; round < 200; ++round) {
    const BillingDay newest =
        std::chrono::sys_days(date("2027-03-01")) + std::chrono::days(number(400));
    std::map<BillingDay, DayCosts> plain;
    KnownDays known(DayCosts{newest, {}}, UtcSeconds());
    plain[newest] = {newest, {}};
    for (int i = number(80); i > 0; --i) {
      DayCosts day{days_before(newest, number(7)), {}};
      for (int cost = number(4); cost > 0; --cost) {
        day.billed_costs[{number(1) == 0 ? "CNY" : "USD", "s" + std::to_string(number(9)),
                          number(1) == 0 ? "prepaid" : "postpaid"}] =
            Amount::parse(std::to_string(number(100) - 50)).value();
      }
      plain[day.day] = day;
      day.day == newest ? known.add_newest(day, UtcSeconds())
                        : known.add_earlier(day, UtcSeconds());
    }
    std::map<BillingDay, std::map<DayCostKey, Amount>> visited;
    known.visit_costs([&](BillingDay day, std::size_t key, Amount cost) {
      visited[day].emplace(known.keys()[key], cost);
    });
    std::map<ModeKey, Amount> sums;
    for (const auto& [day, costs] : plain) {
      ASSERT_EQ(known.find(day).value().billed_costs, costs.billed_costs) << round;
      ASSERT_EQ(visited[day], costs.billed_costs) << round;
      for (const auto& [key, cost] : costs.billed_costs) {
        ASSERT_TRUE((sums[{key.currency, key.billing_mode}].add(cost)));
      }
    }
    EXPECT_EQ(known.days().size(), plain.size());
    EXPECT_EQ(known.newest().billed_costs, plain[newest].billed_costs);
    const DaysSum sum = known.sum(days_before(newest, 7), newest);
    EXPECT_EQ(sum.sums, sums);
    EXPECT_EQ(sum.known, static_cast<int>(plain.size()));
  }
}

// Reads all that is to be read, as it is said; when the days were read.
std::vector<std::string> read_all(KnownDays& known, UtcSeconds now) {
  std::vector<std::string> read;
  while (const auto day = next_day_to_read(known, now, kChinaTime)) {
    read.push_back(day_text(*day));
    if (read.size() > 100) break;
    *day == known.newest().day ? known.add_newest({*day, {}}, now)
                               : known.add_earlier({*day, {}}, now);
  }
  return read;
}

struct Reach {
  const char* now;
  const char* newest;
  const char* first;  // the earliest that is read
};
class DaysToRead : public testing::TestWithParam<Reach> {};
TEST_P(DaysToRead, AreThisMonthTheOneBeforeAndThirtyDaysTheNewestFirst) {
  const UtcSeconds now = at(GetParam().now, 12);
  KnownDays known(DayCosts{date(GetParam().newest), {}}, now);
  std::vector<std::string> expected;
  for (BillingDay day = days_before(date(GetParam().newest), 1); day >= date(GetParam().first);
       day = days_before(day, 1)) {
    expected.push_back(day_text(day));
  }
  EXPECT_EQ(read_all(known, now), expected);
}
INSTANTIATE_TEST_SUITE_P(Times, DaysToRead,
                         testing::Values(Reach{"2026-11-15", "2026-11-14", "2026-10-01"},
                                         Reach{"2026-12-01", "2026-11-29",
                                               "2026-10-31"},  // 30 days go further back
                                         Reach{"2026-12-01", "2026-11-30", "2026-11-01"},
                                         Reach{"2027-01-01", "2026-12-30", "2026-12-01"},
                                         Reach{"2027-01-02", "2027-01-01", "2026-12-01"},
                                         Reach{"2027-03-01", "2027-02-27", "2027-01-29"},
                                         Reach{"2027-03-02", "2027-03-01", "2027-01-31"},
                                         Reach{"2028-02-29", "2028-02-28", "2028-01-01"},
                                         Reach{"2026-12-31", "2026-12-30", "2026-11-01"}));

TEST(DaysToReadAgain, AreTheNewestThreeOnceOnEachDay) {
  KnownDays known(DayCosts{date("2026-11-14"), {}}, at("2026-11-15", 12));
  (void)read_all(known, at("2026-11-15", 12));
  EXPECT_THAT(read_all(known, at("2026-11-15", 23)), IsEmpty());
  // Before ten in the morning the newest is the same.
  EXPECT_THAT(read_all(known, at("2026-11-16", 0)),
              ElementsAre("2026-11-14", "2026-11-13", "2026-11-12"));
  known.add_newest({date("2026-11-15"), {}}, at("2026-11-16", 10));
  EXPECT_THAT(read_all(known, at("2026-11-16", 10)), IsEmpty());
  known.add_newest({date("2026-11-16"), {}}, at("2026-11-17", 10));
  EXPECT_THAT(read_all(known, at("2026-11-17", 10)), ElementsAre("2026-11-15", "2026-11-14"));
}

// One that was read ahead of time, by a clock set wrong, is read again.
TEST(DaysToReadAgain, AreThoseReadInTheFuture) {
  KnownDays known(DayCosts{date("2026-11-14"), {}}, at("2026-11-15", 12));
  (void)read_all(known, at("2026-11-15", 12));
  known.add_earlier({date("2026-11-13"), {}}, at("2027-11-15", 12));
  EXPECT_THAT(read_all(known, at("2026-11-15", 13)), ElementsAre("2026-11-13"));
}

TEST(DaysToReadAgain, AreThoseMissedMeanwhile) {
  KnownDays known(DayCosts{date("2026-11-14"), {}}, at("2026-11-15", 12));
  (void)read_all(known, at("2026-11-15", 12));
  known.add_newest({date("2026-11-18"), {}}, at("2026-11-19", 12));
  EXPECT_THAT(read_all(known, at("2026-11-19", 12)),
              ElementsAre("2026-11-17", "2026-11-16", "2026-11-15"));
}

}  // namespace
}  // namespace cloud_billing
