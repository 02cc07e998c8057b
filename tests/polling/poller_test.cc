// The poller, the account's state and the pace, against a simulated cloud in simulated time.

#include "polling/poller.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "system/log.h"
#include "tests/polling/poller_world.h"

namespace cloud_billing {
namespace {

using std::chrono::hours;
using std::chrono::milliseconds;
using std::chrono::minutes;
using std::chrono::seconds;
using testing::AllOf;
using testing::Each;
using testing::ElementsAre;
using testing::Ge;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Le;
using testing::Not;
using testing::SizeIs;

std::vector<milliseconds> times_of(const std::vector<SimulatedCall>& calls) {
  std::vector<milliseconds> times;
  for (const SimulatedCall& call : calls) times.push_back(call.at);
  return times;
}

std::vector<milliseconds> gaps_of(const std::vector<SimulatedCall>& calls) {
  std::vector<milliseconds> gaps;
  for (std::size_t i = 1; i < calls.size(); ++i) gaps.push_back(calls[i].at - calls[i - 1].at);
  return gaps;
}

// At or up to 5 % after.
auto about(milliseconds time) { return AllOf(Ge(time), Le(time + time / 20 + milliseconds(1))); }

SimulatedReply refuse(int status, const std::string& code) {
  return SimulatedReply{refusal(status, code), milliseconds(20)};
}

// ---- schedule ----

TEST(Schedule, FirstPollsStartAtOnce) {
  World world("accounts:\n" + account("a", "ak-a", "balance") + account("b", "ak-b", "bills"));
  world.run_for(milliseconds(10));
  EXPECT_THAT(times_of(world.cloud.calls()), ElementsAre(milliseconds(0), milliseconds(0)));
}

TEST(Schedule, IntervalsCountFromThePollsStartWithAtMostFivePercentOnTop) {
  World world("polling: {balance: {interval: 60s}}\naccounts:\n" + account("a", "ak-a", "balance"));
  world.latency = seconds(10);
  world.run_for(hours(1));
  const auto gaps = gaps_of(world.cloud.calls_of("cash_balance"));
  ASSERT_GE(gaps.size(), 50U);
  EXPECT_THAT(gaps, Each(about(seconds(60))));
  EXPECT_GT(std::set(gaps.begin(), gaps.end()).size(), 10U) << "polls march in step";
}

TEST(Schedule, AccountsCanHaveIntervalsOfTheirOwn) {
  World world("accounts:\n" + account("a", "ak-a", "balance", "intervals: {balance: 10s}"));
  world.run_for(minutes(2));
  EXPECT_THAT(gaps_of(world.cloud.calls_of("cash_balance")), Each(about(seconds(10))));
}

TEST(Schedule, APollNeverOverlapsItself) {
  World world("polling: {balance: {interval: 1s}}\naccounts:\n" + account("a", "ak-a", "balance"));
  world.latency = seconds(5);
  world.run_for(minutes(5));
  const auto calls = world.cloud.calls_of("cash_balance");
  ASSERT_GE(calls.size(), 10U);
  for (const SimulatedCall& call : calls) EXPECT_EQ(call.others_in_flight, 0U);
}

TEST(Schedule, OneHangingAccountDelaysNoOther) {
  World world("polling: {balance: {interval: 10s}}\naccounts:\n" +
              account("hangs", "ak-a", "balance") + account("works", "ak-b", "balance"));
  world.trouble = [](const SimulatedCall& call) -> std::optional<SimulatedReply> {
    if (call.access_key_id == "ak-a") return SimulatedReply{};
    return std::nullopt;
  };
  std::optional<bool> first_result;
  world.cloud.schedule(milliseconds(500),
                       [&] { first_result = world.status(1, Collector::kBalance).up; });
  world.run_for(minutes(2));
  EXPECT_EQ(first_result, true);
  std::vector<SimulatedCall> works;
  for (const SimulatedCall& call : world.cloud.calls_of("cash_balance")) {
    if (call.access_key_id == "ak-b") works.push_back(call);
  }
  EXPECT_THAT(gaps_of(works), AllOf(SizeIs(Ge(10U)), Each(about(seconds(10)))));
}

// ---- pace ----

TEST(PaceOfAKey, RequestsOfAllCollectorsAreApartWithoutBursts) {
  World world("polling: {balance: {interval: 1s}}\naccounts:\n" +
              account("a", "ak-a", "balance, bills", "requests_per_second: 4"));
  world.rows["2026-11 postpay"] = 5000;
  world.run_for(seconds(30));
  const auto gaps = gaps_of(world.cloud.calls());
  EXPECT_THAT(gaps, Each(Ge(milliseconds(250))));
  EXPECT_THAT(gaps, SizeIs(Ge(60U)));
}

TEST(PaceOfAKey, IsTheLowestOfTheAccountsThatShareItRetriesIncluded) {
  World world("accounts:\n" + account("a", "shared", "bills", "requests_per_second: 10") +
              account("b", "shared", "bills, balance", "requests_per_second: 2"));
  world.rows["2026-11 postpay"] = 5000;
  int count = 0;
  world.trouble = [&count](const SimulatedCall&) -> std::optional<SimulatedReply> {
    if (++count % 3 != 0) return std::nullopt;
    return refuse(500, "InternalError");
  };
  world.run_for(seconds(60));
  const auto gaps = gaps_of(world.cloud.calls());
  EXPECT_THAT(gaps, Each(Ge(milliseconds(500))));
  EXPECT_THAT(gaps, SizeIs(Ge(100U)));
}

TEST(PaceOfAKey, DifferentKeysDoNotWaitForEachOther) {
  World world("accounts:\n" + account("a", "ak-a", "bills", "requests_per_second: 1") +
              account("b", "ak-b", "bills", "requests_per_second: 1"));
  world.rows["2026-11 postpay"] = 5000;
  world.run_for(seconds(20));
  EXPECT_GE(world.cloud.calls().size(), 38U);
}

TEST(PaceOfAKey, CollectorsTakeTurnsSoALongBillHoldsNoBalanceBack) {
  World world("polling: {balance: {interval: 5s}}\naccounts:\n" +
              account("a", "ak-a", "balance, bills", "requests_per_second: 10"));
  world.rows["2026-11 postpay"] = 50000;
  world.rows["2026-10 postpay"] = 50000;
  world.run_for(seconds(60));
  const auto calls = world.cloud.calls_of("cash_balance");
  EXPECT_LE(calls.front().at, milliseconds(100));
  // The interval, its jitter, and one turn of the other collector.
  EXPECT_THAT(gaps_of(calls), AllOf(SizeIs(Ge(10U)), Each(Le(milliseconds(5250 + 200)))));
}

TEST(PaceOfAKey, AccountsThatShareItTakeTurns) {
  World world("accounts:\n" + account("a", "shared", "bills", "sub_accounts: [sub-a]") +
              account("b", "shared", "bills", "sub_accounts: [sub-b]"));
  world.rows["2026-11 postpay"] = 100000;
  world.run_for(seconds(60));
  std::map<std::string, int> pages;
  for (const SimulatedCall& call : world.cloud.calls()) ++pages[call.parameter("queryAccountId")];
  EXPECT_GE(pages["sub-a"], 100);
  EXPECT_NEAR(pages["sub-a"], pages["sub-b"], 2);
}

TEST(PaceOfAKey, FollowsAKeyThatMovesToAnotherAccount) {
  World world("accounts:\n" + account("a", "ak-a", "bills", "requests_per_second: 10") +
              account("b", "ak-b", "bills", "requests_per_second: 1"));
  world.rows["2026-11 postpay"] = 100000;
  world.cloud.schedule(seconds(20),
                       [&] { world.poller().mailbox().post_secrets(1, key_named("ak-a")); });
  world.cloud.schedule(seconds(40),
                       [&] { world.poller().mailbox().post_secrets(1, key_named("ak-c")); });
  world.run_for(seconds(50));
  std::vector<SimulatedCall> alone, shared, alone_again;
  for (const SimulatedCall& call : world.cloud.calls()) {
    if (call.access_key_id != "ak-a") continue;
    auto& phase = call.at < seconds(20) ? alone : call.at < seconds(40) ? shared : alone_again;
    phase.push_back(call);
  }
  EXPECT_THAT(gaps_of(alone), Each(milliseconds(100)));
  EXPECT_THAT(gaps_of(shared), Each(milliseconds(1000)));
  ASSERT_FALSE(shared.empty());
  EXPECT_GE(shared.front().at - alone.back().at, milliseconds(1000));
  EXPECT_THAT(gaps_of(alone_again), AllOf(SizeIs(Ge(80U)), Each(milliseconds(100))));
}

// ---- requests in flight ----

TEST(InFlight, AtMostSixteenOfAnAccount) {
  World world("accounts:\n" + account("a", "ak-a", "balance, bills", "requests_per_second: 20"));
  world.rows["2026-11 postpay"] = 20000;
  world.latency = seconds(5);
  world.run_for(seconds(60));
  std::size_t most = 0;
  for (const SimulatedCall& call : world.cloud.calls()) {
    most = std::max(most, call.others_in_flight + 1);
  }
  EXPECT_EQ(most, 16U);
}

TEST(InFlight, PagesOverlapSoThatOnlyTheRateCounts) {
  World world("accounts:\n" + account("a", "ak-a", "bills", "requests_per_second: 20"));
  world.rows["2026-11 postpay"] = 100000;
  world.latency = milliseconds(400);
  world.run_for(minutes(2));
  ASSERT_EQ(world.months(0), (std::vector{kOctober, kNovember}));
  EXPECT_EQ(world.views[0]->months.at(kNovember).value->rows, 100000U);
  // 1,000 pages, 5 empty listings (2 of the day), 2 summaries; the first page is awaited, the
  // summary comes last.
  EXPECT_EQ(world.cloud.calls().size(), 1007U);
  EXPECT_LE(world.cloud.calls().back().at, milliseconds(1007 * 50 + 2 * 400));
}

TEST(InFlight, NothingStartsWhileTheTransportIsFull) {
  World world("accounts:\n" + account("a", "ak-a", "balance"));
  world.cloud.set_can_start(false);
  world.cloud.schedule(seconds(7), [&] { world.cloud.set_can_start(true); });
  world.run_for(seconds(10));
  ASSERT_FALSE(world.cloud.calls().empty());
  EXPECT_EQ(world.cloud.calls().front().at, seconds(7));
}

// Two hundred accounts of an endpoint that accepts and never answers want more than there is room
// for.
TEST(InFlight, AccountsThatAreNeverAnsweredLeaveRoomForTheOthers) {
  constexpr int kSilent = 200;
  std::string accounts = "accounts:\n";
  for (int i = 0; i < kSilent; ++i) {
    const std::string number = std::to_string(i);
    accounts += account("silent-" + number, "ak-a" + number, "balance, bills, orders");
  }
  World world(accounts + account("good", "ak-z", "bills"));
  world.rows["2026-11 postpay"] = 3000;
  world.trouble = [](const SimulatedCall& call) -> std::optional<SimulatedReply> {
    if (call.access_key_id != "ak-z") return SimulatedReply{};
    return std::nullopt;
  };
  world.run_for(seconds(29));  // not one of the others has timed out
  EXPECT_GE(world.cloud.in_flight() + world.cloud.abandoned(), 1000U);
  EXPECT_EQ(world.months(kSilent), (std::vector{kOctober, kNovember}));
}

TEST(InFlight, RequestsOfAFailedPollAreAbandonedAndNeverComeBack) {
  World world("polling: {bills: {interval: 60s}}\naccounts:\n" +
              account("a", "ak-a", "bills", "requests_per_second: 20"));
  world.rows["2026-11 postpay"] = 3000;
  world.rows["2026-10 postpay"] = 3000;
  world.latency = milliseconds(1000);
  // Of both months one page is refused, when many others are under way; some of those would be
  // answered in the same moment.
  world.trouble = [](const SimulatedCall& call) -> std::optional<SimulatedReply> {
    if (call.parameter("pageNo") != "4") return std::nullopt;
    return SimulatedReply{refusal(403, "AccessDenied"), milliseconds(850)};
  };
  world.run_for(seconds(150));
  EXPECT_GE(world.cloud.abandoned(), 10U);
  EXPECT_EQ(world.cloud.in_flight(), 0U);
  EXPECT_THAT(
      world.records.polls,
      AllOf(SizeIs(3U), Each(CountedRecords::Poll{0, Collector::kBills, Reason::kPermission})));
  EXPECT_EQ(world.records.requests, world.cloud.calls().size()) << "every attempt counts";
  EXPECT_EQ(world.records.durations, world.cloud.calls().size() - world.cloud.abandoned());
}

// ---- retries ----

TEST(Retries, FailedRequestsAreSentAgainWithBoundedBackoffUpToMaxRetries) {
  World world("polling: {balance: {interval: 1h}}\naccounts:\n" + account("a", "ak-a", "balance"));
  world.trouble = [](const SimulatedCall& call) -> std::optional<SimulatedReply> {
    if (call.operation == "cash_balance") return refuse(500, "InternalError");
    return std::nullopt;
  };
  world.run_for(milliseconds(4900));  // before the next poll can begin, unless retries took longer
  const auto calls = world.cloud.calls_of("cash_balance");
  const auto gaps = gaps_of(calls);
  for (std::size_t i = 0; i < gaps.size(); ++i) {
    EXPECT_LE(gaps[i], milliseconds(500 << i) + milliseconds(20 + 200)) << "retry " << i + 1;
  }
  EXPECT_LE(calls.size(), 5U);
  EXPECT_GE(calls.size(), 3U);
}

TEST(Retries, MaxRetriesCanBeNone) {
  World world("http: {max_retries: 0}\naccounts:\n" + account("a", "ak-a", "balance"));
  world.trouble = [](const SimulatedCall&) { return refuse(503, "InternalError"); };
  world.run_for(seconds(4));
  EXPECT_THAT(world.cloud.calls_of("cash_balance"), SizeIs(1U));
  EXPECT_EQ(world.records.failures[Reason::kServer], 1);
}

TEST(Retries, AreCountedToTheLast) {
  World world("http: {max_retries: 2}\npolling: {balance: {interval: 1h}}\naccounts:\n" +
              account("a", "ak-a", "balance"));
  world.trouble = [](const SimulatedCall& call) -> std::optional<SimulatedReply> {
    if (call.operation == "cash_balance") return refuse(500, "InternalError");
    return std::nullopt;
  };
  EXPECT_FALSE(world.poller().run_once());
  EXPECT_THAT(world.cloud.calls_of("cash_balance"), SizeIs(3U));
  EXPECT_EQ(world.records.failures[Reason::kServer], 3);
}

TEST(Retries, EveryAttemptIsSignedAnewWithTheTimeItIsSentAt) {
  World world("polling: {balance: {interval: 1h}}\naccounts:\n" + account("a", "ak-a", "balance"));
  world.trouble = [](const SimulatedCall& call) -> std::optional<SimulatedReply> {
    if (call.operation != "cash_balance") return std::nullopt;
    return SimulatedReply{refusal(500, "InternalError"), milliseconds(2000)};
  };
  EXPECT_FALSE(world.poller().run_once());
  std::set<std::string> signatures;
  for (const SimulatedCall& call : world.cloud.calls_of("cash_balance")) {
    EXPECT_EQ(call.date, utc_text(std::chrono::floor<seconds>(call.wall)));
    signatures.insert(call.signature);
  }
  EXPECT_THAT(signatures, SizeIs(5U));
}

TEST(Retries, WaitAsLongAsTheCloudAsks) {
  World world("polling: {balance: {interval: 1h}}\naccounts:\n" + account("a", "ak-a", "balance"));
  bool refused = false;
  world.trouble = [&refused](const SimulatedCall& call) -> std::optional<SimulatedReply> {
    if (call.operation != "cash_balance" || std::exchange(refused, true)) return std::nullopt;
    return SimulatedReply{refusal(429, "Throttled", {{"retry-after", "37"}}), milliseconds(20)};
  };
  EXPECT_TRUE(world.poller().run_once());
  EXPECT_THAT(times_of(world.cloud.calls_of("cash_balance")),
              ElementsAre(milliseconds(0), milliseconds(37020)));
}

TEST(Retries, DoNotWaitLongerThanTheInterval) {
  World world("polling: {balance: {interval: 60s}}\naccounts:\n" + account("a", "ak-a", "balance"));
  world.trouble = [](const SimulatedCall& call) -> std::optional<SimulatedReply> {
    if (call.operation != "cash_balance") return std::nullopt;
    return SimulatedReply{refusal(429, "Throttled", {{"retry-after", "61"}}), milliseconds(20)};
  };
  EXPECT_FALSE(world.poller().run_once());
  EXPECT_THAT(world.cloud.calls_of("cash_balance"), SizeIs(1U));
  EXPECT_THAT(world.records.polls,
              ElementsAre(CountedRecords::Poll{0, Collector::kBalance, Reason::kThrottled}));
}

TEST(Retries, ARefusedTimeIsTriedOnceMore) {
  World world("accounts:\n" + account("a", "ak-a", "balance"));
  world.trouble = [](const SimulatedCall& call) -> std::optional<SimulatedReply> {
    if (call.operation == "cash_balance") return refuse(400, "RequestExpired");
    return std::nullopt;
  };
  EXPECT_FALSE(world.poller().run_once());
  EXPECT_THAT(world.cloud.calls_of("cash_balance"), SizeIs(2U));
  EXPECT_THAT(world.records.polls,
              ElementsAre(CountedRecords::Poll{0, Collector::kBalance, Reason::kAuth}));
}

TEST(Retries, ARefusedTimeNamesAClockThatIsWrong) {
  World world("accounts:\n" + account("a", "ak-a", "balance"));
  world.trouble = [](const SimulatedCall& call) -> std::optional<SimulatedReply> {
    if (call.operation != "cash_balance") return std::nullopt;
    // kStart is 04:00.
    return SimulatedReply{
        refusal(400, "RequestExpired", {{"date", "Sun, 15 Nov 2026 03:15:00 GMT"}})};
  };
  testing::internal::CaptureStderr();
  EXPECT_FALSE(world.poller().run_once());
  EXPECT_THAT(testing::internal::GetCapturedStderr(),
              HasSubstr("this host's clock is 45 minutes ahead of the server's"));
}

// ---- failed polls ----

TEST(FailedPolls, APermissionFailureIsNotRetriedAndWaitsTheFullInterval) {
  World world("polling: {balance: {interval: 60s}}\naccounts:\n" + account("a", "ak-a", "balance"));
  world.trouble = [](const SimulatedCall& call) -> std::optional<SimulatedReply> {
    if (call.operation == "cash_balance") return refuse(403, "AccessDenied");
    return std::nullopt;
  };
  world.run_for(minutes(20));
  EXPECT_THAT(gaps_of(world.cloud.calls_of("cash_balance")),
              AllOf(SizeIs(Ge(18U)), Each(about(seconds(60)))));
}

TEST(FailedPolls, OthersAreTriedSoonerAndThenLessAndLessOften) {
  World world("polling: {balance: {interval: 60s}}\naccounts:\n" + account("a", "ak-a", "balance"));
  world.trouble = [](const SimulatedCall& call) -> std::optional<SimulatedReply> {
    if (call.operation == "cash_balance") return refuse(400, "Nonsense");
    return std::nullopt;
  };
  world.run_for(seconds(210));
  EXPECT_THAT(gaps_of(world.cloud.calls_of("cash_balance")),
              ElementsAre(about(seconds(5)), about(seconds(10)), about(seconds(20)),
                          about(seconds(40)), about(seconds(60)), about(seconds(60))));
}

TEST(FailedPolls, WaitAsLongAsTheCloudAsksUpToTheInterval) {
  for (const auto& [asked, waited] : {std::pair("45", seconds(45)), {"1000", seconds(120)}}) {
    World world("http: {max_retries: 0}\npolling: {balance: {interval: 120s}}\naccounts:\n" +
                account("a", "ak-a", "balance"));
    bool refused = false;
    world.trouble = [&, seconds_asked =
                            asked](const SimulatedCall& call) -> std::optional<SimulatedReply> {
      if (call.operation != "cash_balance" || std::exchange(refused, true)) return std::nullopt;
      return SimulatedReply{refusal(429, "Throttled", {{"retry-after", seconds_asked}}),
                            milliseconds(0)};
    };
    world.run_for(seconds(130));
    const auto calls = world.cloud.calls_of("cash_balance");
    ASSERT_GE(calls.size(), 2U);
    EXPECT_THAT(calls[1].at - calls[0].at, about(waited));
  }
}

TEST(FailedPolls, ASuccessBringsTheIntervalBack) {
  World world("polling: {balance: {interval: 60s}}\naccounts:\n" + account("a", "ak-a", "balance"));
  int count = 0;
  world.trouble = [&count](const SimulatedCall& call) -> std::optional<SimulatedReply> {
    if (call.operation != "cash_balance") return std::nullopt;
    ++count;
    if (count == 3) return std::nullopt;
    return refuse(400, "Nonsense");
  };
  world.run_for(seconds(86));
  EXPECT_THAT(
      gaps_of(world.cloud.calls_of("cash_balance")),
      ElementsAre(about(seconds(5)), about(seconds(10)), about(seconds(60)), about(seconds(5))));
}

TEST(FailedPolls, KeepTheLastGoodValuesAndTheTimeOfTheLastSuccess) {
  World world("polling: {balance: {interval: 60s}}\naccounts:\n" + account("a", "ak-a", "balance"));
  world.trouble = [&world](const SimulatedCall& call) -> std::optional<SimulatedReply> {
    if (call.operation == "cash_balance" && world.cloud.elapsed() > seconds(30)) {
      return refuse(400, "Nonsense");
    }
    return std::nullopt;
  };
  world.run_for(minutes(10));
  EXPECT_EQ(world.status(0, Collector::kBalance).up, false);
  EXPECT_EQ(world.last_success(0, Collector::kBalance), seconds(0));
  ASSERT_TRUE(world.views[0]->balance);
  EXPECT_EQ(world.views[0]->balance->value->cash.to_decimal(), "850.5");
  EXPECT_EQ(world.views[0]->balance->at, kStart);
}

TEST(FailedPolls, AreTheStatusesWordsUntilASuccess) {
  World world("polling: {balance: {interval: 60s}}\naccounts:\n" + account("a", "ak-a", "balance"));
  world.trouble = [&world](const SimulatedCall& call) -> std::optional<SimulatedReply> {
    if (call.operation != "cash_balance" || world.cloud.elapsed() > seconds(70)) {
      return std::nullopt;
    }
    return refuse(403, "AccessDenied");
  };
  std::optional<PollFailure> failure;
  std::optional<UtcSeconds> next;
  world.cloud.schedule(seconds(30), [&] {
    failure = world.status(0, Collector::kBalance).last_failure;
    next = world.status(0, Collector::kBalance).next_poll;
  });
  world.run_for(seconds(140));
  ASSERT_TRUE(failure);
  EXPECT_EQ(failure->reason, Reason::kPermission);
  EXPECT_THAT(failure->message, HasSubstr("AccessDenied"));
  EXPECT_EQ(failure->at, kStart);
  ASSERT_TRUE(next);
  EXPECT_THAT(*next - kStart, about(seconds(60)));
  // It is remembered after it is over.
  const CollectorStatus after = world.status(0, Collector::kBalance);
  EXPECT_EQ(after.up, true);
  ASSERT_TRUE(after.last_failure);
  EXPECT_THAT(after.last_failure->at - kStart, about(seconds(60)));
}

TEST(FailedPolls, BeforeTheFirstSuccessThereIsNothingToShow) {
  World world("accounts:\n" + account("a", "ak-a", "balance, bills"));
  world.trouble = [](const SimulatedCall&) { return refuse(400, "Nonsense"); };
  EXPECT_FALSE(world.poller().run_once());
  EXPECT_FALSE(world.views[0]->balance);
  EXPECT_THAT(world.views[0]->months, IsEmpty());
  EXPECT_EQ(world.status(0, Collector::kBills).up, false);
  EXPECT_EQ(world.status(0, Collector::kBills).last_success, std::nullopt);
}

TEST(FailedPolls, CountTheReasonOfTheRequestThatFailedFirst) {
  World world("accounts:\n" + account("a", "ak-a", "bills"));
  world.trouble = [](const SimulatedCall& call) -> std::optional<SimulatedReply> {
    if (call.parameter("month") == "2026-10") {
      return SimulatedReply{refusal(403, "AccessDenied"), milliseconds(5000)};
    }
    return SimulatedReply{refusal(400, "Nonsense"), milliseconds(1000)};
  };
  EXPECT_FALSE(world.poller().run_once());
  EXPECT_THAT(world.records.polls,
              ElementsAre(CountedRecords::Poll{0, Collector::kBills, Reason::kRequest}));
}

// ---- months ----

TEST(Months, AGoodCurrentMonthIsPublishedWhileThePreviousFails) {
  World world("accounts:\n" + account("a", "ak-a", "bills"));
  world.rows["2026-11 postpay"] = 250;
  world.trouble = [](const SimulatedCall& call) -> std::optional<SimulatedReply> {
    if (call.parameter("month") == "2026-10") return refuse(400, "Nonsense");
    return std::nullopt;
  };
  EXPECT_FALSE(world.poller().run_once());
  EXPECT_EQ(world.months(0), std::vector{kNovember});
  EXPECT_EQ(world.views[0]->months.at(kNovember).value->rows, 250U);
  EXPECT_EQ(world.status(0, Collector::kBills).up, false);
  EXPECT_NE(world.status(0, Collector::kBills).last_success, std::nullopt);
}

TEST(Months, AGoodPreviousMonthIsPublishedWhileTheCurrentFails) {
  World world("accounts:\n" + account("a", "ak-a", "bills"));
  world.rows["2026-10 postpay"] = 250;
  world.trouble = [](const SimulatedCall& call) -> std::optional<SimulatedReply> {
    if (call.parameter("month") == "2026-11") return refuse(400, "Nonsense");
    return std::nullopt;
  };
  EXPECT_FALSE(world.poller().run_once());
  EXPECT_EQ(world.months(0), std::vector{kOctober});
  EXPECT_EQ(world.status(0, Collector::kBills).up, false);
  EXPECT_EQ(world.status(0, Collector::kBills).last_success, std::nullopt);
}

TEST(Months, AMonthIsShownAsSoonAsItIsRead) {
  World world("accounts:\n" + account("a", "ak-a", "bills"));
  world.trouble = [](const SimulatedCall& call) -> std::optional<SimulatedReply> {
    if (call.parameter("month") == "2026-10") {
      return SimulatedReply{response_of(bill_page(call, 0, "account-1")), seconds(20)};
    }
    return std::nullopt;
  };
  std::vector<BillingMonth> shown;
  world.cloud.schedule(seconds(5), [&] { shown = world.months(0); });
  world.run_for(seconds(30));
  EXPECT_EQ(shown, std::vector{kNovember});
  EXPECT_EQ(world.months(0), (std::vector{kOctober, kNovember}));
}

TEST(Months, ChangeBetweenPolls) {
  World world("polling: {bills: {interval: 60s}}\naccounts:\n" + account("a", "ak-a", "bills"),
              kNovember.end() - seconds(10));
  world.rows["2026-11 postpay"] = 250;
  world.run_for(seconds(80));
  EXPECT_EQ(world.months(0), (std::vector{kNovember, kNovember.next()}));
  EXPECT_EQ(world.views[0]->months.at(kNovember).value->rows, 250U);
  EXPECT_EQ(world.status(0, Collector::kBills).up, true);
  EXPECT_EQ(world.cloud.calls_of("resource_month_bill").back().parameter("month"), "2026-11");
}

TEST(Months, OfAPollAreFixedWhenItStarts) {
  World world("accounts:\n" + account("a", "ak-a", "bills"), kNovember.end() - seconds(2));
  world.rows["2026-11 postpay"] = 500;
  world.latency = seconds(3);
  world.run_for(seconds(30));
  std::set<std::string> asked;
  for (const SimulatedCall& call : world.cloud.calls_of("resource_month_bill")) {
    if (!is_of_a_day(call)) asked.insert(call.parameter("month"));
  }
  EXPECT_THAT(asked, ElementsAre("2026-10", "2026-11"));
  // October is two months old by then.
  EXPECT_EQ(world.months(0), std::vector{kNovember});
  EXPECT_EQ(world.views[0]->months.at(kNovember).value->rows, 500U);
  EXPECT_EQ(world.status(0, Collector::kBills).up, true);
}

TEST(Months, PagesThatDoNotAddUpAreReadOnceMoreAfterAPause) {
  World world("accounts:\n" + account("a", "ak-a", "bills"));
  int first_pages = 0;
  world.trouble = [&](const SimulatedCall& call) -> std::optional<SimulatedReply> {
    if (call.parameter("month") != "2026-11" || call.parameter("productType") != "postpay") {
      return std::nullopt;
    }
    if (call.parameter("pageNo") == "1") ++first_pages;
    // Between the first two pages a row is added.
    const int total = first_pages == 1 && call.parameter("pageNo") == "1" ? 250 : 251;
    return SimulatedReply{response_of(bill_page(call, total, "account-1")), milliseconds(20)};
  };
  EXPECT_TRUE(world.poller().run_once());
  EXPECT_EQ(first_pages, 2);
  EXPECT_EQ(world.views[0]->months.at(kNovember).value->rows, 251U);
  EXPECT_EQ(world.records.failures[Reason::kInconsistent], 1);
  std::vector<SimulatedCall> first_page_calls;
  for (const SimulatedCall& call : world.cloud.calls_of("resource_month_bill")) {
    if (call.parameter("month") == "2026-11" && call.parameter("productType") == "postpay" &&
        call.parameter("pageNo") == "1") {
      first_page_calls.push_back(call);
    }
  }
  EXPECT_THAT(gaps_of(first_page_calls), ElementsAre(Ge(seconds(1))));
}

TEST(Months, PagesThatNeverAddUpFailAsInconsistent) {
  World world("accounts:\n" + account("a", "ak-a", "bills"));
  int total = 250;
  world.trouble = [&](const SimulatedCall& call) -> std::optional<SimulatedReply> {
    if (call.operation != "resource_month_bill" || call.parameter("month") != "2026-11") {
      return std::nullopt;
    }
    return SimulatedReply{response_of(bill_page(call, ++total, "account-1")), milliseconds(20)};
  };
  EXPECT_FALSE(world.poller().run_once());
  EXPECT_THAT(world.records.polls,
              ElementsAre(CountedRecords::Poll{0, Collector::kBills, Reason::kInconsistent}));
  EXPECT_EQ(world.months(0), std::vector{kOctober});
}

TEST(Months, AreNotHeldBackForTheProvidersOwnTotal) {
  World world("accounts:\n" + account("a", "ak-a", "bills"));
  world.rows["2026-11 postpay"] = 3;
  world.trouble = [](const SimulatedCall& call) -> std::optional<SimulatedReply> {
    if (call.operation != "month_summary") return std::nullopt;
    return SimulatedReply{refusal(429, "TooManyRequests", {{"retry-after", "3000"}})};
  };
  world.run_for(minutes(2));
  EXPECT_EQ(world.months(0), (std::vector{kOctober, kNovember}));
  EXPECT_EQ(world.status(0, Collector::kBills).up, true);
}

TEST(Months, ThatAClockSetWrongReadAheadOfTimeAreDropped) {
  World world("polling: {bills: {interval: 60s}}\naccounts:\n" + account("a", "ak-a", "bills"));
  world.poller();
  world.cloud.schedule(seconds(30), [&] { world.cloud.set_wall_ahead(hours(24 * 30)); });
  world.cloud.schedule(seconds(100), [&] { world.cloud.set_wall_ahead(hours(0)); });
  std::vector<BillingMonth> ahead;
  world.cloud.schedule(seconds(99), [&] { ahead = world.months(0); });
  world.run_for(minutes(4));
  EXPECT_EQ(ahead, (std::vector{kNovember, kNovember.next()}));
  EXPECT_EQ(world.months(0), (std::vector{kOctober, kNovember}));
}

// ---- the newest complete day ----

// The days asked for, one entry per bill page.
std::vector<std::string> days_asked(const World& world) {
  std::vector<std::string> days;
  for (const SimulatedCall& call : world.cloud.calls_of("resource_month_bill")) {
    if (!is_of_a_day(call)) continue;
    EXPECT_EQ(call.parameter("beginTime"), call.parameter("endTime"));
    days.push_back(call.parameter("beginTime"));
  }
  return days;
}

// Of the only service that the cloud bills.
std::string day_cost(const World& world) {
  const auto& costs = world.views[0]->day->value->billed_costs;
  const auto cost = costs.find({"CNY", "BCC", "postpaid"});
  return cost == costs.end() ? "none" : cost->second.to_decimal();
}

std::string day_shown(const World& world) {
  return world.views[0]->day ? day_text(world.views[0]->day->value->day) : "none";
}

const std::string kBillsEveryMinute = "polling: {bills: {interval: 60s}}\naccounts:\n";

TEST(Day, IsReadOnceHoweverOftenTheBillsArePolled) {
  World world(kBillsEveryMinute + account("a", "ak-a", "bills"));
  world.rows["2026-11-14 postpay"] = 250;
  world.run_for(minutes(10));
  // Prepaid one page, postpaid three.
  EXPECT_THAT(days_asked(world), AllOf(SizeIs(4U), Each(std::string("2026-11-14"))));
  EXPECT_EQ(day_shown(world), "2026-11-14");
  EXPECT_EQ(day_cost(world), "250");
}

TEST(Day, IsFollowedByTheNextAtTenInTheMorning) {
  // 09:58 in China.
  World world(kBillsEveryMinute + account("a", "ak-a", "bills"),
              utc(2026, 11, 15, hours(1)) + minutes(58));
  world.rows["2026-11-13 postpay"] = 13;
  world.rows["2026-11-14 postpay"] = 14;
  std::string before;
  world.cloud.schedule(seconds(100), [&] { before = day_shown(world) + " " + day_cost(world); });
  world.run_for(minutes(5));
  EXPECT_EQ(before, "2026-11-13 13");
  EXPECT_EQ(day_shown(world) + " " + day_cost(world), "2026-11-14 14");
  EXPECT_THAT(days_asked(world),
              ElementsAre("2026-11-13", "2026-11-13", "2026-11-14", "2026-11-14"));
}

TEST(Day, ThatCannotBeReadKeepsTheOneBeforeAndFailsNoPoll) {
  World world(kBillsEveryMinute + account("a", "ak-a", "bills"),
              utc(2026, 11, 15, hours(1)) + minutes(58));
  world.rows["2026-11-13 postpay"] = 13;
  world.trouble = [](const SimulatedCall& call) -> std::optional<SimulatedReply> {
    if (call.parameter("beginTime") == "2026-11-14") return refuse(400, "Nonsense");
    return std::nullopt;
  };
  testing::internal::CaptureStderr();
  world.run_for(minutes(10));
  const std::string log = testing::internal::GetCapturedStderr();
  EXPECT_EQ(day_shown(world) + " " + day_cost(world), "2026-11-13 13");
  EXPECT_EQ(world.status(0, Collector::kBills).up, true);
  EXPECT_THAT(world.records.polls, Each(CountedRecords::Poll{0, Collector::kBills, std::nullopt}));
  // It is tried again by every poll, and each failure counts.
  EXPECT_GE(world.records.failures[Reason::kRequest], 7);
  EXPECT_GE(world.views[0]->months.at(kNovember).at,
            utc(2026, 11, 15, hours(1)) + minutes(58) + minutes(8));
  EXPECT_THAT(log, HasSubstr("day=2026-11-14 reason=request"));
  // No poll has known it as the newest since ten.
  EXPECT_LE(world.views[0]->day->at, utc(2026, 11, 15, hours(2)) + seconds(10));
}

TEST(Day, StaysYoungWhileGoodPollsKnowItAsTheNewest) {
  World world(kBillsEveryMinute + account("a", "ak-a", "bills"));
  world.trouble = [&world](const SimulatedCall& call) -> std::optional<SimulatedReply> {
    if (call.parameter("month") == "2026-11" && world.cloud.elapsed() > minutes(5)) {
      return refuse(400, "Nonsense");
    }
    return std::nullopt;
  };
  UtcSeconds confirmed{};
  world.cloud.schedule(minutes(5), [&] { confirmed = world.views[0]->day->at; });
  world.run_for(minutes(20));
  EXPECT_THAT(days_asked(world), SizeIs(2U));
  EXPECT_GE(confirmed, kStart + minutes(3));
  EXPECT_EQ(world.status(0, Collector::kBills).up, false);
  EXPECT_EQ(world.views[0]->day->at, confirmed) << "a failed poll confirms nothing";
}

TEST(Day, IsNotShownBeforeAMonthIs) {
  World world("accounts:\n" + account("a", "ak-a", "bills"));
  world.trouble = [](const SimulatedCall& call) -> std::optional<SimulatedReply> {
    if (is_of_a_day(call)) return std::nullopt;
    return refuse(403, "AccessDenied");
  };
  world.run_for(minutes(1));
  EXPECT_THAT(days_asked(world), SizeIs(2U));
  EXPECT_EQ(day_shown(world), "none");
}

TEST(Day, BelongsToThePollThatReadsIt) {
  World world("accounts:\n" + account("a", "ak-a", "bills"));
  world.trouble = [](const SimulatedCall& call) -> std::optional<SimulatedReply> {
    if (!is_of_a_day(call)) return std::nullopt;
    return SimulatedReply{response_of(bill_page(call, 0, "account-1")), seconds(20)};
  };
  std::optional<bool> meanwhile = true;
  world.cloud.schedule(seconds(10), [&] { meanwhile = world.status(0, Collector::kBills).up; });
  world.run_for(seconds(40));
  EXPECT_EQ(meanwhile, std::nullopt) << "the poll ended before its day was read";
  EXPECT_EQ(world.status(0, Collector::kBills).up, true);
  EXPECT_EQ(day_shown(world), "2026-11-14");
}

// ---- credentials ----

TEST(NewSecrets, AnAccountWithoutReadableSecretsAsksNothingAndFailsAsAuth) {
  World world("accounts:\n" + account("a", "ak-a", "balance, bills") +
              account("b", "ak-b", "balance"));
  world.secrets[0] = std::string("cannot read it");
  EXPECT_FALSE(world.poller().run_once());
  for (const SimulatedCall& call : world.cloud.calls()) EXPECT_EQ(call.access_key_id, "ak-b");
  EXPECT_THAT(world.records.polls,
              ElementsAre(CountedRecords::Poll{0, Collector::kBalance, Reason::kAuth},
                          CountedRecords::Poll{0, Collector::kBills, Reason::kAuth},
                          CountedRecords::Poll{1, Collector::kBalance, std::nullopt}));
}

TEST(NewSecrets, BringAFailedAccountBackAtOnce) {
  World world("accounts:\n" + account("a", "ak-a", "balance"));
  world.secrets[0] = std::string("cannot read it");
  world.cloud.schedule(seconds(100),
                       [&] { world.poller().mailbox().post_secrets(0, key_named("ak-new")); });
  world.run_for(seconds(110));
  ASSERT_FALSE(world.cloud.calls().empty());
  EXPECT_EQ(world.cloud.calls().front().at, seconds(100));
  EXPECT_EQ(world.cloud.calls().front().access_key_id, "ak-new");
  EXPECT_EQ(world.status(0, Collector::kBalance).up, true);
}

TEST(NewSecrets, EndTheWaitAfterARefusedKey) {
  World world("polling: {balance: {interval: 1h}}\naccounts:\n" +
              account("a", "ak-old", "balance"));
  world.trouble = [](const SimulatedCall& call) -> std::optional<SimulatedReply> {
    if (call.access_key_id == "ak-old") return refuse(403, "AccessDenied");
    return std::nullopt;
  };
  world.cloud.schedule(minutes(10),
                       [&] { world.poller().mailbox().post_secrets(0, key_named("ak-new")); });
  world.run_for(minutes(11));
  EXPECT_THAT(times_of(world.cloud.calls_of("cash_balance")),
              ElementsAre(milliseconds(0), minutes(10)));
  EXPECT_EQ(world.status(0, Collector::kBalance).up, true);
}

TEST(NewSecrets, LeaveTheScheduleOfAWorkingAccountAlone) {
  World world("polling: {balance: {interval: 60s}}\naccounts:\n" +
              account("a", "ak-old", "balance"));
  world.cloud.schedule(seconds(30),
                       [&] { world.poller().mailbox().post_secrets(0, key_named("ak-new")); });
  world.run_for(seconds(70));
  const auto calls = world.cloud.calls_of("cash_balance");
  EXPECT_THAT(gaps_of(calls), ElementsAre(about(seconds(60))));
  EXPECT_EQ(calls.back().access_key_id, "ak-new");
}

TEST(NewSecrets, OfAnotherKeyBeginAPollThatRunsAnew) {
  World world("polling: {balance: {interval: 1h}}\naccounts:\n" +
              account("a", "ak-old", "balance"));
  world.trouble = [](const SimulatedCall& call) -> std::optional<SimulatedReply> {
    if (call.access_key_id != "ak-old") return std::nullopt;
    return SimulatedReply{refusal(403, "AccessDenied"), seconds(2)};
  };
  world.cloud.schedule(seconds(1),
                       [&] { world.poller().mailbox().post_secrets(0, key_named("ak-new")); });
  world.run_for(seconds(4));
  EXPECT_THAT(times_of(world.cloud.calls_of("cash_balance")), ElementsAre(seconds(0), seconds(1)));
  EXPECT_EQ(world.status(0, Collector::kBalance).up, true);
}

TEST(NewSecrets, ThatComeDuringAPollAreTriedAtOnceWhenItFails) {
  World world("polling: {balance: {interval: 1h}}\naccounts:\n" + account("a", "ak-a", "balance"));
  world.trouble = [&world](const SimulatedCall&) -> std::optional<SimulatedReply> {
    if (world.cloud.elapsed() >= seconds(2)) return std::nullopt;
    return SimulatedReply{refusal(403, "AccessDenied"), seconds(2)};
  };
  world.cloud.schedule(seconds(1), [&] {
    world.poller().mailbox().post_secrets(0, Credentials{"ak-a", "another secret", ""});
  });
  world.run_for(seconds(4));
  EXPECT_THAT(times_of(world.cloud.calls_of("cash_balance")), ElementsAre(seconds(0), seconds(2)));
  EXPECT_EQ(world.status(0, Collector::kBalance).up, true);
}

TEST(NewSecrets, ThatAreTheSameAsBeforeChangeNothing) {
  World world("polling: {balance: {interval: 1h}}\naccounts:\n" + account("a", "ak-a", "balance"));
  world.trouble = [](const SimulatedCall&) { return refuse(403, "AccessDenied"); };
  for (int minute = 1; minute < 50; ++minute) {
    world.cloud.schedule(minutes(minute),
                         [&] { world.poller().mailbox().post_secrets(0, key_named("ak-a")); });
  }
  world.run_for(minutes(50));
  EXPECT_THAT(world.cloud.calls_of("cash_balance"), SizeIs(1U));
}

TEST(NewSecrets, ThatCannotBeReadFailThePollThatRuns) {
  World world("accounts:\n" + account("a", "ak-a", "bills", "requests_per_second: 1"));
  world.rows["2026-11 postpay"] = 5000;
  world.cloud.schedule(seconds(10),
                       [&] { world.poller().mailbox().post_secrets(0, std::string("gone")); });
  world.run_for(seconds(11));
  EXPECT_THAT(
      world.records.polls,
      AllOf(Not(IsEmpty()), Each(CountedRecords::Poll{0, Collector::kBills, Reason::kAuth})));
  EXPECT_EQ(world.status(0, Collector::kBills).up, false);
  EXPECT_EQ(world.cloud.in_flight(), 0U);
}

// ---- balance ----

TEST(CreditQuota, ThatTheKeyMayNotReadIsNormalAndAskedAgainAfterADay) {
  World world("polling: {balance: {interval: 1h}}\naccounts:\n" + account("a", "ak-a", "balance"));
  world.run_for(hours(30));
  const auto calls = world.cloud.calls_of("credit_quota");
  EXPECT_THAT(gaps_of(calls), ElementsAre(AllOf(Ge(hours(24)), Le(hours(26)))));
  EXPECT_THAT(world.cloud.calls_of("cash_balance"), SizeIs(Ge(28U)));
  for (const auto& poll : world.records.polls) EXPECT_EQ(poll.reason, std::nullopt);
}

TEST(CreditQuota, IsInTheFirstPublishedBalance) {
  World world("accounts:\n" + account("a", "ak-a", "balance"));
  world.trouble = [](const SimulatedCall& call) -> std::optional<SimulatedReply> {
    if (call.operation != "credit_quota") return std::nullopt;
    return SimulatedReply{
        response_of(R"({"result":[{"accountId":"account-1","quota":1000,"remainQuota":400.5}]})"),
        milliseconds(20)};
  };
  EXPECT_TRUE(world.poller().run_once());
  EXPECT_EQ(world.views[0]->balance->value->available.to_decimal(), "1251");
  EXPECT_EQ(world.views[0]->account_id, "account-1");
}

// ---- orders ----

SimulatedReply one_order(const std::string& status) {
  return {
      response_of(R"({"pageNo":1,"pageSize":100,"totalCount":1,"orders":[{"uuid":"o","status":")" +
                  status + R"(","type":"NEW","serviceType":"BCC","price":7,"createTime":)" +
                  R"("2026-11-14T00:00:00Z"}]})"),
      milliseconds(20)};
}

