#include "volcengine/regions.h"

#include <gtest/gtest.h>

#include <string>

namespace cloud_billing::volcengine {
namespace {

TEST(VolcengineZone, NamesItsRegionWhereItLooksLikeOne) {
  EXPECT_EQ(region_of_zone("cn-beijing-b"), "cn-beijing");
  EXPECT_EQ(region_of_zone("ap-southeast-1-a"), "ap-southeast-1");
  EXPECT_EQ(region_of_zone("ap-southeast-1a"), "ap-southeast-1");
  EXPECT_EQ(region_of_zone("ap-southeast-3c"), "ap-southeast-3");
  EXPECT_EQ(region_of_zone("cn-beijing2-a"), "cn-beijing2");
  for (const std::string_view other :
       {"", "a", "1a", "southeast1a", "-1a", "ap-1A", "-", "Zone1", "cn-beijing", "cn-b", "-b",
        "--b", "cn--b", "CN-Beijing-b", "cn-beijing-B", "cn-beijing-1", "cn beijing-b"}) {
    EXPECT_EQ(region_of_zone(other), "") << other;
  }
}

std::string region(Regions& regions, std::string_view code, std::string_view zone) {
  return regions.resolve(regions.region_of(code, zone));
}

TEST(VolcengineRegion, IsThatOfTheZoneElseOfTheKnownCode) {
  Regions regions;
  EXPECT_EQ(region(regions, "R000305", "cn-guangzhou-a"), "cn-guangzhou");
  EXPECT_EQ(region(regions, "R000305", "Zone1"), "cn-beijing");
  EXPECT_EQ(region(regions, "R000310", ""), "cn-shanghai");
  EXPECT_EQ(region(regions, "R000310", "-"), "cn-shanghai");
}

TEST(VolcengineRegion, IsGlobalWhereThereIsNone) {
  Regions regions;
  EXPECT_EQ(region(regions, "", ""), "global");
  EXPECT_EQ(region(regions, "-", "-"), "global");
  EXPECT_EQ(region(regions, "", "Zone1"), "global");
}

TEST(VolcengineRegion, IsToldByAnotherRowBeforeOrAfter) {
  Regions regions;
  const std::string early(regions.region_of("R000671", ""));
  EXPECT_EQ(regions.region_of("R000671", "cn-chengdu-a"), "cn-chengdu");
  const std::string late(regions.region_of("R000671", "-"));
  EXPECT_EQ(regions.resolve(early), "cn-chengdu");
  EXPECT_EQ(regions.resolve(late), "cn-chengdu");
  EXPECT_EQ(early, late);
}

TEST(VolcengineRegion, ThatNoRowTellsIsTheCodeItself) {
  Regions regions;
  EXPECT_EQ(region(regions, "R000999", ""), "R000999");
}

TEST(VolcengineRegion, DoesNotDependOnTheOrderOfRows) {
  Regions one;
  static_cast<void>(one.region_of("R1", "cn-a-a"));
  static_cast<void>(one.region_of("R1", "cn-b-a"));
  Regions other;
  static_cast<void>(other.region_of("R1", "cn-b-a"));
  static_cast<void>(other.region_of("R1", "cn-a-a"));
  EXPECT_EQ(region(one, "R1", ""), region(other, "R1", ""));
}

// A region may be called as another one's code is.
TEST(VolcengineRegion, IsNotTakenForACode) {
  Regions regions;
  static_cast<void>(regions.region_of("cn-shanghai", "cn-beijing-a"));
  EXPECT_EQ(region(regions, "R000310", "cn-shanghai-a"), "cn-shanghai");
}

TEST(VolcengineRegion, IsKnownByItsNameFromRowsWithAZone) {
  Regions regions;
  regions.learn_name("华北2（北京）", "cn-beijing-b");
  regions.learn_name("华北2（北京）", "Zone1");
  regions.learn_name("华东（金融云）", "");
  regions.learn_name("", "cn-shanghai-a");
  EXPECT_EQ(regions.by_name(),
            (std::map<std::string, std::string, std::less<>>{{"华北2（北京）", "cn-beijing"}}));
}

TEST(VolcengineRegion, OfANameIsTheSameWhateverTheOrderOfRows) {
  for (const bool reversed : {false, true}) {
    Regions regions;
    regions.learn_name("北京", reversed ? "cn-beijing2-a" : "cn-beijing-a");
    regions.learn_name("北京", reversed ? "cn-beijing-a" : "cn-beijing2-a");
    EXPECT_EQ(regions.by_name().at("北京"), "cn-beijing");
  }
}

}  // namespace
}  // namespace cloud_billing::volcengine
