#include "providers/refusals.h"

#include <gtest/gtest.h>

#include <chrono>

namespace cloud_billing {
namespace {

using std::chrono::hours;

constexpr Operation kQuota{.provider = "cloud", .label = "quota"};
constexpr Operation kBudget{.provider = "cloud", .label = "budget"};
constexpr UtcSeconds kNoon{hours(490000)};

TEST(Refusals, HoldForADayAndForTheirOperationOnly) {
  Refusals refusals;
  EXPECT_FALSE(refusals.holds(kQuota, kNoon));
  refusals.note(kQuota, kNoon);
  EXPECT_TRUE(refusals.holds(kQuota, kNoon + hours(23)));
  EXPECT_FALSE(refusals.holds(kQuota, kNoon + hours(24)));
  EXPECT_FALSE(refusals.holds(kBudget, kNoon));
  refusals.clear();
  EXPECT_FALSE(refusals.holds(kQuota, kNoon));
}

TEST(Refusals, OfWhatTheCloudDoesNotHaveHoldUntilTheKeyChanges) {
  Refusals refusals;
  refusals.note_unsupported(kQuota, "vm");
  EXPECT_TRUE(refusals.is_unsupported(kQuota, "vm"));
  EXPECT_FALSE(refusals.is_unsupported(kQuota, "disk"));
  EXPECT_FALSE(refusals.is_unsupported(kBudget, "vm"));
  EXPECT_FALSE(refusals.holds(kQuota, kNoon));
  refusals.clear();
  EXPECT_FALSE(refusals.is_unsupported(kQuota, "vm"));
}

TEST(Refusals, OfAClockThatWasAheadDoNotHold) {
  Refusals refusals;
  refusals.note(kQuota, kNoon + hours(24 * 365));
  EXPECT_FALSE(refusals.holds(kQuota, kNoon));
}

}  // namespace
}  // namespace cloud_billing