TEST(OrdersCollector, ReadsTheOrdersOfItsWindow) {
  World world("polling: {orders: {interval: 60s, window: 2d}}\naccounts:\n" +
              account("a", "ak-a", "orders"));
  world.trouble = [](const SimulatedCall&) { return one_order("NEED_PURCHASE"); };
  world.run_for(minutes(10));
  const auto calls = world.cloud.calls_of("order_list");
  EXPECT_THAT(gaps_of(calls), AllOf(SizeIs(Ge(8U)), Each(about(seconds(60)))));
  EXPECT_THAT(calls.front().body, HasSubstr("2026-11-13T04:00:00Z"));
  EXPECT_EQ(world.status(0, Collector::kOrders).up, true);
  ASSERT_TRUE(world.views[0]->orders);
  EXPECT_EQ(world.views[0]->orders->value->groups().at({"unpaid", "purchase", "BCC"}).count, 1U);
  EXPECT_EQ(world.views[0]->orders->value->oldest_unpaid(), utc(2026, 11, 14));
}

TEST(OrdersCollector, AloneFailsWhereTheKeyMayNotReadOrders) {
  World world("polling: {orders: {interval: 60s}}\naccounts:\n" +
              account("a", "ak-a", "balance, bills, orders"));
  world.trouble = [](const SimulatedCall& call) -> std::optional<SimulatedReply> {
    if (call.operation == "order_list") return refuse(403, "AccessDenied");
    return std::nullopt;
  };
  world.run_for(minutes(20));
  EXPECT_EQ(world.status(0, Collector::kOrders).up, false);
  EXPECT_EQ(world.status(0, Collector::kBalance).up, true);
  EXPECT_EQ(world.status(0, Collector::kBills).up, true);
  EXPECT_FALSE(world.views[0]->orders);
  EXPECT_THAT(gaps_of(world.cloud.calls_of("order_list")),
              AllOf(SizeIs(Ge(17U)), Each(about(seconds(60)))));
}

