// What the collector `coupons` brings and keeps, in simulated time.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <optional>
#include <string>

#include "tests/accounts/record_text.h"
#include "tests/literals.h"
#include "tests/polling/poller_world.h"

namespace cloud_billing::coupons_test {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using testing::IsEmpty;
using testing::SizeIs;

const std::string kCouponsToo = "accounts:\n" + account("a", "ak-a", "balance, coupons");
const std::string kTwoCoupons = "row 100.5 2026-12-31T15:59:59Z\nrow 20 2026-11-30T15:59:59Z\n";

// What is known, too old or not: what is left, and when the first one ends.
std::string known(const World& world) {
  const auto& coupons = world.views.at(0)->results.coupons;
  if (!coupons) return "nothing";
  const auto first = coupons->value->first_expiry.at();
  return coupons->value->balances.at("CNY").to_decimal() + " " +
         (first ? utc_text(*first) : "no end");
}

std::optional<SimulatedReply> refuse_coupons(const SimulatedCall& call) {
  return call.operation == "coupons" ? std::optional(refuse(403, "AccessDenied")) : std::nullopt;
}

TEST(Coupons, AreReadEverySixHours) {
  World world(kCouponsToo);
  world.coupons = kTwoCoupons;
  world.run_for(hours(23));
  EXPECT_EQ(known(world), "120.5 2026-11-30T15:59:59Z");
  EXPECT_THAT(world.cloud.calls_of("coupons"), SizeIs(4));
}

TEST(Coupons, ThatAreRefusedLeaveTheBalanceAlone) {
  World world(kCouponsToo);
  world.trouble = refuse_coupons;
  world.run_for(hours(1));
  EXPECT_EQ(known(world), "nothing");
  EXPECT_EQ(world.status(0, Collector::kBalance).up, true);
  EXPECT_EQ(world.status(0, Collector::kCoupons).up, false);
  EXPECT_EQ(world.status(0, Collector::kCoupons).last_failure->reason, Reason::kPermission);
}

TEST(Coupons, OfTheLastGoodPollStayWhenOneFails) {
  World world("polling: {coupons: {interval: 1h, max_age: 5h}}\n" + kCouponsToo);
  world.coupons = kTwoCoupons;
  world.trouble = [](const SimulatedCall& call) {
    return call.at > minutes(30) ? refuse_coupons(call) : std::nullopt;
  };
  world.run_for(hours(3));
  EXPECT_EQ(known(world), "120.5 2026-11-30T15:59:59Z");
  EXPECT_EQ(world.status(0, Collector::kCoupons).up, false);
}

TEST(Coupons, SurviveARestart) {
  World before(kCouponsToo);
  before.coupons = kTwoCoupons + "row 1 never\n";
  std::optional<std::string> record;
  before.poller().keep_records([&](const AccountRecord& kept) { record = record_text(kept); });
  before.run_for(minutes(1));
  ASSERT_TRUE(record);
  World after(kCouponsToo, kStart + minutes(2));
  after.poller().restore(record_of(*record));
  after.run_for(minutes(1));
  EXPECT_EQ(known(after), "121.5 no end") << "one has no end that can be read";
  EXPECT_THAT(after.cloud.calls_of("coupons"), IsEmpty());
}

}  // namespace
}  // namespace cloud_billing::coupons_test
