#include "core/calendar.h"

#include <gtest/gtest.h>

#include <cstdio>
#include <string>

namespace cloud_billing {
namespace {

// Reads "2026-11-30T16:00:00Z" with its own arithmetic: days by counting years and months.
UtcSeconds utc(const char* text) {
  int year = 0;
  int month = 0;
  int day = 0;
  int hour = 0;
  int minute = 0;
  int second = 0;
  EXPECT_EQ(std::sscanf(text, "%d-%d-%dT%d:%d:%dZ", &year, &month, &day, &hour, &minute, &second),
            6);
  const auto is_leap = [](int y) { return (y % 4 == 0 && y % 100 != 0) || y % 400 == 0; };
  constexpr int kDays[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  long days = day - 1;
  for (int y = 1970; y < year; ++y) days += is_leap(y) ? 366 : 365;
  for (int m = 1; m < month; ++m) days += kDays[m - 1] + (m == 2 && is_leap(year) ? 1 : 0);
  return UtcSeconds(std::chrono::seconds(days * 86400L + hour * 3600L + minute * 60L + second));
}

struct MonthCase {
  const char* time;
  const char* month;
  const char* previous;
  const char* day;
  int hour;
};

TEST(BillingTime, IsThatOfChinaWhateverTheHostsZone) {
  constexpr MonthCase kEdges[] = {// The month changes at 16:00 UTC of the day before.
                                  {"2026-11-30T15:59:59Z", "2026-11", "2026-10", "2026-11-30", 23},
                                  {"2026-11-30T16:00:00Z", "2026-12", "2026-11", "2026-12-01", 0},
                                  {"2026-12-01T02:00:00Z", "2026-12", "2026-11", "2026-12-01", 10},
                                  {"2026-12-31T15:59:59Z", "2026-12", "2026-11", "2026-12-31", 23},
                                  {"2026-12-31T16:00:00Z", "2027-01", "2026-12", "2027-01-01", 0},
                                  {"2028-02-28T16:00:00Z", "2028-02", "2028-01", "2028-02-29", 0},
                                  {"2028-02-29T16:00:00Z", "2028-03", "2028-02", "2028-03-01", 0},
                                  {"2027-02-28T16:00:00Z", "2027-03", "2027-02", "2027-03-01", 0},
                                  {"2000-02-28T16:00:00Z", "2000-02", "2000-01", "2000-02-29", 0},
                                  {"2026-11-23T04:05:06Z", "2026-11", "2026-10", "2026-11-23", 12}};
  for (const MonthCase& edge : kEdges) {
    SCOPED_TRACE(edge.time);
    const UtcSeconds time = utc(edge.time);
    EXPECT_EQ(kChinaTime.month_at(time).text(), edge.month);
    EXPECT_EQ(kChinaTime.month_at(time).previous().text(), edge.previous);
    EXPECT_EQ(day_text(kChinaTime.day_at(time)), edge.day);
    EXPECT_EQ(kChinaTime.hour_at(time), edge.hour);
  }
}

TEST(BillingMonth, StartsAndEndsAtMidnightInChina) {
  const BillingMonth february = kChinaTime.month_at(utc("2028-02-10T00:00:00Z"));
  EXPECT_EQ(kChinaTime.start_of(february), utc("2028-01-31T16:00:00Z"));
  EXPECT_EQ(kChinaTime.end_of(february), utc("2028-02-29T16:00:00Z"));
  EXPECT_EQ(february.next().text(), "2028-03");
  const BillingMonth december = kChinaTime.month_at(utc("2026-12-10T00:00:00Z"));
  EXPECT_EQ(kChinaTime.end_of(december), kChinaTime.start_of(december.next()));
  EXPECT_EQ(kChinaTime.end_of(december), utc("2026-12-31T16:00:00Z"));
  EXPECT_EQ(december.next().text(), "2027-01");
  EXPECT_LT(december, december.next());
  EXPECT_EQ(december.next().previous(), december);
}

TEST(BillingMonth, OfTheSeedsSampleIsFebruary2019) {
  // Seed 001: billMonth 2019-02 runs from 2019-01-31T16:00:00Z to 2019-02-28T15:59:59Z.
  const BillingMonth month = kChinaTime.month_at(utc("2019-01-31T16:00:00Z"));
  EXPECT_EQ(month.text(), "2019-02");
  EXPECT_EQ(kChinaTime.end_of(month) - std::chrono::seconds(1), utc("2019-02-28T15:59:59Z"));
}

TEST(BillingDay, StartsAtMidnightInChina) {
  EXPECT_EQ(kChinaTime.start_of(kChinaTime.day_at(utc("2026-11-23T04:05:06Z"))),
            utc("2026-11-22T16:00:00Z"));
}

// The same instants, where months and days are those of UTC.
TEST(BillingTime, IsThatOfItsZone) {
  constexpr MonthCase kEdges[] = {{"2026-11-30T16:00:00Z", "2026-11", "2026-10", "2026-11-30", 16},
                                  {"2026-11-30T23:59:59Z", "2026-11", "2026-10", "2026-11-30", 23},
                                  {"2026-12-01T00:00:00Z", "2026-12", "2026-11", "2026-12-01", 0},
                                  {"2028-02-29T23:59:59Z", "2028-02", "2028-01", "2028-02-29", 23}};
  for (const MonthCase& edge : kEdges) {
    SCOPED_TRACE(edge.time);
    const UtcSeconds time = utc(edge.time);
    EXPECT_EQ(kUtc.month_at(time).text(), edge.month);
    EXPECT_EQ(kUtc.month_at(time).previous().text(), edge.previous);
    EXPECT_EQ(day_text(kUtc.day_at(time)), edge.day);
    EXPECT_EQ(kUtc.hour_at(time), edge.hour);
  }
  const BillingMonth february(std::chrono::year(2028) / 2);
  EXPECT_EQ(kUtc.start_of(february), utc("2028-02-01T00:00:00Z"));
  EXPECT_EQ(kUtc.end_of(february), utc("2028-03-01T00:00:00Z"));
  EXPECT_EQ(kUtc.end_of(february.last_day()), kUtc.end_of(february));
  EXPECT_EQ(day_text(february.first_day()), "2028-02-01");
  EXPECT_EQ(day_text(february.last_day()), "2028-02-29");
  EXPECT_EQ(BillingMonth::of(february.last_day()), february);
  EXPECT_EQ(kChinaTime.text() + " " + kUtc.text(), "UTC+8 UTC+0");
  EXPECT_EQ(BillingZone(std::chrono::hours(-5)).text(), "UTC-5");
}

TEST(BillingMonth, IsReadInTheFormOfItsTextOnly) {
  const BillingMonth month(std::chrono::year(2026) / 11);
  EXPECT_EQ(BillingMonth::parse("2026-11"), month);
  EXPECT_EQ(BillingMonth::parse(month.text()), month);
  for (const char* text : {"", "2026", "2026-13", "2026-00", "2026-1", "2026-11-01", "2026/11",
                           "+026-11", "2026-1x"}) {
    EXPECT_FALSE(BillingMonth::parse(text)) << text;
  }
}

TEST(BillingDay, IsReadInTheFormOfItsTextOnly) {
  const BillingDay day = std::chrono::year(2024) / 2 / 29;
  EXPECT_EQ(parse_day("2024-02-29"), day);
  EXPECT_EQ(parse_day(day_text(day)), day);
  for (const char* text : {"", "2024-02", "2023-02-29", "2024-02-00", "2024-2-29", "2024-02-29 "}) {
    EXPECT_FALSE(parse_day(text)) << text;
  }
}

TEST(UtcText, IsReadInThatFormOnly) {
  EXPECT_EQ(parse_utc("2026-11-23T04:05:06Z"), utc("2026-11-23T04:05:06Z"));
  EXPECT_EQ(parse_utc("2014-06-13T05:57:36Z"), UtcSeconds(std::chrono::seconds(1402639056)));
  for (const char* text :
       {"", "2026-11-23", "2026-11-23T04:05:06", "2026-11-23 04:05:06Z", "2026-11-31T04:05:06Z",
        "2026-13-01T04:05:06Z", "2026-11-23T24:00:00Z", "2026-11-23T04:60:00Z",
        "2026-1a-23T04:05:06Z", "+026-11-23T04:05:06Z", "2026-11-23T04:05:06Z ",
        "2026/11-23T04:05:06Z", "2026-11/23T04:05:06Z", "2026-11-23T04-05:06Z",
        "2026-11-23T04:05-06Z", "2026-11-23T04:05:60Z"}) {
    EXPECT_EQ(parse_utc(text), std::nullopt) << text;
  }
}

TEST(UtcText, HasADigitAtEachPlaceOfANumber) {
  const std::string good = "2026-11-23T04:05:06Z";
  for (std::size_t place = 0; place < good.size(); ++place) {
    for (const char c : {'/', ':', ' ', '\xFF', '\0'}) {
      std::string text = good;
      text[place] = c;
      EXPECT_EQ(parse_utc(text).has_value(), text == good) << text;
    }
  }
}

TEST(Clock, IsReadWithTheSignBetweenDayAndTime) {
  EXPECT_EQ(parse_clock("2026-11-23 04:05:06", ' '), utc("2026-11-23T04:05:06Z"));
  EXPECT_EQ(parse_clock("2026-11-23T04:05:06", 'T'), utc("2026-11-23T04:05:06Z"));
  EXPECT_EQ(parse_clock("2026-11-23T04:05:06", ' '), std::nullopt);
  EXPECT_EQ(parse_clock("2026-11-23 04:05:06 ", ' '), std::nullopt);
  EXPECT_EQ(parse_clock("2026-11-23", ' '), std::nullopt);
}

TEST(UtcText, IsWrittenInSecondsWithLeadingZeros) {
  EXPECT_EQ(utc_text(utc("2026-01-02T03:04:05Z")), "2026-01-02T03:04:05Z");
  EXPECT_EQ(utc_text(utc("2028-02-29T23:59:59Z")), "2028-02-29T23:59:59Z");
  EXPECT_EQ(utc_text(UtcSeconds{}), "1970-01-01T00:00:00Z");
  // The time of Baidu's published signature example (epoch 1402639056).
  EXPECT_EQ(utc_text(UtcSeconds(std::chrono::seconds(1402639056))), "2014-06-13T05:57:36Z");
}

}  // namespace
}  // namespace cloud_billing