TEST(OrdersCollector, KeepsTheLastGoodOrdersWhenAPollFails) {
  World world("polling: {orders: {interval: 60s}}\naccounts:\n" + account("a", "ak-a", "orders"));
  world.trouble = [&world](const SimulatedCall&) {
    return world.cloud.elapsed() < minutes(5) ? one_order("CREATED") : refuse(400, "Nonsense");
  };
  world.run_for(minutes(20));
  EXPECT_EQ(world.status(0, Collector::kOrders).up, false);
  ASSERT_TRUE(world.views[0]->orders);
  EXPECT_LT(world.views[0]->orders->at, kStart + minutes(6));
  EXPECT_LT(*world.last_success(0, Collector::kOrders), minutes(6));
}

// ---- the rest ----

TEST(CountedTwice, IsWarnedOfOnceWhicheverAccountIsReadFirst) {
  for (const milliseconds latency_of_b : {milliseconds(10), milliseconds(3000)}) {
    World world("polling: {bills: {interval: 1h}}\naccounts:\n" +
                account("a", "ak-a", "bills", "sub_accounts: [account-b]") +
                account("b", "ak-b", "bills"));
    world.account_of = {{"ak-a", "account-a"}, {"ak-b", "account-b"}};
    world.trouble = [&](const SimulatedCall& call) -> std::optional<SimulatedReply> {
      if (call.operation != "resource_month_bill") return std::nullopt;
      const bool of_b = call.access_key_id == "ak-b";
      const std::string owner =
          of_b || !call.parameter("queryAccountId").empty() ? "account-b" : "account-a";
      return SimulatedReply{response_of(bill_page(call, 3, owner)),
                            of_b ? latency_of_b : milliseconds(1000)};
    };
    testing::internal::CaptureStderr();
    world.run_for(seconds(200));
    const std::string log = testing::internal::GetCapturedStderr();
    const std::string warning = "the same bill is read by two accounts";
    const std::size_t first = log.find(warning);
    ASSERT_NE(first, std::string::npos) << log;
    EXPECT_EQ(log.find(warning, first + 1), std::string::npos) << log;
    EXPECT_THAT(log, HasSubstr("account=a other_account=b account_id=account-b"));
  }
}

