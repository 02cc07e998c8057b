// What the collector `amortization` reads when, and what is shown of it, in simulated time.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <optional>
#include <set>
#include <string>

#include "exposition/exposition.h"
#include "tests/accounts/record_text.h"
#include "tests/polling/poller_world.h"

namespace cloud_billing::amortization_test {
namespace {

using std::chrono::days;
using std::chrono::hours;
using std::chrono::milliseconds;
using std::chrono::minutes;
using std::chrono::seconds;
using testing::IsEmpty;

const std::string kBoth = "accounts:\n" + account("a", "ak-a", "bills, amortization");
const std::string kAlone = "accounts:\n" + account("a", "ak-a", "amortization");

// Period and billing mode to what is shown. Each row of a simulated bill costs 1.
using Shown = std::map<std::string, std::string>;

std::string text_of(const World& world) {
  Snapshot input;
  input.config = world.config;
  input.now = std::chrono::floor<seconds>(world.cloud.wall());
  input.accounts = world.views;
  return render_exposition(input);
}

Shown shown(const World& world, const std::string& family = "account_effective_cost") {
  const std::string text = text_of(world);
  Shown costs;
  for (const std::string period : {"current", "previous"}) {
    for (const std::string mode : {"prepaid", "postpaid"}) {
      const std::string sample = "\ncloud_billing_" + family +
                                 "{provider=\"fake\",account=\"a\",period=\"" + period +
                                 "\",currency=\"CNY\",billing_mode=\"" + mode + "\"} ";
      const std::size_t at = text.find(sample);
      if (at == std::string::npos) continue;
      const std::size_t value = at + sample.size();
      costs[period + " " + mode] = text.substr(value, text.find('\n', value) - value);
    }
  }
  return costs;
}

void fill_books(World& world) {
  world.rows = {{"2026-11 postpaid", 30}, {"2026-10 postpaid", 40}};
  world.shares = {{"2026-11 postpaid", 30},
                  {"2026-11 prepaid", 7},
                  {"2026-10 postpaid", 40},
                  {"2026-10 prepaid", 120}};
}
const Shown kBooks{{"current postpaid", "30"},
                   {"current prepaid", "7"},
                   {"previous postpaid", "40"},
                   {"previous prepaid", "120"}};

bool is_of_shares(const SimulatedCall& call) { return call.operation == "shares"; }

TEST(Amortization, ShowsBothMonthsBesideTheBill) {
  World world(kBoth);
  fill_books(world);
  EXPECT_TRUE(world.run_once());
  EXPECT_EQ(shown(world), kBooks);
  EXPECT_EQ(shown(world, "account_billed_cost")["previous prepaid"], "0");
}

TEST(Amortization, NeedsNoBills) {
  World world(kAlone);
  fill_books(world);
  EXPECT_TRUE(world.run_once());
  EXPECT_EQ(shown(world), kBooks);
}

TEST(Amortization, ThatIsNotSwitchedOnShowsNothingAndFailsNothing) {
  for (const std::string& config : {kBoth, kAlone}) {
    World world(config);
    world.rows = {{"2026-11 postpaid", 30}, {"2026-10 postpaid", 40}};
    EXPECT_TRUE(world.run_once());
    EXPECT_THAT(shown(world), IsEmpty());
    EXPECT_EQ(text_of(world).find("cloud_billing_effective_"), std::string::npos);
    EXPECT_EQ(world.status(0, Collector::kAmortization).up, true);
  }
}

TEST(Amortization, OfAnAccountWithoutAnyBillIsZero) {
  World world(kBoth);
  EXPECT_TRUE(world.run_once());
  EXPECT_EQ(shown(world), (Shown{{"current postpaid", "0"},
                                 {"current prepaid", "0"},
                                 {"previous postpaid", "0"},
                                 {"previous prepaid", "0"}}));
}

TEST(Amortization, ThatIsRefusedLeavesTheBillsAlone) {
  World world(kBoth);
  fill_books(world);
  world.trouble = [](const SimulatedCall& call) -> std::optional<SimulatedReply> {
    return is_of_shares(call) ? std::optional(refuse(403, "AccessDenied")) : std::nullopt;
  };
  world.run_for(minutes(30));
  EXPECT_THAT(shown(world), IsEmpty());
  EXPECT_EQ(shown(world, "account_billed_cost")["current postpaid"], "30");
  EXPECT_EQ(world.status(0, Collector::kBills).up, true);
  EXPECT_EQ(world.status(0, Collector::kAmortization).up, false);
  EXPECT_EQ(world.status(0, Collector::kAmortization).last_failure->reason, Reason::kPermission);
}

TEST(Amortization, IsPolledEverySixHoursAndAnOldMonthOnceADay) {
  World world(kAlone, utc(2026, 11, 15));
  fill_books(world);
  world.run_for(hours(23));
  std::map<std::string, int> asked;
  for (const SimulatedCall& call : world.cloud.calls_of("shares")) {
    if (call.parameter("mode") == "prepaid" && call.parameter("page") == "1") {
      ++asked[call.parameter("month")];
    }
  }
  EXPECT_EQ(asked, (std::map<std::string, int>{{"2026-11", 4}, {"2026-10", 1}}));
}

TEST(Amortization, KeepsAMonthThatFailsLaterUntilItIsTooOld) {
  World world("polling: {amortization: {interval: 1h, max_age: 5h}}\n" + kAlone, utc(2026, 11, 15));
  fill_books(world);
  world.trouble = [&](const SimulatedCall& call) -> std::optional<SimulatedReply> {
    return call.at > minutes(90) ? std::optional(refuse(500, "InternalError")) : std::nullopt;
  };
  Shown kept;
  world.cloud.schedule(hours(4), [&] { kept = shown(world); });
  world.run_for(hours(8));
  EXPECT_EQ(kept, kBooks);
  EXPECT_THAT(shown(world), IsEmpty());
  EXPECT_EQ(world.status(0, Collector::kAmortization).up, false);
}

TEST(Amortization, OfTheMonthIsThePreviousOnesOnceTheMonthChanges) {
  World world(kAlone, kChinaTime.end_of(kNovember) - hours(1));
  fill_books(world);
  world.run_for(hours(1) + minutes(1));  // no poll is due
  EXPECT_EQ(shown(world), (Shown{{"previous postpaid", "30"}, {"previous prepaid", "7"}}));
}

TEST(Amortization, SurvivesARestart) {
  World before(kBoth);
  fill_books(before);
  std::optional<std::string> record;
  before.poller().keep_records([&](const AccountRecord& kept) { record = record_text(kept); });
  before.run_for(minutes(1));
  ASSERT_TRUE(record);
  World after(kBoth, kStart + minutes(2));
  after.poller().restore(record_of(*record));
  after.run_for(minutes(1));
  EXPECT_EQ(shown(after), kBooks);
  EXPECT_THAT(after.cloud.calls_of("shares"), IsEmpty());
}

TEST(Amortization, IsReadAnewForGroupsOfAnotherKindAndKeepsItsTotals) {
  World world(kAlone);
  fill_books(world);
  const std::string regions = "aggregation: {group_by: [region_id]}\n" + kAlone;
  world.reload_at(minutes(1), regions);
  Shown at_reload;
  world.cloud.schedule(minutes(1) + milliseconds(10), [&] { at_reload = shown(world); });
  world.run_for(minutes(2));
  EXPECT_EQ(at_reload, kBooks);
  const std::string text = text_of(world);
  EXPECT_NE(text.find("cloud_billing_effective_cost{provider=\"fake\",account=\"a\","
                      "period=\"current\",currency=\"CNY\",region_id="),
            std::string::npos);
}

}  // namespace
}  // namespace cloud_billing::amortization_test
