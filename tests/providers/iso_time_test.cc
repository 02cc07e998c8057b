#include "providers/iso_time.h"

#include <gtest/gtest.h>

#include <string>

namespace cloud_billing {
namespace {

std::string utc(std::string_view text) {
  const auto time = read_iso_time(text);
  return time ? utc_text(*time) : "none";
}

TEST(IsoTime, IsReadInAnyOffset) {
  EXPECT_EQ(utc("2026-11-23T04:05:06Z"), "2026-11-23T04:05:06Z");
  EXPECT_EQ(utc("2026-11-23T04:05:06+08:00"), "2026-11-22T20:05:06Z");
  EXPECT_EQ(utc("2026-11-23T04:05:06-03:30"), "2026-11-23T07:35:06Z");
  EXPECT_EQ(utc("2026-11-23T04:05:06+0800"), "2026-11-22T20:05:06Z");
  EXPECT_EQ(utc("2026-11-23T04:05:06.120+0800"), "2026-11-22T20:05:06Z");
  EXPECT_EQ(utc("2026-11-23T04:05:06-0330"), "2026-11-23T07:35:06Z");
  EXPECT_EQ(utc("2026-11-23T04:05:06+08"), "2026-11-22T20:05:06Z");
  EXPECT_EQ(utc("2024-02-29T23:59:59.123456789Z"), "2024-02-29T23:59:59Z");
}

TEST(IsoTime, IsRefusedInAnyOtherForm) {
  for (const std::string_view text :
       {"", "-", "soon", "2026-11-23", "2026-11-23 04:05:06", "2026-11-23T04:05:06",
        "2026-11-23T04:05:06z", "2026-11-23T24:05:06Z", "2026-02-30T04:05:06Z",
        "2026-11-23T04:05:06.Z", "2026-11-23T04:05:06+8:00", "2026-11-23T04:05:06+800",
        "2026-11-23T04:05:06+", "2026-11-23T04:05:06+2400", "2026-11-23T04:05:06+08000",
        "2026-11-23T04:05:06Z ", "2026-11-23T04:05:+6Z", "+026-11-23T04:05:06Z"}) {
    EXPECT_EQ(utc(text), "none") << text;
  }
}

TEST(IsoTime, ThatWasNeverSetIsNone) {
  for (const std::string_view text :
       {"0001-01-01T00:00:00Z", "0001-01-01T08:00:00+08:00", "0001-01-01T00:00:00.000+0800",
        "1970-01-01T00:00:00Z", "1970-01-01T08:00:00+08:00", "1899-12-30T00:00:00Z",
        "9999-12-31T23:59:59Z", "9999-12-31T23:59:59+08:00"}) {
    EXPECT_EQ(utc(text), "none") << text;
  }
  EXPECT_EQ(utc("2000-01-01T00:00:00Z"), "2000-01-01T00:00:00Z");
  EXPECT_EQ(utc("2099-12-31T15:59:59Z"), "2099-12-31T15:59:59Z");
}

}  // namespace
}  // namespace cloud_billing
