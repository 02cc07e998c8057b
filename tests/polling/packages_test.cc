// What the collector `packages` brings and keeps, in simulated time.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <optional>
#include <string>

#include "tests/accounts/record_text.h"
#include "tests/literals.h"
#include "tests/polling/poller_world.h"

namespace cloud_billing::packages_test {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using testing::IsEmpty;
using testing::SizeIs;

const std::string kPackagesToo = "accounts:\n" + account("a", "ak-a", "balance, packages");
const std::string kSomePackages = "row TOS GB 25 100 2026-12-31T15:59:59Z\n";

// What is known, too old or not: the part that is left of each, and when the first of it ends.
std::string known_packages(const World& world) {
  const auto& packages = world.views.at(0)->results.packages;
  if (!packages) return "nothing";
  std::string text;
  for (const auto& [key, sums] : packages->value->sums) {
    const auto first = packages->value->first_expiries.at(key.service_type).at();
    text += key.service_type + " " + key.unit + " " + std::to_string(*sums.remaining_ratio()) +
            " " + (first ? utc_text(*first) : "no end") + "\n";
  }
  return text;
}

std::optional<SimulatedReply> refuse_packages(const SimulatedCall& call) {
  return call.operation == "packages" ? std::optional(refuse(403, "AccessDenied")) : std::nullopt;
}

TEST(Packages, AreReadEverySixHours) {
  World world(kPackagesToo);
  world.packages = kSomePackages;
  world.run_for(hours(23));
  EXPECT_EQ(known_packages(world), "TOS GB 0.250000 2026-12-31T15:59:59Z\n");
  EXPECT_THAT(world.cloud.calls_of("packages"), SizeIs(4));
}

TEST(Packages, ThatAreRefusedLeaveTheBalanceAlone) {
  World world(kPackagesToo);
  world.trouble = refuse_packages;
  world.run_for(hours(1));
  EXPECT_EQ(known_packages(world), "nothing");
  EXPECT_EQ(world.status(0, Collector::kBalance).up, true);
  EXPECT_EQ(world.status(0, Collector::kPackages).up, false);
  EXPECT_EQ(world.status(0, Collector::kPackages).last_failure->reason, Reason::kPermission);
}

TEST(Packages, OfTheLastGoodPollStayWhenOneFails) {
  World world("polling: {packages: {interval: 1h, max_age: 5h}}\n" + kPackagesToo);
  world.packages = kSomePackages;
  world.trouble = [](const SimulatedCall& call) {
    return call.at > minutes(30) ? refuse_packages(call) : std::nullopt;
  };
  world.run_for(hours(3));
  EXPECT_EQ(known_packages(world), "TOS GB 0.250000 2026-12-31T15:59:59Z\n");
  EXPECT_EQ(world.status(0, Collector::kPackages).up, false);
}

TEST(Packages, SurviveARestart) {
  World before(kPackagesToo);
  before.packages = kSomePackages + "row CDN GB 9 10 never\n";
  std::optional<std::string> record;
  before.poller().keep_records([&](const AccountRecord& kept) { record = record_text(kept); });
  before.run_for(minutes(1));
  ASSERT_TRUE(record);
  World after(kPackagesToo, kStart + minutes(2));
  after.poller().restore(record_of(*record));
  after.run_for(minutes(1));
  EXPECT_EQ(known_packages(after),
            "CDN GB 0.900000 no end\nTOS GB 0.250000 2026-12-31T15:59:59Z\n");
  EXPECT_THAT(after.cloud.calls_of("packages"), IsEmpty());
}

}  // namespace
}  // namespace cloud_billing::packages_test
