// What a reload makes of accounts, against a simulated cloud in simulated time.

#include "polling/account_edit.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "tests/polling/poller_world.h"

namespace cloud_billing::account_edit_test {
namespace {

using std::chrono::hours;
using std::chrono::milliseconds;
using std::chrono::minutes;
using std::chrono::seconds;
using testing::AllOf;
using testing::Each;
using testing::ElementsAre;
using testing::Ge;
using testing::IsEmpty;
using testing::Le;
using testing::SizeIs;

std::string config_of(const std::string& accounts, const std::string& more = "") {
  return more + "polling: {balance: {interval: 10m}, bills: {interval: 10m}}\naccounts:\n" +
         accounts;
}

// At or up to 5 % of the interval after.
auto about(milliseconds time, milliseconds interval) {
  return AllOf(Ge(time), Le(time + interval / 20 + milliseconds(1)));
}

const std::string kAlone = account("a", "ak-a", "balance, bills");

// Reads 250 rows at once, and is edited after a minute.
class EditedAfterAMinute {
 public:
  EditedAfterAMinute(const std::string& before, const std::string& after, milliseconds end)
      : world(before) {
    world.rows["2026-11 postpaid"] = 250;
    world.reload_at(minutes(1), after);
    world.cloud.schedule(minutes(1) + milliseconds(1), [this] {
      shown = world.views;
      asked = world.cloud.calls().size();
    });
    world.run_for(end);
  }