TEST(Logs, TellAFailedPollsReasonButNoKey) {
  World world("accounts:\n" + account("a", "ak-visible", "balance"));
  world.trouble = [](const SimulatedCall&) { return refuse(403, "AccessDenied"); };
  testing::internal::CaptureStderr();
  EXPECT_FALSE(world.poller().run_once());
  const std::string log = testing::internal::GetCapturedStderr();
  EXPECT_THAT(log, HasSubstr("account=a collector=balance reason=permission"));
  EXPECT_THAT(log, HasSubstr("AccessDenied"));
  EXPECT_THAT(log, HasSubstr("r-1"));
  EXPECT_EQ(log.find("ak-visible"), std::string::npos);
}

TEST(Logs, HideASecretThatTheServerEchoes) {
  World world("accounts:\n" + account("a", "ak-a", "balance"));
  const std::string secret = world.config->accounts[0].secret_access_key.text;
  ASSERT_FALSE(secret.empty());
  world.trouble = [&secret](const SimulatedCall&) { return refuse(400, secret); };
  configure_log(LogLevel::kDebug, LogFormat::kLogfmt);
  testing::internal::CaptureStderr();
  EXPECT_FALSE(world.poller().run_once());
  const std::string log = testing::internal::GetCapturedStderr();
  configure_log(LogLevel::kInfo, LogFormat::kLogfmt);
  EXPECT_THAT(log, HasSubstr("***"));
  EXPECT_EQ(log.find(secret), std::string::npos);
}

