#include "status_page/time_words.h"

#include <gtest/gtest.h>

namespace cloud_billing {
namespace {

using std::chrono::seconds;

TEST(ChinaTimeText, IsEightHoursAhead) {
  EXPECT_EQ(china_time_text(UtcSeconds(seconds(1796054400))), "2026-12-01 00:00:00");
}

TEST(MonthWords, NameTheMonthInChina) {
  EXPECT_EQ(month_words(BillingMonth::at(UtcSeconds(seconds(1796054399)))), "November 2026");
  EXPECT_EQ(month_words(BillingMonth::at(UtcSeconds(seconds(1796054400)))), "December 2026");
}

TEST(DurationWords, UseTheUnitThatFits) {
  EXPECT_EQ(duration_words(seconds(-5)), "0 s");
  EXPECT_EQ(duration_words(seconds(99)), "99 s");
  EXPECT_EQ(duration_words(seconds(100)), "1 min");
  EXPECT_EQ(duration_words(seconds(99 * 60 + 59)), "99 min");
  EXPECT_EQ(duration_words(seconds(100 * 60)), "1 h");
  EXPECT_EQ(duration_words(seconds(47 * 3600)), "47 h");
  EXPECT_EQ(duration_words(seconds(48 * 3600)), "2 days");
}

}  // namespace
}  // namespace cloud_billing
