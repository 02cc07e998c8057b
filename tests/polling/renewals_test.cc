// What the collector `renewals` brings and keeps, in simulated time.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "tests/accounts/record_text.h"
#include "tests/polling/poller_world.h"

namespace cloud_billing::renewals_test {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

std::string config_of(const std::string& collectors, const std::string& more = "") {
  return "accounts:\n" + account("a", "ak-a", collectors, more);
}
const std::string kRenewalsToo = config_of("balance, renewals");
// Five days, forty days and two hours after the start.
const std::string kSome =
    "row vm north manual 2026-11-20T04:00:00Z\nrow vm north auto 2026-12-25T04:00:00Z\n"
    "row disk / auto 2026-11-15T06:00:00Z\n";
const std::string kShown =
    "disk / auto 1 1 1 2026-11-15T06:00:00Z\nvm north manual 1 1 1 2026-11-20T04:00:00Z\n"
    "vm north auto 0 0 1 2026-12-25T04:00:00Z\n";

// What is known, too old or not: how many end within 7, 30 and 90 days, and when the first does.
std::string known_renewals(const World& world) {
  const auto& renewals = world.views.at(0)->results.renewals;
  if (!renewals) return "nothing";
  std::string text;
  for (const auto& [key, group] : renewals->value->resources) {
    text += key.service_type + " " + key.region_id + (key.auto_renew ? " auto" : " manual");
    for (const std::size_t count : group.within) text += " " + std::to_string(count);
    const auto first = group.first_expiry.at();
    text += " " + (first ? utc_text(*first) : "not known") + "\n";
  }
  return text;
}

// "disk,vm", for each request.
std::vector<std::string> services_asked_for(const World& world) {
  constexpr std::string_view kComma = "%2C";
  std::vector<std::string> asked;
  for (const SimulatedCall& call : world.cloud.calls_of("expiring")) {
    std::string& services = asked.emplace_back(call.parameter("services"));
    for (auto at = services.find(kComma); at != services.npos; at = services.find(kComma)) {
      services.replace(at, kComma.size(), ",");
    }
  }
  return asked;
}

std::optional<SimulatedReply> refuse_renewals(const SimulatedCall& call) {
  return call.operation == "expiring" ? std::optional(refuse(403, "AccessDenied")) : std::nullopt;
}

TEST(Renewals, AreReadEverySixHoursAndCountInEveryWindowThatTheyEndIn) {
  World world(kRenewalsToo);
  world.expiring = kSome;
  world.run_for(hours(5));
  EXPECT_EQ(known_renewals(world), kShown);
  EXPECT_THAT(world.cloud.calls_of("expiring"), SizeIs(1));
  World day(kRenewalsToo);
  day.run_for(hours(23));
  EXPECT_THAT(day.cloud.calls_of("expiring"), SizeIs(4));
}

TEST(Renewals, ThatHaveEndedOrEndLaterThanNinetyDaysCountNowhere) {
  World world(kRenewalsToo);
  world.expiring =
      "row vm north auto 2026-11-15T04:00:00Z\nrow vm north auto 2027-02-13T04:00:01Z\n"
      "row disk north auto 2027-02-13T04:00:00Z\n";
  world.run_for(minutes(1));
  EXPECT_EQ(known_renewals(world), "disk north auto 0 0 1 2027-02-13T04:00:00Z\n")
      << "exactly ninety days after the start";
}

TEST(Renewals, ThatAreRefusedLeaveTheBalanceAlone) {
  World world(kRenewalsToo);
  world.trouble = refuse_renewals;
  world.run_for(hours(1));
  EXPECT_EQ(known_renewals(world), "nothing");
  EXPECT_EQ(world.status(0, Collector::kBalance).up, true);
  EXPECT_EQ(world.status(0, Collector::kRenewals).up, false);
  EXPECT_EQ(world.status(0, Collector::kRenewals).last_failure->reason, Reason::kPermission);
}

TEST(Renewals, OfTheLastGoodPollStayWhenOneFails) {
  World world("polling: {renewals: {interval: 1h, max_age: 5h}}\n" + kRenewalsToo);
  world.expiring = kSome;
  world.trouble = [](const SimulatedCall& call) {
    return call.at > minutes(30) ? refuse_renewals(call) : std::nullopt;
  };
  world.run_for(hours(3));
  EXPECT_EQ(known_renewals(world), kShown);
  EXPECT_EQ(world.status(0, Collector::kRenewals).up, false);
}

TEST(Renewals, OfWhichOneHasNoEndThatCanBeReadAreNotCountedInItsGroupAndFailThePoll) {
  World world(kRenewalsToo);
  world.expiring = kSome + "row vm north manual someday\n";
  world.run_for(minutes(1));
  EXPECT_THAT(known_renewals(world), HasSubstr("vm north manual 1 1 1 not known\n"));
  EXPECT_THAT(known_renewals(world), HasSubstr("vm north auto 0 0 1 2026-12-25T04:00:00Z\n"));
  EXPECT_EQ(world.status(0, Collector::kRenewals).up, false);
  EXPECT_EQ(world.status(0, Collector::kRenewals).last_failure->reason, Reason::kDecode);
}

TEST(Renewals, SurviveARestart) {
  World before(kRenewalsToo);
  before.expiring = kSome;
  std::optional<std::string> record;
  before.poller().keep_records([&](const AccountRecord& kept) { record = record_text(kept); });
  before.run_for(minutes(1));
  ASSERT_TRUE(record);
  World after(kRenewalsToo, kStart + minutes(2));
  after.poller().restore(record_of(*record));
  after.run_for(minutes(1));
  EXPECT_EQ(known_renewals(after), kShown);
  EXPECT_THAT(after.cloud.calls_of("expiring"), IsEmpty());
}

TEST(Renewals, AreAskedForByTheServicesOfPrepaidRowsAndThoseOfTheConfiguration) {
  World world("polling: {renewals: {interval: 1h}}\n" +
              config_of("bills, renewals", "renewal_services: [lb, db]"));
  world.rows["2026-10 prepaid"] = 3;  // of vm
  world.run_for(minutes(90));
  EXPECT_THAT(services_asked_for(world), ElementsAre("db,lb", "db,lb,vm"))
      << "the bills are not known yet at the first poll";
}

TEST(Renewals, AreNotAskedForByServicesThatHavePostpaidRowsOnly) {
  World world("polling: {renewals: {interval: 1h}}\n" + config_of("bills, renewals"));
  world.rows["2026-11 postpaid"] = 3;
  world.run_for(minutes(90));
  EXPECT_THAT(services_asked_for(world), ElementsAre("", ""));
}

TEST(Renewals, AreAskedForByWhatWasPrepaidInAClosedMonthToo) {
  World world("polling: {renewals: {interval: 1h}, history: {months: 2}}\n" +
              config_of("history, renewals"));
  world.products["2026-09"] = "row disk prepaid 5\nrow cdn postpaid 7\n";
  world.run_for(minutes(90));
  EXPECT_EQ(services_asked_for(world).back(), "disk") << "bought for a year, it ends soon";
}

TEST(Renewals, OfAServiceWithoutAListAreAskedForOnce) {
  World world("polling: {renewals: {interval: 1h}}\n" +
              config_of("renewals", "renewal_services: [vm, gpu]"));
  world.expiring = kSome + "unlisted gpu\n";
  world.run_for(minutes(90));
  EXPECT_THAT(services_asked_for(world), ElementsAre("gpu,vm", "vm"));
  EXPECT_EQ(known_renewals(world), kShown);
  EXPECT_EQ(world.status(0, Collector::kRenewals).up, true);
}

TEST(Renewals, AreAskedForAtOnceWhenTheirServicesChange) {
  const std::string before = config_of("renewals", "renewal_services: [vm]");
  World same(before);
  same.reload_at(minutes(1), before);
  same.run_for(minutes(2));
  EXPECT_THAT(services_asked_for(same), ElementsAre("vm"));
  World changed(before);
  changed.reload_at(minutes(1), config_of("renewals", "renewal_services: [vm, gpu]"));
  changed.run_for(minutes(2));
  EXPECT_THAT(services_asked_for(changed), ElementsAre("vm", "gpu,vm"));

  std::optional<std::string> record;
  World first(before);
  first.poller().keep_records([&](const AccountRecord& kept) { record = record_text(kept); });
  first.run_for(minutes(1));
  World second(config_of("renewals", "renewal_services: [gpu]"), kStart + minutes(2));
  second.poller().restore(record_of(*record));
  second.run_for(minutes(1));
  EXPECT_THAT(services_asked_for(second), ElementsAre("gpu")) << "after a restart, too";
}

TEST(Renewals, AreAskedForAnewIfTheirServicesChangeWhileTheyAreAskedFor) {
  const std::string before = config_of("renewals", "renewal_services: [vm]");
  const std::string after = config_of("renewals", "renewal_services: [vm, gpu]");
  World first(before);
  first.latency = seconds(20);
  first.reload_at(seconds(10), after);
  first.run_for(minutes(2));
  EXPECT_THAT(services_asked_for(first), ElementsAre("vm", "gpu,vm")) << "during the first poll";
  World and_back(before);
  and_back.latency = seconds(20);
  and_back.reload_at(seconds(60), after);
  and_back.reload_at(seconds(70), before);
  and_back.run_for(minutes(3));
  EXPECT_THAT(services_asked_for(and_back), ElementsAre("vm", "gpu,vm", "vm"));
}

}  // namespace
}  // namespace cloud_billing::renewals_test
