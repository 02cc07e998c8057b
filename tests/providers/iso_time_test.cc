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
  EXPECT_EQ(utc("2024-02-29T23:59:59.123456789Z"), "2024-02-29T23:59:59Z");
}

TEST(IsoTime, IsRefusedInAnyOtherForm) {
  for (const std::string_view text :
       {"", "-", "soon", "2026-11-23", "2026-11-23 04:05:06", "2026-11-23T04:05:06",
        "2026-11-23T04:05:06z", "2026-11-23T24:05:06Z", "2026-02-30T04:05:06Z",
        "2026-11-23T04:05:06.Z", "2026-11-23T04:05:06+8:00", "2026-11-23T04:05:06+0800",
        "2026-11-23T04:05:06Z ", "2026-11-23T04:05:+6Z", "+026-11-23T04:05:06Z"}) {
    EXPECT_EQ(utc(text), "none") << text;
  }
}

}  // namespace
}  // namespace cloud_billing
