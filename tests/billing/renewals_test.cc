#include "billing/renewals.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace cloud_billing::renewals_test {
namespace {

using std::chrono::days;
using std::chrono::seconds;
using testing::ElementsAre;
using testing::IsEmpty;

constexpr UtcSeconds kNoon{std::chrono::hours(490000)};
const RenewalKey kServer{"vm", "north", false};

std::vector<std::size_t> counts_of(const Renewals& renewals, const RenewalKey& key = kServer) {
  const auto& within = renewals.resources.at(key).within;
  return {within.begin(), within.end()};
}

TEST(Renewals, CountInEveryWindowThatTheyEndInItsLastSecondIncluded) {
  Renewals renewals;
  for (const days length : {days(7), days(30), days(90)}) {
    renewals.add(kServer, kNoon + length, kNoon);
    renewals.add(kServer, kNoon + length + seconds(1), kNoon);
  }
  renewals.add(kServer, kNoon + seconds(1), kNoon);
  EXPECT_THAT(counts_of(renewals), ElementsAre(2, 4, 6));
  EXPECT_EQ(renewals.resources.at(kServer).first_expiry.at(), kNoon + seconds(1));
  EXPECT_EQ(renewals.count(), 6U);
}

TEST(Renewals, ThatHaveEndedOrEndLaterCountNowhere) {
  Renewals renewals;
  renewals.add(kServer, kNoon, kNoon);
  renewals.add(kServer, kNoon - days(3), kNoon);
  renewals.add(kServer, kNoon + days(90) + seconds(1), kNoon);
  EXPECT_THAT(renewals.resources, IsEmpty());
}

TEST(Renewals, OfSeveralListsAreAddedByServiceRegionAndRenewal) {
  Renewals one;
  one.add(kServer, kNoon + days(5), kNoon);
  one.add({"vm", "north", true}, kNoon + days(5), kNoon);
  one.unlisted_services = {"gpu"};
  Renewals other;
  other.add(kServer, kNoon + days(2), kNoon);
  other.add({"vm", "south", false}, kNoon + days(50), kNoon);
  other.failure = Failure::decode("a time");
  other.unlisted_services = {"log"};
  EXPECT_TRUE(one.merge(other));
  EXPECT_THAT(counts_of(one), ElementsAre(2, 2, 2));
  EXPECT_EQ(one.resources.at(kServer).first_expiry.at(), kNoon + days(2));
  EXPECT_THAT(counts_of(one, {"vm", "north", true}), ElementsAre(1, 1, 1));
  EXPECT_THAT(counts_of(one, {"vm", "south", false}), ElementsAre(0, 0, 1));
  EXPECT_THAT(one.unlisted_services, ElementsAre("gpu", "log"));
  EXPECT_TRUE(one.failure);
}

TEST(Renewals, OfWhichOneHasNoKnownEndAreNotKnownOfItsGroup) {
  Renewals one;
  one.add(kServer, kNoon + days(5), kNoon);
  EXPECT_TRUE(one.resources.at(kServer).is_known());
  Renewals other;
  other.add_undated(kServer);
  EXPECT_TRUE(one.merge(other));
  EXPECT_FALSE(one.resources.at(kServer).is_known());
  EXPECT_FALSE(one.resources.at(kServer).first_expiry.at()) << "it may be the first";
}

}  // namespace
}  // namespace cloud_billing::renewals_test