  World world;
  std::vector<std::shared_ptr<const AccountView>> shown;  // right after the reload
  std::size_t asked = 0;                                  // requests by then
};

TEST(AReload, OfTheSameFileKeepsDataAndSchedule) {
  EditedAfterAMinute edited(config_of(kAlone), config_of(kAlone), minutes(9));
  ASSERT_THAT(edited.shown, SizeIs(1U));
  EXPECT_TRUE(edited.shown[0]->results.balance);
  EXPECT_EQ(edited.shown[0]->results.months.at(kNovember).value->rows, 250U);
  EXPECT_EQ(edited.shown[0]->collectors.front().up, true);
  EXPECT_EQ(edited.world.cloud.calls().size(), edited.asked) << "nothing is due yet";
}

TEST(AReload, KeepsTheScheduleToTheEndOfTheInterval) {
  EditedAfterAMinute edited(config_of(kAlone), config_of(kAlone), minutes(11));
  EXPECT_THAT(times_of(edited.world.cloud.calls_of("balance")),
              ElementsAre(milliseconds(0), about(minutes(10), minutes(10))));
}

TEST(AReload, OfAKeyBudgetLabelTimeoutOrRateKeepsDataAndSchedule) {
  const std::string after =
      "http: {timeout: 10s, max_retries: 1}\n" +
      config_of(account("a", "ak-new", "balance, bills",
                        "budget: 7, labels: {team: x}, requests_per_second: 3"));
  EditedAfterAMinute edited(config_of(kAlone), after, minutes(11));
  ASSERT_THAT(edited.shown, SizeIs(1U));
  EXPECT_EQ(edited.shown[0]->config->budget->to_decimal(), "7");
  EXPECT_EQ(edited.shown[0]->config->labels.at("team"), "x");
  EXPECT_EQ(edited.shown[0]->results.months.at(kNovember).value->rows, 250U);
  EXPECT_THAT(edited.shown[0]->results.months.at(kNovember).value->groups.lines, SizeIs(1U));
  EXPECT_THAT(times_of(edited.world.cloud.calls_of("balance"), "ak-a"),
              ElementsAre(milliseconds(0)));
  EXPECT_THAT(times_of(edited.world.cloud.calls_of("balance"), "ak-new"),
              ElementsAre(about(minutes(10), minutes(10))));
}

TEST(AReload, OfAShorterIntervalCountsFromTheLastPollsStart) {
  const std::string later = config_of(account("a", "ak-a", "balance", "intervals: {balance: 90s}"));
  const std::string overdue =
      config_of(account("a", "ak-a", "balance", "intervals: {balance: 30s}"));
  const std::string before = config_of(account("a", "ak-a", "balance"));
  EditedAfterAMinute soon(before, later, seconds(100));
  EXPECT_THAT(times_of(soon.world.cloud.calls_of("balance")),
              ElementsAre(milliseconds(0), about(seconds(90), seconds(90))));
  EditedAfterAMinute at_once(before, overdue, seconds(85));
  EXPECT_THAT(times_of(at_once.world.cloud.calls_of("balance")),
              ElementsAre(milliseconds(0), minutes(1)));
}

TEST(AReload, OfALongerIntervalCountsFromTheLastPollsStartToo) {
  EditedAfterAMinute edited(config_of(account("a", "ak-a", "balance", "intervals: {balance: 2m}")),
                            config_of(account("a", "ak-a", "balance", "intervals: {balance: 5m}")),
                            minutes(7));
  EXPECT_THAT(times_of(edited.world.cloud.calls_of("balance")),
              ElementsAre(milliseconds(0), about(minutes(5), minutes(5))));
}

TEST(AReload, ThatDropsAnAccountEndsItAtOnce) {
  World world(config_of(account("a", "ak-a", "bills", "requests_per_second: 1") +
                        account("b", "ak-b", "balance")));
  world.rows["2026-11 postpaid"] = 100000;
  world.reload_at(seconds(20), config_of(account("b", "ak-b", "balance")));
  world.run_for(minutes(2));
  ASSERT_THAT(world.views, SizeIs(1U));
  EXPECT_EQ(world.views[0]->config->name, "b");
  EXPECT_TRUE(world.views[0]->results.balance);
  EXPECT_THAT(times_of(world.cloud.calls(), "ak-a"), AllOf(SizeIs(Ge(15U)), Each(Le(seconds(20)))));
  EXPECT_EQ(world.cloud.in_flight(), 0U);
  EXPECT_THAT(world.records.polls,
              ElementsAre(CountedRecords::Poll{1, Collector::kBalance, std::nullopt}));
}

TEST(AReload, ThatAddsAnAccountStartsItAtOnceAndDisturbsNoOther) {
  EditedAfterAMinute edited(config_of(kAlone),
                            config_of(account("new", "ak-n", "balance") + kAlone), minutes(3));
  EXPECT_THAT(times_of(edited.world.cloud.calls_of("balance"), "ak-n"), ElementsAre(minutes(1)));
  EXPECT_THAT(times_of(edited.world.cloud.calls_of("balance"), "ak-a"),
              ElementsAre(milliseconds(0)));
  ASSERT_THAT(edited.world.views, SizeIs(2U));
  EXPECT_EQ(edited.world.views[0]->config->name, "new");
  EXPECT_TRUE(edited.world.views[0]->results.balance);
  EXPECT_EQ(edited.world.views[1]->results.months.at(kNovember).value->rows, 250U);
}

// What identifies an account's data: its name, provider, endpoint, currency, members,
// site.
TEST(AReload, OfTheIdentityBeginsAnewWithoutAnythingOld) {
  for (const std::string change :
       {"endpoint: 'https://other.example'", "currency: USD", "members: [sub]", "site: east"}) {
    EditedAfterAMinute edited(
        config_of(kAlone), config_of(account("a", "ak-a", "balance, bills", change)), minutes(2));
    ASSERT_THAT(edited.shown, SizeIs(1U)) << change;
    EXPECT_FALSE(edited.shown[0]->results.balance) << change;
    EXPECT_THAT(edited.shown[0]->results.months, IsEmpty()) << change;
    EXPECT_EQ(edited.shown[0]->collectors.front().up, std::nullopt) << change;
    EXPECT_THAT(times_of(edited.world.cloud.calls_of("balance")),
                ElementsAre(milliseconds(0), AllOf(Ge(minutes(1)), Le(seconds(61)))))
        << change;
  }
}

TEST(AReload, OfTheEndpointDuringAPollSendsNothingToTheOldOne) {
  World world(config_of(account("a", "ak-a", "bills", "requests_per_second: 1")));
  world.rows["2026-11 postpaid"] = 100000;
  world.latency = seconds(5);
  std::size_t abandoned = 0;
  world.reload_at(milliseconds(20500),
                  config_of(account("a", "ak-a", "bills", "endpoint: 'https://other.example'")));
  world.cloud.schedule(seconds(21), [&] {
    abandoned = world.cloud.abandoned();
    EXPECT_THAT(world.views.at(0)->results.months, IsEmpty());
  });
  world.run_for(seconds(30));
  EXPECT_GE(abandoned, 3U);
  for (const SimulatedCall& call : world.cloud.calls()) {
    EXPECT_EQ(call.host, call.at < milliseconds(20500) ? "billing.fake.example" : "other.example");
  }
}

TEST(AReload, OfTheAggregationKeepsTheTotalsAndPollsBillsAtOnce) {
  for (const std::string aggregation :
       {"{group_by: [region_id]}", "{tag_keys: [team]}", "{max_series: 7}"}) {
    EditedAfterAMinute edited(config_of(kAlone),
                              config_of(kAlone, "aggregation: " + aggregation + "\n"), minutes(2));
    const MonthCosts& kept = *edited.shown.at(0)->results.months.at(kNovember).value;
    EXPECT_EQ(kept.rows, 250U);
    EXPECT_EQ(kept.totals.at({"CNY", "postpaid"})[0].to_decimal(), "250");
    EXPECT_FALSE(kept.grouped);
    EXPECT_THAT(kept.groups.lines, IsEmpty());
    const MonthCosts& now = *edited.world.views.at(0)->results.months.at(kNovember).value;
    EXPECT_TRUE(now.grouped);
    ASSERT_THAT(now.groups.lines, SizeIs(1U));
    EXPECT_EQ(now.groups.lines[0].amounts[0].to_decimal(), "250");
    EXPECT_EQ(now.tag_groups.size(), aggregation == "{tag_keys: [team]}" ? 1U : 0U);
    EXPECT_THAT(times_of(edited.world.cloud.calls_of("balance")), ElementsAre(milliseconds(0)));
    const auto again = times_of(edited.world.cloud.calls_of("total")).back();
    EXPECT_THAT(again, AllOf(Ge(minutes(1)), Le(seconds(63)))) << aggregation;
  }
}

TEST(AReload, OfTheMeasuresAloneKeepsTheGroupsToo) {
  EditedAfterAMinute edited(
      config_of(kAlone), config_of(kAlone, "aggregation: {measures: [paid_amount]}\n"), minutes(2));
  EXPECT_TRUE(edited.shown.at(0)->results.months.at(kNovember).value->grouped);
  EXPECT_GT(edited.world.cloud.calls().size(), edited.asked) << "and polls all the same";
}

TEST(AReload, OfTheAggregationDuringAPollBeginsItAgain) {
  World world(config_of(account("a", "ak-a", "bills", "requests_per_second: 5")));
  world.rows["2026-11 postpaid"] = 5000;
  world.reload_at(seconds(5), config_of(account("a", "ak-a", "bills", "requests_per_second: 5"),
                                        "aggregation: {group_by: []}\n"));
  world.run_for(seconds(60));
  int first_pages = 0;
  for (const SimulatedCall& call : world.cloud.calls_of("bill")) {
    if (call.parameter("month") != "2026-11" || call.parameter("mode") != "postpaid") continue;
    first_pages += call.parameter("page") == "1";
  }
  EXPECT_EQ(first_pages, 2);
  const MonthCosts& costs = *world.views.at(0)->results.months.at(kNovember).value;
  EXPECT_EQ(costs.rows, 5000U);
  ASSERT_THAT(costs.groups.lines, SizeIs(1U));
  EXPECT_THAT(costs.groups.lines[0].values(), ElementsAre("CNY"));
  EXPECT_THAT(world.records.polls,
              ElementsAre(CountedRecords::Poll{0, Collector::kBills, std::nullopt}));
}

TEST(AReload, OfTheKeyDuringAPollReadsNoBillWithTwoKeys) {
  World world(config_of(account("a", "ak-old", "bills", "requests_per_second: 5")));
  world.rows["2026-11 postpaid"] = 5000;
  world.reload_at(milliseconds(5100),
                  config_of(account("a", "ak-new", "bills", "requests_per_second: 5")));
  world.run_for(seconds(60));
  int pages = 0;
  for (const SimulatedCall& call : world.cloud.calls_of("bill")) {
    EXPECT_EQ(call.access_key_id, call.at < milliseconds(5100) ? "ak-old" : "ak-new");
    if (call.access_key_id == "ak-new" && call.parameter("month") == "2026-11" &&
        call.parameter("mode") == "postpaid") {
      ++pages;
    }
  }
  EXPECT_EQ(pages, 50);
  EXPECT_EQ(world.views.at(0)->results.months.at(kNovember).value->rows, 5000U);
}

TEST(AReload, OfABudgetDuringAPollLetsItEndUnderTheNewOne) {
  World world(config_of(account("a", "ak-a", "bills", "requests_per_second: 5")));
  world.rows["2026-11 postpaid"] = 5000;
  // Twice, so that the first configuration is gone while the poll still runs.
  world.reload_at(seconds(5),
                  config_of(account("a", "ak-a", "bills", "requests_per_second: 5, budget: 1")));
  world.reload_at(seconds(6),
                  config_of(account("a", "ak-a", "bills", "requests_per_second: 5, budget: 2")));
  world.cloud.schedule(seconds(4), [&] { world.config = nullptr; });
  world.run_for(seconds(30));
  EXPECT_EQ(world.cloud.abandoned(), 0U);
  const AccountView& view = *world.views.at(0);
  EXPECT_EQ(view.config->budget->to_decimal(), "2");
  EXPECT_EQ(view.results.months.at(kNovember).value->rows, 5000U);
  EXPECT_THAT(world.records.polls,
              ElementsAre(CountedRecords::Poll{0, Collector::kBills, std::nullopt}));
}

TEST(AReload, OfTheKeyEndsTheWaitAfterAFailure) {
  World world("polling: {balance: {interval: 1h}}\naccounts:\n" +
              account("a", "ak-old", "balance"));
  world.trouble = [](const SimulatedCall& call) -> std::optional<SimulatedReply> {
    if (call.access_key_id != "ak-old") return std::nullopt;
    return SimulatedReply{refusal(403, "AccessDenied"), milliseconds(20)};
  };
  world.reload_at(minutes(10), "polling: {balance: {interval: 1h}}\naccounts:\n" +
                                   account("a", "ak-new", "balance"));
  world.run_for(minutes(11));
  EXPECT_THAT(times_of(world.cloud.calls_of("balance")), ElementsAre(milliseconds(0), minutes(10)));
}

// A permission may have been granted in the cloud's console, or a clock set right.
TEST(AReload, PollsAtOnceWhatFailedAndDisturbsNothingElse) {
  const std::string config =
      "polling: {balance: {interval: 1h}, bills: {interval: 1h}}\naccounts:\n" +
      account("a", "ak-a", "balance, bills");
  World world(config);
  world.trouble = [](const SimulatedCall& call) -> std::optional<SimulatedReply> {
    if (call.operation != "balance") return std::nullopt;
    return refuse(403, "AccessDenied");
  };
  world.reload_at(minutes(10), config);
  world.run_for(minutes(11));
  EXPECT_THAT(times_of(world.cloud.calls_of("balance")), ElementsAre(milliseconds(0), minutes(10)));
  for (const SimulatedCall& call : world.cloud.calls_of("bill")) EXPECT_LT(call.at, minutes(1));
}

TEST(AReload, AsksAgainForWhatTheKeyWasRefused) {
  const std::string config =
      "polling: {balance: {interval: 10m}}\naccounts:\n" + account("a", "ak-a", "balance");
  World world(config);
  world.reload_at(minutes(15), config);
  world.run_for(minutes(35));
  EXPECT_THAT(times_of(world.cloud.calls_of("credit")), SizeIs(2))
      << "at the start and at 20 minutes";
}

TEST(AReload, WaitsAsTheCloudAsked) {
  const std::string config =
      "http: {max_retries: 0}\npolling: {balance: {interval: 1h}}\naccounts:\n" +
      account("a", "ak-a", "balance");
  World world(config);
  world.trouble = [](const SimulatedCall& call) -> std::optional<SimulatedReply> {
    if (call.operation != "balance" || call.at > seconds(0)) return std::nullopt;
    return SimulatedReply{refusal(429, "Throttled", {{"retry-after", "600"}}), milliseconds(0)};
  };
  world.reload_at(minutes(4), config);
  world.run_for(minutes(11));
  EXPECT_THAT(times_of(world.cloud.calls_of("balance")), ElementsAre(milliseconds(0), minutes(10)));
}

TEST(AReload, OfTheCollectorsDropsTheDataOfThoseThatAreGone) {
  EditedAfterAMinute edited(config_of(kAlone), config_of(account("a", "ak-a", "balance")),
                            minutes(11));
  EXPECT_THAT(edited.shown.at(0)->results.months, IsEmpty());
  EXPECT_TRUE(edited.shown.at(0)->results.balance);
  EXPECT_THAT(edited.shown.at(0)->collectors, SizeIs(1U));
  EXPECT_THAT(times_of(edited.world.cloud.calls_of("bill")), Each(Le(minutes(1))));
  EditedAfterAMinute back(config_of(account("a", "ak-a", "balance")), config_of(kAlone),
                          minutes(2));
  EXPECT_EQ(back.world.months(0), (std::vector{kOctober, kNovember}));
  EXPECT_THAT(times_of(back.world.cloud.calls_of("balance")), ElementsAre(milliseconds(0)));
}

TEST(AReload, KeepsThePaceOfAKeyEvenWhereItsAccountIsGoneForAMoment) {
  const std::string slow = "requests_per_second: 0.1";
  World world(config_of(account("a", "shared", "bills", slow)));
  world.rows["2026-11 postpaid"] = 5000;
  world.reload_at(seconds(21), config_of(account("b", "other", "balance")));
  world.reload_at(seconds(23), config_of(account("c", "shared", "bills", slow)));
  world.run_for(seconds(60));
  const auto times = times_of(world.cloud.calls(), "shared");
  ASSERT_GE(times.size(), 5U);
  for (std::size_t i = 1; i < times.size(); ++i) {
    EXPECT_GE(times[i] - times[i - 1], seconds(10));
  }
}

TEST(AReload, MayLeaveAShardWithoutAccounts) {
  World world(config_of(kAlone));
  world.cloud.schedule(minutes(1), [&] {
    world.poller().mailbox().post_config({std::make_shared<const Config>(), {}});
  });
  world.reload_at(minutes(2), config_of(kAlone));
  world.run_for(minutes(3));
  EXPECT_THAT(times_of(world.cloud.calls_of("balance")), ElementsAre(milliseconds(0), minutes(2)));
}

}  // namespace
}  // namespace cloud_billing::account_edit_test
