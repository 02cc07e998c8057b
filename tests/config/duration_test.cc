#include "config/duration.h"

#include <gtest/gtest.h>

#include <string>

namespace cloud_billing {
namespace {

using std::chrono::seconds;

seconds parsed(std::string_view text) {
  const auto duration = parse_duration(text);
  return duration ? *duration : seconds(-1);
}

TEST(Duration, ReadsTheDocumentedForms) {
  EXPECT_EQ(parsed("90s"), seconds(90));
  EXPECT_EQ(parsed("5m"), seconds(300));
  EXPECT_EQ(parsed("1h30m"), seconds(5400));
  EXPECT_EQ(parsed("30d"), seconds(2592000));
  EXPECT_EQ(parsed("1d2h3m4s"), seconds(93784));
  EXPECT_EQ(parsed("1d1s"), seconds(86401));
  EXPECT_EQ(parsed("0"), seconds(0));
  EXPECT_EQ(parsed("0s"), seconds(0));
  EXPECT_EQ(parsed("007m"), seconds(420));
}

TEST(Duration, RefusesEverythingElse) {
  for (const char* text :
       {"",    "5",  "00", "m",    "5 m",  " 5m",  "5m ",  "5M",   "+5m",  "-5m",     "1.5h",
        "5ms", "1w", "1y", "1m1h", "1m1m", "1h30", "0x5m", "5m\n", "1e3s", "infinity"}) {
    EXPECT_FALSE(parse_duration(text)) << text;
  }
}

TEST(Duration, RefusesWhatOverflows) {
  EXPECT_EQ(parsed("36500d"), kMaxDuration);
  for (const char* text :
       {"36501d", "36500d1s", "9223372036854775807s", "9223372036854775808s",
        "18446744073709551616d", "153722867280912931m", "99999999999999999999s"}) {
    EXPECT_FALSE(parse_duration(text)) << text;
  }
}

TEST(Duration, IsWrittenInTheSameForm) {
  for (const char* text : {"0s", "1s", "90m", "1h30m", "3d", "1d2h3m4s", "36500d"}) {
    const std::string expected = std::string(text) == "90m" ? "1h30m" : text;
    EXPECT_EQ(format_duration(parsed(text)), expected);
  }
}

}  // namespace
}  // namespace cloud_billing