TEST(RunOnce, PollsEveryCollectorExactlyOnce) {
  World world("polling: {balance: {interval: 1s}, bills: {interval: 1s}}\naccounts:\n" +
              account("a", "ak-a", "balance, bills") + account("b", "ak-b", "balance"));
  world.rows["2026-11 postpay"] = 10000;
  EXPECT_TRUE(world.poller().run_once());
  EXPECT_THAT(world.records.polls, SizeIs(3U));
  EXPECT_THAT(world.cloud.calls_of("cash_balance"), SizeIs(2U));
  EXPECT_EQ(world.views[0]->months.at(kNovember).value->rows, 10000U);
}

TEST(RunOnce, ReportsAFailureAndKeepsWhatSucceeded) {
  World world("accounts:\n" + account("a", "ak-a", "balance, bills"));
  world.trouble = [](const SimulatedCall& call) -> std::optional<SimulatedReply> {
    if (call.operation == "cash_balance") return refuse(400, "Nonsense");
    return std::nullopt;
  };
  EXPECT_FALSE(world.poller().run_once());
  EXPECT_THAT(world.records.polls, SizeIs(2U));
  EXPECT_EQ(world.months(0), (std::vector{kOctober, kNovember}));
}

TEST(RunOnce, WaitsNoHourWhereTheCloudAsksForIt) {
  World world("polling: {balance: {interval: 1h}}\naccounts:\n" + account("a", "ak-a", "balance"));
  world.trouble = [](const SimulatedCall& call) -> std::optional<SimulatedReply> {
    if (call.operation != "cash_balance") return std::nullopt;
    return SimulatedReply{refusal(429, "Throttled", {{"retry-after", "3500"}}), milliseconds(20)};
  };
  EXPECT_FALSE(world.poller().run_once());
  EXPECT_LE(world.cloud.elapsed(), minutes(1));
}

TEST(Stopping, EndsAPollThatHangsAndAbandonsItsRequests) {
  World world("accounts:\n" + account("a", "ak-a", "balance"));
  world.trouble = [](const SimulatedCall&) { return SimulatedReply{}; };
  world.run_for(seconds(3));
  EXPECT_EQ(world.cloud.elapsed(), seconds(3));
  EXPECT_EQ(world.cloud.in_flight(), 0U);
  EXPECT_THAT(world.records.polls, IsEmpty());
}

TEST(Stopping, EndsRunOnceEarly) {
  World world("accounts:\n" + account("a", "ak-a", "balance"));
  world.trouble = [](const SimulatedCall&) { return SimulatedReply{}; };
  world.cloud.schedule(seconds(3), [&] { world.poller().mailbox().request_stop(); });
  EXPECT_FALSE(world.poller().run_once());
  EXPECT_EQ(world.cloud.elapsed(), seconds(3));
}

TEST(Stopping, BeforeTheStartSendsNothing) {
  World world("accounts:\n" + account("a", "ak-a", "balance"));
  world.poller().mailbox().request_stop();
  world.poller().run();
  EXPECT_THAT(world.cloud.calls(), IsEmpty());
}

}  // namespace
}  // namespace cloud_billing
