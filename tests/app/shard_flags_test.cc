#include "app/shard_flags.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

namespace cloud_billing {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::StartsWith;

std::string parsed(std::string_view index, std::string_view count, std::string_view host = "") {
  const auto shard = parse_shard(index, count, host);
  return shard ? to_text(*shard) : shard.error().message;
}

TEST(ShardFlags, AreNumbers) {
  EXPECT_EQ(parsed("0", "1"), "0 of 1");
  EXPECT_EQ(parsed("6", "7"), "6 of 7");
  EXPECT_EQ(parsed("9999", "10000"), "9999 of 10000");
}

TEST(ShardFlags, APodTakesTheNumberAtTheEndOfItsHostName) {
  EXPECT_EQ(parsed("pod", "3", "exporter-0"), "0 of 3");
  EXPECT_EQ(parsed("pod", "20", "exporter-2-13"), "13 of 20");
  EXPECT_EQ(parsed("pod", "8", "node7"), "7 of 8");
  EXPECT_EQ(parsed("pod", "3", "exporter-2.billing.ns.svc.cluster.local9"), "2 of 3");
  EXPECT_EQ(parsed("pod", "8", "07"), "7 of 8");
}

TEST(ShardFlags, AHostNameWithoutAUsableNumberIsNamed) {
  EXPECT_THAT(parsed("pod", "3", "exporter"),
              AllOf(StartsWith("--shard.index: "), HasSubstr("\"exporter\""), HasSubstr("number")));
  EXPECT_THAT(parsed("pod", "3", ""), StartsWith("--shard.index: "));
  EXPECT_THAT(parsed("pod", "3", "exporter-1a"), StartsWith("--shard.index: "));
  EXPECT_THAT(parsed("pod", "3", "exporter-3"),
              AllOf(StartsWith("--shard.index: "), HasSubstr("\"exporter-3\""), HasSubstr("is 3")));
  EXPECT_THAT(parsed("pod", "3", "exporter-99999999999999999999"), StartsWith("--shard.index: "));
}

TEST(ShardFlags, ABadValueIsRefusedAndItsFlagNamed) {
  for (const char* index : {"-1", "1.0", "+1", "x", " 1", "POD", "99999999999999999999"}) {
    EXPECT_THAT(parsed(index, "3"), AllOf(StartsWith("--shard.index: \""), HasSubstr("or \"pod\"")))
        << index;
  }
  for (const char* count : {"0", "-1", "x", "2.5", "10001", "99999999999999999999"}) {
    EXPECT_THAT(parsed("0", count), StartsWith("--shard.count: \"")) << count;
  }
}

TEST(ShardFlags, TheIndexIsBelowTheCount) {
  EXPECT_THAT(parsed("3", "3"), AllOf(StartsWith("--shard.index: \"3\""),
                                      HasSubstr("below --shard.count, which is 3")));
  EXPECT_THAT(parsed("1", "1"), StartsWith("--shard.index: "));
}

}  // namespace
}  // namespace cloud_billing
