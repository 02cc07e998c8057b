#include "status_page/time_words.h"

#include <gtest/gtest.h>

namespace cloud_billing {
namespace {

using std::chrono::seconds;

constexpr std::chrono::year kYear{2026};

TEST(ChinaTimeText, IsEightHoursAhead) {
  EXPECT_EQ(china_time_text(UtcSeconds(seconds(1796054400))), "2026-12-01 00:00:00");
}

TEST(MonthWords, NameTheMonthInChina) {
  const auto november = kChinaTime.month_at(UtcSeconds(seconds(1796054399)));
  const auto december = kChinaTime.month_at(UtcSeconds(seconds(1796054400)));
  EXPECT_EQ(month_words(november, kEnglishTimes), "November 2026");
  EXPECT_EQ(month_words(december, kEnglishTimes), "December 2026");
  EXPECT_EQ(month_words(november, kChineseTimes), "2026年11月");
}

TEST(DaysWords, NameDaysAsPeopleWriteThem) {
  const BillingDay first = kYear / 11 / 3;
  EXPECT_EQ(day_words(first, kEnglishTimes), "3 Nov");
  EXPECT_EQ(day_words(kYear / 11 / 29, kChineseTimes), "11月29日");
  EXPECT_EQ(days_words(first, first, kEnglishTimes), "3 Nov");
  EXPECT_EQ(days_words(first, kYear / 11 / 5, kEnglishTimes), "3 Nov to 5 Nov");
  EXPECT_EQ(days_words(first, kYear / 11 / 5, kChineseTimes), "11月3日至11月5日");
}

TEST(ShortTimeWords, NameTheDayUnlessItIsToday) {
  const UtcSeconds now(seconds(1796054400));
  EXPECT_EQ(short_time_words(now + seconds(61), now, kEnglishTimes), "00:01");
  EXPECT_EQ(short_time_words(now - seconds(60), now, kEnglishTimes), "30 Nov 23:59");
  EXPECT_EQ(short_time_words(now - seconds(60), now, kChineseTimes), "11月30日 23:59");
}

TEST(DurationWords, UseTheUnitThatFits) {
  const auto words = [](seconds duration) { return duration_words(duration, kEnglishTimes); };
  EXPECT_EQ(words(seconds(-5)), "0 s");
  EXPECT_EQ(words(seconds(99)), "99 s");
  EXPECT_EQ(words(seconds(100)), "1 min");
  EXPECT_EQ(words(seconds(99 * 60 + 59)), "99 min");
  EXPECT_EQ(words(seconds(100 * 60)), "1 h");
  EXPECT_EQ(words(seconds(47 * 3600)), "47 h");
  EXPECT_EQ(words(seconds(48 * 3600)), "2 days");
  EXPECT_EQ(duration_words(seconds(48 * 3600), kChineseTimes), "2 天");
  EXPECT_EQ(duration_words(seconds(720), kChineseTimes), "12 分钟");
}

}  // namespace
}  // namespace cloud_billing
