#include "money.h"

#include <gtest/gtest.h>

#include <stdexcept>

#include "calendar.h"

namespace simulator {
namespace {

TEST(Money, IsWrittenExactlyInEverySpelling) {
  EXPECT_EQ(write_decimal(Money{}), "0");
  EXPECT_EQ(write_decimal(parse_money("119.68")), "119.68");
  EXPECT_EQ(write_decimal(parse_money("-0.000000000001")), "-0.000000000001");
  EXPECT_EQ(write_padded(parse_money("850"), 4), "850.0000");
  EXPECT_EQ(write_padded(parse_money("1.23456"), 2), "1.23456");
  EXPECT_EQ(write_exponent(Money{}), "0E-8");
  EXPECT_EQ(write_exponent(parse_money("0.0001")), "1E-4");
  EXPECT_EQ(write_exponent(parse_money("-119.68")), "-11968E-2");
  EXPECT_EQ(write_exponent(parse_money("1200")), "12E+2");
}

TEST(Money, AddsAndMultipliesWithoutLoss) {
  EXPECT_EQ(write_decimal(parse_money("0.1") + parse_money("0.2")), "0.3");
  EXPECT_EQ(write_decimal(parse_money("999999999999.000000000001") * 31),
            "30999999999969.000000000031");
  EXPECT_EQ(write_decimal(parse_money("0.3") - parse_money("1")), "-0.7");
}

TEST(Money, OtherTextIsRefused) {
  for (const char* text : {"abc", "1E-4", "1.2.3", "0.0000000000001"}) {
    EXPECT_THROW((void)parse_money(text), std::invalid_argument) << text;
  }
}

TEST(Calendar, DaysBeginAtMidnightInChina) {
  EXPECT_EQ(write_date(date_in_china(*parse_moment("2026-10-31T16:00:00Z"))), "2026-11-01");
  EXPECT_EQ(write_date(date_in_china(*parse_moment("2026-10-31T15:59:59Z"))), "2026-10-31");
  EXPECT_EQ(write_utc(start_in_china(*parse_date("2026-11-01"))), "2026-10-31T16:00:00");
}

TEST(Calendar, YesterdayIsCompleteFromTenOClock) {
  const auto newest = [](const char* now) {
    return write_date(newest_complete_day(*parse_moment(now)));
  };
  EXPECT_EQ(newest("2026-11-15T10:00:00+08:00"), "2026-11-14");
  EXPECT_EQ(newest("2026-11-15T09:59:59+08:00"), "2026-11-13");
  EXPECT_EQ(newest("2026-11-01T12:00:00+08:00"), "2026-10-31");
}

TEST(Calendar, AMonthIsCoveredUpToADay) {
  const Date last = *parse_date("2026-11-14");
  EXPECT_EQ(days_until(*parse_month("2026-11"), last)->last, 14);
  EXPECT_EQ(days_until(*parse_month("2026-10"), last)->last, 31);
  EXPECT_FALSE(days_until(*parse_month("2026-12"), last));
}

TEST(Calendar, BadTextIsRefused) {
  EXPECT_FALSE(parse_month("2026-13"));
  EXPECT_FALSE(parse_month("2026-1"));
  EXPECT_FALSE(parse_date("2026-02-30"));
  EXPECT_FALSE(parse_utc("2026-02-28T00:00:00"));
  EXPECT_EQ(write_utc(*parse_http_date("Mon, 27 Apr 2015 16:23:49 +0800")), "2015-04-27T08:23:49");
}

}  // namespace
}  // namespace simulator
