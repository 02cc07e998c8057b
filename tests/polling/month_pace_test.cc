#include "polling/month_pace.h"

#include <gtest/gtest.h>

namespace cloud_billing::month_pace_test {
namespace {

using std::chrono::days;
using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;

constexpr CollectorPolling kHourly{hours(1), days(3)};

constexpr UtcSeconds china(int year, unsigned month, unsigned day, seconds time = seconds(0)) {
  return std::chrono::sys_days(std::chrono::year(year) / std::chrono::month(month) /
                               std::chrono::day(day)) -
         hours(8) + time;
}

bool is_due_after(seconds age, const CollectorPolling& polling,
                  UtcSeconds now = china(2026, 11, 20, hours(12))) {
  return is_previous_month_due(now - age, polling, now, kChinaTime);
}

TEST(PreviousMonth, IsDueWhileItWasNeverRead) {
  EXPECT_TRUE(is_previous_month_due(std::nullopt, kHourly, china(2026, 11, 20), kChinaTime));
}

TEST(PreviousMonth, IsReadInEveryPollUntilTheEighthInChina) {
  for (const auto& [month, year] :
       {std::pair(1U, 2027), std::pair(3U, 2028), std::pair(12U, 2026)}) {
    EXPECT_TRUE(is_due_after(minutes(1), kHourly, china(year, month, 1)));
    EXPECT_TRUE(is_due_after(minutes(1), kHourly, china(year, month, 8) - seconds(1)));
    EXPECT_FALSE(is_due_after(minutes(1), kHourly, china(year, month, 8)));
  }
}

TEST(PreviousMonth, IsThenReadAtThePollNearestToADay) {
  EXPECT_FALSE(is_due_after(hours(23) + minutes(20), kHourly));
  EXPECT_TRUE(is_due_after(hours(23) + minutes(40), kHourly));
  EXPECT_FALSE(is_due_after(hours(18), {hours(6), days(3)}));
  EXPECT_TRUE(is_due_after(hours(24), {hours(6), days(3)}));
}

TEST(PreviousMonth, IsReadBeforeItGetsTooOldToShow) {
  EXPECT_FALSE(is_due_after(hours(4), {hours(1), hours(12)}));
  EXPECT_TRUE(is_due_after(hours(6), {hours(1), hours(12)}));
  EXPECT_TRUE(is_due_after(minutes(59), {hours(1), hours(2)}));
}

TEST(PreviousMonth, ThatNeverGetsTooOldIsReadDaily) {
  EXPECT_FALSE(is_due_after(hours(23), {hours(1), seconds(0)}));
  EXPECT_TRUE(is_due_after(hours(24), {hours(1), seconds(0)}));
}

TEST(PreviousMonth, ThatWasReadInTheFutureIsDueSinceTheClockWasSetBack) {
  EXPECT_TRUE(is_due_after(-hours(2), kHourly));
}

}  // namespace
}  // namespace cloud_billing::month_pace_test
