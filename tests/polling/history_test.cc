// What the collector `history` reads when, in simulated time: each closed month once.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "exposition/exposition.h"
#include "tests/accounts/record_text.h"
#include "tests/polling/poller_world.h"

namespace cloud_billing::history_test {
namespace {

using std::chrono::days;
using std::chrono::hours;
using std::chrono::milliseconds;
using std::chrono::minutes;
using std::chrono::seconds;
using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::SizeIs;

// An account with closed months only; `months` before October, which is `previous`.
std::string config_of(int months) {
  return "polling: {history: {months: " + std::to_string(months) + "}}\naccounts:\n" +
         account("a", "ak-a", "history");
}

void fill_books(World& world) {
  world.products = {{"2026-09", "row vm postpaid 9.1\nrow vm prepaid 0.9\nrow disk postpaid 0\n"},
                    {"2026-08", "row vm postpaid 8\n"},
                    {"2026-10", "row vm postpaid 10\n"}};
}

std::vector<std::string> asked_months(const World& world) {
  std::vector<std::string> months;
  for (const SimulatedCall& call : world.cloud.calls_of("products")) {
    months.push_back(call.parameter("month"));
  }
  return months;
}

// "2026-09 vm postpaid 9.1" and so on.
std::set<std::string> shown(const World& world) {
  Snapshot input;
  input.config = world.config;
  input.now = std::chrono::floor<seconds>(world.cloud.wall());
  input.accounts = world.views;
  const std::string text = render_exposition(input);
  std::set<std::string> months;
  const std::string head =
      "cloud_billing_closed_month_billed_cost{provider=\"fake\",account=\"a\",month=\"";
  for (std::size_t at = text.find(head); at != std::string::npos; at = text.find(head, at + 1)) {
    const std::string line = text.substr(at, text.find('\n', at) - at);
    std::string words;
    bool inside = false;
    for (const char sign : line.substr(line.find("month="))) {
      if (sign == '"') {
        if (inside) words += ' ';
        inside = !inside;
      } else if (inside) {
        words += sign;
      }
    }
    months.insert(words + line.substr(line.find("} ") + 2));
  }
  return months;
}

std::optional<std::string> run_and_keep(World& world, milliseconds duration) {
  std::optional<std::string> record;
  world.poller().keep_records([&](const AccountRecord& kept) { record = record_text(kept); });
  world.run_for(duration);
  return record;
}

TEST(History, ReadsTheMonthsBeforeThePreviousOneTheNewestFirstAndEachOnce) {
  World world(config_of(3));
  fill_books(world);
  world.run_for(days(5));
  EXPECT_THAT(asked_months(world), ElementsAre("2026-09", "2026-08", "2026-07"));
  // A service without cost has no series, and neither has a month.
  EXPECT_THAT(shown(world), ElementsAre("2026-08 CNY vm postpaid 8", "2026-09 CNY vm postpaid 9.1",
                                        "2026-09 CNY vm prepaid 0.9"));
  EXPECT_EQ(world.status(0, Collector::kHistory).up, true);
  EXPECT_GE(world.records.polls.size(), 5U) << "a poll that has nothing to ask is a good one";
}

TEST(History, IsTwelveMonthsIfNothingElseIsConfiguredAndNeverGrowsOld) {
  World world("accounts:\n" + account("a", "ak-a", "history"));
  fill_books(world);
  world.run_for(days(4));
  EXPECT_THAT(asked_months(world), SizeIs(12));
  EXPECT_EQ(asked_months(world).back(), "2025-10");
  EXPECT_THAT(shown(world), SizeIs(3));
}

TEST(History, GetsWhatWasThePreviousMonthWhenTheMonthChangesAndItsOldestLeaves) {
  World world(config_of(2));
  fill_books(world);
  world.run_for(days(17));  // until the 2nd of December
  EXPECT_THAT(asked_months(world), ElementsAre("2026-09", "2026-08", "2026-10"));
  EXPECT_THAT(shown(world), ElementsAre("2026-09 CNY vm postpaid 9.1", "2026-09 CNY vm prepaid 0.9",
                                        "2026-10 CNY vm postpaid 10"));
}

TEST(History, AsksForNothingTwiceAcrossARestart) {
  World before(config_of(2));
  fill_books(before);
  const auto record = run_and_keep(before, minutes(1));
  ASSERT_TRUE(record);
  World after(config_of(2), kStart + minutes(2));
  fill_books(after);
  after.poller().restore(record_of(*record));
  EXPECT_EQ(shown(after), shown(before));
  after.run_for(days(3));
  EXPECT_THAT(after.cloud.calls(), IsEmpty());
  EXPECT_EQ(shown(after), shown(before));
}

TEST(History, ReadsTheRestAtOnceIfMoreMonthsAreConfiguredLater) {
  World world(config_of(1));
  fill_books(world);
  world.reload_at(minutes(10), config_of(3));
  world.run_for(minutes(11));
  EXPECT_THAT(asked_months(world), ElementsAre("2026-09", "2026-08", "2026-07"));
  World before(config_of(1));
  fill_books(before);
  const auto record = run_and_keep(before, minutes(1));
  World after(config_of(2), kStart + minutes(2));
  fill_books(after);
  after.poller().restore(record_of(*record));
  after.run_for(minutes(1));
  EXPECT_THAT(asked_months(after), ElementsAre("2026-08"));
}

TEST(History, ShowsFewerMonthsIfFewerAreConfiguredLater) {
  World world(config_of(3));
  fill_books(world);
  world.reload_at(minutes(10), config_of(1));
  world.run_for(minutes(11));
  EXPECT_THAT(asked_months(world), SizeIs(3));
  EXPECT_THAT(shown(world),
              ElementsAre("2026-09 CNY vm postpaid 9.1", "2026-09 CNY vm prepaid 0.9"));
  World before(config_of(3));
  fill_books(before);
  const auto record = run_and_keep(before, minutes(1));
  World after(config_of(1), kStart + minutes(2));
  after.poller().restore(record_of(*record));
  EXPECT_THAT(shown(after), SizeIs(2));
}

TEST(History, OfAKeyThatIsRefusedIsOneRequestAndNoMonth) {
  World world(config_of(12));
  world.trouble = [](const SimulatedCall&) { return refuse(403, "AccessDenied"); };
  world.latency = milliseconds(20);
  world.run_for(hours(20));
  EXPECT_THAT(asked_months(world), ElementsAre("2026-09"));
  EXPECT_EQ(world.status(0, Collector::kHistory).up, false);
  const auto& failure = world.status(0, Collector::kHistory).last_failure;
  ASSERT_TRUE(failure);
  EXPECT_EQ(failure->reason, Reason::kPermission);
  EXPECT_THAT(failure->message, HasSubstr("products of 2026-09"));
  EXPECT_THAT(shown(world), IsEmpty());
}

TEST(History, KeepsTheMonthsThatWereReadAndAsksAgainForTheOneThatFailed) {
  World world("http: {max_retries: 0}\n" + config_of(3));
  fill_books(world);
  bool mended = false;
  world.trouble = [&](const SimulatedCall& call) -> std::optional<SimulatedReply> {
    if (mended || call.parameter("month") != "2026-08") return std::nullopt;
    return SimulatedReply{response_of("row vm postpaid nonsense\n"), milliseconds(20)};
  };
  world.cloud.schedule(milliseconds(4000), [&] {
    EXPECT_THAT(shown(world), SizeIs(2)) << "the other month";
    EXPECT_EQ(world.status(0, Collector::kHistory).up, false);
    EXPECT_THAT(world.status(0, Collector::kHistory).last_failure->message,
                HasSubstr("products of 2026-08"));
    mended = true;
  });
  world.run_for(minutes(1));
  EXPECT_THAT(asked_months(world), ElementsAre("2026-09", "2026-08", "2026-07", "2026-08"));
  EXPECT_EQ(world.status(0, Collector::kHistory).up, true);
  EXPECT_THAT(shown(world), SizeIs(3));
}

TEST(History, WithoutTheCollectorOrOfAnotherIdentityIsForgotten) {
  World before(config_of(1));
  fill_books(before);
  const auto record = run_and_keep(before, minutes(1));
  World without("accounts:\n" + account("a", "ak-a", "balance"), kStart + minutes(2));
  without.poller().restore(record_of(*record));
  EXPECT_THAT(shown(without), IsEmpty());
  World other("accounts:\n" + account("a", "ak-a", "history", "currency: USD"),
              kStart + minutes(2));
  other.poller().restore(record_of(*record));
  EXPECT_THAT(shown(other), IsEmpty());
}

// Of a rotated key they stay; but a key of another account of the cloud would never get its own.
TEST(History, OfAnotherAccountOfTheCloudIsReadAnew) {
  World world("polling: {history: {months: 1}}\naccounts:\n" +
              account("a", "ak-a", "balance, history"));
  fill_books(world);
  world.account_of = {{"ak-other", "account-2"}};
  world.cloud.schedule(hours(1), [&] {
    world.poller().mailbox().post_secrets({{0, key_named("ak-rotated")}});
  });
  world.cloud.schedule(hours(50), [&] {
    EXPECT_THAT(asked_months(world), SizeIs(1));
    EXPECT_THAT(shown(world), SizeIs(2));
    world.products["2026-09"] = "row vm postpaid 77\n";
    world.poller().mailbox().post_secrets({{0, key_named("ak-other")}});
  });
  world.cloud.schedule(hours(51), [&] { EXPECT_THAT(shown(world), IsEmpty()); });
  world.run_for(hours(80));
  EXPECT_THAT(shown(world), ElementsAre("2026-09 CNY vm postpaid 77"));
  EXPECT_THAT(asked_months(world), ElementsAre("2026-09", "2026-09"));
}

// A host whose clock was ahead for an hour has asked for months that are not closed.
TEST(History, OfMonthsThatAreNotClosedIsDropped) {
  World world(config_of(1));
  fill_books(world);
  world.cloud.set_wall_ahead(days(40));
  world.cloud.schedule(hours(1), [&] { world.cloud.set_wall_ahead(hours(0)); });
  world.run_for(days(2));
  EXPECT_THAT(asked_months(world), ElementsAre("2026-10", "2026-09"));
  EXPECT_THAT(shown(world), AllOf(SizeIs(2), Not(testing::Contains("2026-10 CNY vm postpaid 10"))));
}

TEST(History, OnceReadsItOnce) {
  World world(config_of(2));
  fill_books(world);
  EXPECT_TRUE(world.run_once());
  EXPECT_THAT(asked_months(world), ElementsAre("2026-09", "2026-08"));
  EXPECT_THAT(shown(world), SizeIs(3));
}

}  // namespace
}  // namespace cloud_billing::history_test
