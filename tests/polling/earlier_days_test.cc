// The days before the newest one: what a good poll of the bills leaves to be read beside the polls
// that come, in simulated time.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <optional>
#include <random>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "tests/accounts/record_text.h"
#include "tests/long_run.h"
#include "tests/polling/poller_world.h"

namespace cloud_billing {
namespace {

using std::chrono::days;
using std::chrono::hours;
using std::chrono::milliseconds;
using std::chrono::minutes;
using std::chrono::seconds;
using testing::AllOf;
using testing::Contains;
using testing::Each;
using testing::ElementsAre;
using testing::Ge;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Le;
using testing::Not;
using testing::SizeIs;

class DayTellingProvider final : public FakeProvider {
 public:
  Question<DayCosts> ask_day(const AccountConfig& account, const DayQuery& query) const override {
    ++asked;
    return ask_any_day(account, query.day);
  }

  mutable std::size_t asked = 0;
};

const ProviderTable& day_telling() {
  static const DayTellingProvider provider;
  static const ProviderTable table{&provider};
  return table;
}

// At noon of the 15th of November the newest day is the 14th; 44 more since the 1st of October.
constexpr int kAllDays = 45;

std::string polled_every(const std::string& interval) {
  return "polling: {bills: {interval: " + interval + "}, balance: {interval: " + interval +
         "}}\naccounts:\n";
}
const std::string kEveryMinute = polled_every("60s");
const std::string kAccount = account("a", "ak-a", "bills");

World world_of(const std::string& config, UtcSeconds start = kStart) {
  return World(config, start, day_telling());
}

// A day costs the number of its rows, 1 each, postpaid.
int rows_of(BillingDay day) {
  return static_cast<int>(static_cast<unsigned>(day.day())) + (day.month() == std::chrono::October);
}

void fill_books(World& world) {
  const BillingDay first = std::chrono::year(2026) / 9 / 1;
  for (int i = 0; i < 120; ++i) {
    const BillingDay day = std::chrono::sys_days(first) + days(i);
    world.rows[day_text(day) + " postpaid"] = rows_of(day);
  }
}

bool is_of_day_before(const SimulatedCall& call, std::string_view newest) {
  return is_of_a_day(call) && call.parameter("day") != newest;
}

// In the order in which they were first asked for; each has one page of either mode.
std::vector<std::string> asked_days(const World& world, std::size_t from = 0) {
  std::vector<std::string> asked;
  const auto& calls = world.cloud.calls();
  for (std::size_t i = from; i < calls.size(); ++i) {
    if (is_of_a_day(calls[i]) && calls[i].parameter("mode") == "postpaid") {
      asked.push_back(calls[i].parameter("day"));
    }
  }
  return asked;
}

std::size_t known_days(const World& world, std::size_t index = 0) {
  const auto& known = world.views.at(index)->results.days;
  return known ? known->value->days().size() : 0;
}

// All that is known is what the books say.
void expect_true_days(const World& world, std::size_t index = 0) {
  const auto& known = world.views.at(index)->results.days;
  ASSERT_TRUE(known);
  for (const BillingDay day : known->value->days()) {
    const DaysSum sum = known->value->sum(day, day);
    EXPECT_EQ((sum.sums.at({"CNY", "postpaid"}).to_decimal()), std::to_string(rows_of(day)))
        << day_text(day);
  }
}

TEST(EarlierDays, AreReadAfterTheFirstPollTheNewestFirstAndEachOnce) {
  World world = world_of(kEveryMinute + kAccount);
  fill_books(world);
  world.run_for(minutes(10));
  std::vector<std::string> expected;
  for (BillingDay day = std::chrono::year(2026) / 11 / 14; day >= std::chrono::year(2026) / 10 / 1;
       day = days_before(day, 1)) {
    expected.push_back(day_text(day));
  }
  EXPECT_EQ(asked_days(world), expected);
  EXPECT_EQ(known_days(world), kAllDays);
  expect_true_days(world);
  EXPECT_FALSE(world.views[0]->days_are_read);
  EXPECT_FALSE(world.views[0]->days_failure);
}

TEST(EarlierDays, DelayNeitherTheFirstSuccessNorTheNextPolls) {
  World world = world_of(polled_every("4s") + account("a", "ak-a", "balance, bills"));
  fill_books(world);
  std::size_t known_at_success = 0;
  std::optional<bool> up;
  world.cloud.schedule(seconds(2), [&] {
    known_at_success = known_days(world);
    up = world.status(0, Collector::kBills).up;
  });
  world.run_for(seconds(60));
  EXPECT_EQ(up, true);
  EXPECT_LT(known_at_success, kAllDays);
  EXPECT_EQ(known_days(world), kAllDays);
  // Four requests at the most, some of them behind one for a day.
  EXPECT_LT(world.status(0, Collector::kBills).duration_seconds, 1.5);
  EXPECT_GE(world.records.polls.size(), 26U) << "every four seconds, two collectors";
  EXPECT_THAT(gaps_of(world.cloud.calls()), Each(Ge(milliseconds(100)))) << "the key's rate";
}

// Twenty pages every second, at ten requests a second.
TEST(EarlierDays, AreReadAlthoughPollsNeverRest) {
  World world = world_of(polled_every("1s") + kAccount);
  fill_books(world);
  world.rows["2026-11 postpaid"] = 2000;
  world.run_for(minutes(2));
  EXPECT_EQ(known_days(world), kAllDays);
  expect_true_days(world);
  EXPECT_GE(world.records.polls.size(), 30U);
}

TEST(EarlierDays, AreShownWhileTheyCome) {
  World world = world_of(kEveryMinute + kAccount);
  fill_books(world);
  std::vector<std::size_t> shown;
  std::vector<bool> going_on;
  for (const int at : {1, 4, 7, 20}) {
    world.cloud.schedule(seconds(at), [&] {
      shown.push_back(known_days(world));
      going_on.push_back(world.views[0]->days_are_read);
    });
  }
  world.run_for(seconds(30));
  EXPECT_THAT(shown, ElementsAre(1U, 1U, AllOf(Ge(15U), Le(30U)), kAllDays))
      << "at most every five seconds, and at the end";
  EXPECT_THAT(going_on, ElementsAre(true, true, true, false));
}

TEST(EarlierDays, ThatAreRefusedCostOneRequestOfEachPollAndFailNothing) {
  World world = world_of(kEveryMinute + kAccount);
  world.trouble = [](const SimulatedCall& call) -> std::optional<SimulatedReply> {
    if (is_of_day_before(call, "2026-11-14")) return refuse(403, "AccessDenied");
    return std::nullopt;
  };
  world.run_for(minutes(10));
  const auto& polls = world.records.polls;
  EXPECT_THAT(polls, Each(CountedRecords::Poll{0, Collector::kBills, std::nullopt}));
  EXPECT_THAT(polls, SizeIs(AllOf(Ge(9U), Le(11U))));
  std::size_t asked = 0;
  for (const SimulatedCall& call : world.cloud.calls()) {
    if (is_of_day_before(call, "2026-11-14")) ++asked;
  }
  EXPECT_EQ(asked, polls.size());
  EXPECT_EQ(world.records.failures[Reason::kPermission], static_cast<int>(polls.size()));
  EXPECT_EQ(known_days(world), 1U);
  ASSERT_TRUE(world.views[0]->days_failure);
  EXPECT_EQ(world.views[0]->days_failure->reason, Reason::kPermission);
  EXPECT_FALSE(world.views[0]->days_are_read);
}

TEST(EarlierDays, StopAtTheFirstFailureAndGoOnAfterTheNextPoll) {
  World world = world_of(kEveryMinute + kAccount);
  fill_books(world);
  world.trouble = [&world](const SimulatedCall& call) -> std::optional<SimulatedReply> {
    if (call.parameter("day") == "2026-11-05" && world.cloud.elapsed() < seconds(50)) {
      return refuse(400, "Nonsense");
    }
    return std::nullopt;
  };
  std::size_t known_before = 0;
  std::optional<PollFailure> failure_before;
  world.cloud.schedule(seconds(40), [&] {
    known_before = known_days(world);
    failure_before = world.views[0]->days_failure;
  });
  world.run_for(minutes(3));
  EXPECT_EQ(known_before, 9U);  // the 14th to the 6th
  ASSERT_TRUE(failure_before);
  EXPECT_THAT(failure_before->message, HasSubstr("2026-11-05"));
  EXPECT_EQ(known_days(world), kAllDays);
  EXPECT_FALSE(world.views[0]->days_failure);
  expect_true_days(world);
}

TEST(EarlierDays, OfAnEndpointThatNeverAnswersThemHoldUpNoPoll) {
  World world = world_of("http: {timeout: 30s}\n" + polled_every("5s") +
                         account("a", "ak-a", "balance, bills"));
  fill_books(world);
  world.trouble = [](const SimulatedCall& call) -> std::optional<SimulatedReply> {
    if (is_of_day_before(call, "2026-11-14")) return SimulatedReply{};
    return std::nullopt;
  };
  world.run_for(seconds(100));
  EXPECT_THAT(world.records.polls,
              Contains(CountedRecords::Poll{0, Collector::kBills, {}}).Times(Ge(18)));
  EXPECT_THAT(world.records.polls,
              Contains(CountedRecords::Poll{0, Collector::kBalance, {}}).Times(Ge(18)));
  EXPECT_THAT(world.records.polls, SizeIs(Le(42U)));
  EXPECT_EQ(world.status(0, Collector::kBills).up, true);
  EXPECT_LT(world.status(0, Collector::kBills).duration_seconds, 1.5);
}

TEST(EarlierDays, AreWaitedForByOneTimePolls) {
  World world = world_of(kEveryMinute + kAccount);
  fill_books(world);
  EXPECT_TRUE(world.run_once());
  EXPECT_EQ(known_days(world), kAllDays);
  EXPECT_THAT(world.records.polls, SizeIs(1U));
}

TEST(EarlierDays, ThatCannotBeReadEndOneTimePollsWithoutFailingThem) {
  World world =
      world_of(kEveryMinute + account("a", "ak-a", "bills") + account("b", "ak-b", "bills"));
  fill_books(world);
  world.trouble = [](const SimulatedCall& call) -> std::optional<SimulatedReply> {
    if (call.access_key_id != "ak-a") return std::nullopt;
    if (call.parameter("day") == "2026-11-10") return refuse(403, "AccessDenied");
    return std::nullopt;
  };
  EXPECT_TRUE(world.run_once());
  EXPECT_EQ(known_days(world, 0), 4U);
  EXPECT_EQ(known_days(world, 1), kAllDays);
}

TEST(EarlierDays, AreNotAskedForAfterAPollThatFailed) {
  World world = world_of(kEveryMinute + kAccount);
  world.trouble = [](const SimulatedCall& call) -> std::optional<SimulatedReply> {
    if (call.parameter("month") == "2026-10") return refuse(403, "AccessDenied");
    return std::nullopt;
  };
  world.run_for(minutes(3));
  EXPECT_THAT(asked_days(world), ElementsAre("2026-11-14"));
}

TEST(EarlierDays, AreNotAskedForIfTheNewestCouldNotBeRead) {
  World world = world_of(kEveryMinute + kAccount);
  world.trouble = [](const SimulatedCall& call) -> std::optional<SimulatedReply> {
    if (is_of_a_day(call)) return refuse(403, "AccessDenied");
    return std::nullopt;
  };
  world.run_for(seconds(150));
  EXPECT_THAT(asked_days(world), Each(std::string("2026-11-14")));
  EXPECT_EQ(world.records.failures[Reason::kPermission], 3);
}

// Of two thousand accounts, whose first polls come one after the other.
TEST(EarlierDays, ThatAreNeverAnsweredLeaveRoomForThePollsOfManyAccounts) {
  World world("http: {timeout: 10m}\n" + accounts_of(2000, "bills"), kStart, day_telling());
  std::size_t following = 0;
  std::size_t most_following = 0;
  world.trouble = [&](const SimulatedCall& call) -> std::optional<SimulatedReply> {
    if (!is_of_day_before(call, "2026-11-14")) return std::nullopt;
    most_following = std::max(most_following, ++following);
    return SimulatedReply{};
  };
  world.run_for(minutes(2));
  EXPECT_THAT(world.records.polls, SizeIs(2000U));
  EXPECT_THAT(world.records.polls,
              Each(testing::Field(&CountedRecords::Poll::reason, testing::Eq(std::nullopt))));
  EXPECT_EQ(most_following, 256U) << "none has ended";
}

TEST(EarlierDays, LeaveTheRoomToTheFirstPollsOfOtherAccounts) {
  World world("http: {timeout: 10m}\n" + accounts_of(200, "bills"), kStart, day_telling());
  std::size_t following = 0;
  const std::string awaited = "ak-7";
  world.trouble = [&](const SimulatedCall& call) -> std::optional<SimulatedReply> {
    if (is_of_day_before(call, "2026-11-14")) ++following;
    if (is_of_day_before(call, "2026-11-14") || call.access_key_id == awaited) {
      return SimulatedReply{};  // never answered
    }
    return std::nullopt;
  };
  std::size_t at_first = 0;
  world.cloud.schedule(minutes(1), [&] { at_first = following; });
  world.run_for(hours(1));
  EXPECT_EQ(at_first, 16U);
  EXPECT_GE(following, 199U) << "the first poll has ended";
}

TEST(EarlierDays, OfManyAccountsAreAllRead) {
  World world("polling: {bills: {interval: 1h}}\n" + accounts_of(300, "bills"), kStart,
              day_telling());
  world.latency = milliseconds(300);
  world.run_for(minutes(3));
  for (std::size_t index = 0; index < 300; ++index) ASSERT_EQ(known_days(world, index), kAllDays);
}

// ---- changes while they are read ----

TEST(EarlierDays, OfAnAccountThatGoesAreNotAskedForAnyMore) {
  const std::string both =
      kEveryMinute + account("a", "ak-a", "bills") + account("b", "ak-b", "bills");
  World world = world_of(both);
  fill_books(world);
  world.reload_at(seconds(3), kEveryMinute + account("b", "ak-b", "bills"));
  world.run_for(minutes(5));
  EXPECT_THAT(times_of(world.cloud.calls(), "ak-a"), Each(Le(milliseconds(3000))));
  ASSERT_THAT(world.views, SizeIs(1U));
  EXPECT_EQ(known_days(world), kAllDays);
  EXPECT_EQ(world.cloud.in_flight(), 0U);
}

TEST(EarlierDays, OfBillsThatAreNotPolledAnyMoreAreNotAskedFor) {
  World world = world_of(kEveryMinute + account("a", "ak-a", "balance, bills"));
  fill_books(world);
  world.reload_at(seconds(3), kEveryMinute + account("a", "ak-a", "balance"));
  world.run_for(minutes(5));
  for (const SimulatedCall& call : world.cloud.calls_of("bill")) {
    EXPECT_LE(call.at, milliseconds(3000));
  }
  EXPECT_EQ(known_days(world), 0U);
}

TEST(EarlierDays, GoOnThroughAReloadThatAsksTheSame) {
  World world = world_of(kEveryMinute + kAccount);
  fill_books(world);
  for (int i = 1; i <= 8; ++i) {
    world.reload_at(seconds(i),
                    kEveryMinute + account("a", "ak-a", "bills", "budget: " + std::to_string(i)));
  }
  world.run_for(seconds(30));
  EXPECT_EQ(known_days(world), kAllDays);
  EXPECT_THAT(asked_days(world), SizeIs(kAllDays)) << "each once";
}

TEST(EarlierDays, GoOnWithAnotherKeyAfterItsPoll) {
  World world = world_of(kEveryMinute + kAccount);
  fill_books(world);
  world.cloud.schedule(seconds(3), [&] {
    world.poller().mailbox().post_secrets({{0, key_named("ak-new")}});
  });
  world.run_for(minutes(3));
  EXPECT_THAT(times_of(world.cloud.calls(), "ak-a"), Each(Le(milliseconds(3000))));
  EXPECT_EQ(known_days(world), kAllDays);
  expect_true_days(world);
}

TEST(EarlierDays, AreNotAskedForWithoutSecrets) {
  World world = world_of(kEveryMinute + kAccount);
  fill_books(world);
  world.cloud.schedule(seconds(3), [&] {
    world.poller().mailbox().post_secrets({{0, Error{"the file is gone"}}});
  });
  std::size_t calls = 0;
  world.cloud.schedule(seconds(4), [&] { calls = world.cloud.calls().size(); });
  world.cloud.schedule(minutes(2), [&] {
    EXPECT_EQ(world.cloud.calls().size(), calls);
    world.poller().mailbox().post_secrets({{0, key_named("ak-a")}});
  });
  world.run_for(minutes(4));
  EXPECT_EQ(known_days(world), kAllDays);
  expect_true_days(world);
}

TEST(EarlierDays, AreGivenUpAtTheEnd) {
  World world = world_of(kEveryMinute + kAccount);
  fill_books(world);
  world.latency = milliseconds(400);
  world.run_for(milliseconds(4050));
  EXPECT_EQ(world.cloud.in_flight(), 0U);
  EXPECT_GT(world.cloud.abandoned(), 0U);
}

// ---- the days that may still change ----

TEST(EarlierDays, TheNewestThreeAreReadAgainOnceOnEachDay) {
  World world = world_of(polled_every("10m") + kAccount);
  fill_books(world);
  std::size_t after_first = 0;
  world.cloud.schedule(hours(1), [&] { after_first = world.cloud.calls().size(); });
  world.cloud.schedule(hours(2), [&] { world.rows["2026-11-13 postpaid"] = 99; });
  world.run_for(hours(12 + 24 + 1));  // until one o'clock of the 17th
  // Midnight begins the 16th, whose newest day is the 14th until ten; so for the 17th.
  EXPECT_THAT(asked_days(world, after_first),
              ElementsAre("2026-11-14", "2026-11-13", "2026-11-12", "2026-11-15",  // the 16th
                          "2026-11-15", "2026-11-14", "2026-11-13"));              // the 17th
  const auto& known = *world.views[0]->results.days->value;
  const BillingDay changed = std::chrono::year(2026) / 11 / 13;
  EXPECT_EQ((known.sum(changed, changed).sums.at({"CNY", "postpaid"}).to_decimal()), "99");
}

TEST(EarlierDays, ThatWereMissedAreReadAfterAPause) {
  World world = world_of(polled_every("10m") + kAccount);
  fill_books(world);
  world.trouble = [&world](const SimulatedCall&) -> std::optional<SimulatedReply> {
    const bool is_down = world.cloud.elapsed() > hours(2) && world.cloud.elapsed() < hours(98);
    return is_down ? std::optional(refuse(403, "AccessDenied")) : std::nullopt;
  };
  world.run_for(hours(99));  // four days later
  EXPECT_EQ(known_days(world), kAllDays + 4);
  expect_true_days(world);
}

// ---- restart ----

TEST(EarlierDays, SurviveARestart) {
  std::string record;
  {
    World world = world_of(kEveryMinute + kAccount);
    fill_books(world);
    world.poller().keep_records([&](const AccountRecord& kept) { record = record_text(kept); });
    world.run_for(seconds(30));
  }
  World world = world_of(kEveryMinute + kAccount, kStart + hours(1));
  fill_books(world);
  world.poller().restore(record_of(record));
  EXPECT_EQ(known_days(world), kAllDays);
  world.run_for(minutes(5));
  EXPECT_THAT(asked_days(world), IsEmpty()) << "a day costs its requests once";
  expect_true_days(world);
}

TEST(EarlierDays, HalfReadGoOnAfterARestart) {
  std::string record;
  {
    World world = world_of(kEveryMinute + kAccount);
    fill_books(world);
    world.poller().keep_records([&](const AccountRecord& kept) { record = record_text(kept); });
    world.run_for(seconds(6));
  }
  World world = world_of(kEveryMinute + kAccount, kStart + seconds(70));
  fill_books(world);
  world.poller().restore(record_of(record));
  const std::size_t before = known_days(world);
  EXPECT_GT(before, 10U);
  world.run_for(minutes(5));
  EXPECT_THAT(asked_days(world), SizeIs(kAllDays - before));
  EXPECT_EQ(known_days(world), kAllDays);
}

// ---- what they cost ----

TEST(EarlierDays, ThatAreKnownCostNothing) {
  const DayTellingProvider provider;
  const ProviderTable table{&provider};
  World world(polled_every("60s") + kAccount, kStart, table);
  fill_books(world);
  world.cloud.schedule(minutes(1), [&] { EXPECT_EQ(provider.asked, kAllDays); });
  world.run_for(hours(3));
  EXPECT_EQ(provider.asked, kAllDays);
}

TEST(EarlierDays, OfACloudThatTellsNoneAreMissing) {
  World world(kEveryMinute + kAccount);
  fill_books(world);
  world.run_for(minutes(3));
  EXPECT_EQ(known_days(world), 1U);
  EXPECT_EQ(world.records.failures.size(), 0U);
  ASSERT_TRUE(world.views[0]->days_failure);
  EXPECT_EQ(world.views[0]->days_failure->message, "earlier days are not told");
}

// ---- whatever happens ----

// Some days of polls with requests for days that fail, hang or are slow, reloads, other keys and
// orders of polls, at random times. Afterwards all is known, and nothing was asked too fast, twice
// or at the cost of a poll.
TEST(EarlierDays, AreAllKnownAndTrueAfterAnyTrouble) {
  const unsigned seeds = is_long_run() ? 12 : 3;
  for (unsigned seed = 1; seed <= seeds; ++seed) {
    SCOPED_TRACE(seed);
    std::mt19937 random(seed);
    const auto number = [&random](int most) {
      return std::uniform_int_distribution<int>(0, most)(random);
    };
    const std::string both = account("a", "ak-a", "balance, bills") + account("b", "ak-b", "bills");
    World world = world_of(polled_every("10m") + both);
    fill_books(world);
    const milliseconds calm = hours(30);
    std::map<std::pair<std::string, std::string>, std::vector<WallTime>> good;  // by key and day
    world.trouble = [&](const SimulatedCall& call) -> std::optional<SimulatedReply> {
      if (!is_of_a_day(call) || call.parameter("mode") != "postpaid") return std::nullopt;
      if (world.cloud.elapsed() < calm) {
        switch (number(12)) {
          case 0:
            return refuse(500, "InternalError");
          case 1:
            return refuse(403, "AccessDenied");
          case 2:
            return SimulatedReply{};
          case 3:
            return SimulatedReply{HttpResponse{200, {}, "nonsense"}, milliseconds(20)};
          case 4:
            return SimulatedReply{
                response_of(bill_page(call, world.rows.at(call.parameter("day") + " postpaid"),
                                      "account-1")),
                seconds(number(20))};
          default:
            break;
        }
      }
      return std::nullopt;
    };
    for (int i = 0; i < 40; ++i) {
      const milliseconds at = seconds(number(30 * 3600));
      switch (number(3)) {
        case 0:
          world.reload_at(at, polled_every(number(1) == 0 ? "10m" : "11m") + both);
          break;
        case 1:
          world.cloud.schedule(at, [&world] {
            world.poller().mailbox().post_secrets({{0, Error{"being written"}}});
          });
          world.cloud.schedule(at + seconds(1), [&world] {
            world.poller().mailbox().post_secrets({{0, key_named("ak-a")}});
          });
          break;
        case 2:
          world.reload_at(at, polled_every("10m") + account("b", "ak-b", "bills"));
          world.reload_at(at + seconds(number(10)), polled_every("10m") + both);
          break;
        default:
          world.reload_at(at, polled_every("10m") + account("a", "ak-a", "balance, bills"));
          world.reload_at(at + seconds(number(10)), polled_every("10m") + both);
      }
    }
    world.reload_at(hours(30), polled_every("10m") + both);
    world.run_for(hours(34));
    // At 22 o'clock of the 16th the newest day is the 15th.
    for (const std::size_t index : {0U, 1U}) {
      EXPECT_EQ(known_days(world, index), kAllDays + 1);
      expect_true_days(world, index);
      EXPECT_FALSE(world.views.at(index)->days_failure);
      EXPECT_FALSE(world.views.at(index)->days_are_read);
    }
    for (const std::string key : {"ak-a", "ak-b"}) {
      std::vector<milliseconds> times = times_of(world.cloud.calls(), key);
      for (std::size_t i = 1; i < times.size(); ++i) {
        ASSERT_GE(times[i] - times[i - 1], milliseconds(100)) << key;
      }
    }
    for (const CountedRecords::Poll& poll : world.records.polls) {
      EXPECT_NE(poll.reason, Reason::kServer);
      EXPECT_NE(poll.reason, Reason::kTimeout);
      EXPECT_NE(poll.reason, Reason::kDecode);
    }
  }
}

// Each account that the cloud has told of a month that is shown.
std::set<std::string> owners_shown(const World& world) {
  std::set<std::string> owners;
  const AccountResults& results = world.views.at(0)->results;
  for (const auto& [month, read] : results.months) owners.insert(read.value->account_id);
  for (const auto& [month, read] : results.effective_months) {
    owners.insert(read.value->shares.account_id);
  }
  return owners;
}

// A forecast or an average of two accounts' days would be wrong for a month.
TEST(EarlierDays, AndMonthsOfAnotherAccountOfTheCloudAreForgottenWhenItsKeyComes) {
  World world = world_of(polled_every("1h") + account("a", "ak-a", "balance, bills, amortization"));
  fill_books(world);
  world.account_of = {{"ak-other", "account-2"}};
  world.cloud.schedule(hours(3), [&] {
    EXPECT_EQ(known_days(world), kAllDays);
    world.poller().mailbox().post_secrets({{0, key_named("ak-rotated")}});
  });
  world.cloud.schedule(hours(6), [&] {
    EXPECT_EQ(known_days(world), kAllDays) << "a rotated key is the same account's";
    expect_true_days(world);
    EXPECT_THAT(owners_shown(world), ElementsAre("account-1"));
    for (auto& [period, rows] : world.rows) rows = 99;
    world.poller().mailbox().post_secrets({{0, key_named("ak-other")}});
  });
  for (int minute = 1; minute < 300; ++minute) {
    world.cloud.schedule(hours(6) + minutes(minute), [&] {
      EXPECT_THAT(owners_shown(world), SizeIs(Le(1U))) << "of one account or the other";
      if (owners_shown(world) != std::set<std::string>{"account-2"}) return;
      const auto& known = world.views.at(0)->results.days;
      if (!known) return;
      for (const BillingDay day : known->value->days()) {
        EXPECT_EQ((known->value->sum(day, day).sums.at({"CNY", "postpaid"}).to_decimal()), "99")
            << day_text(day);
      }
    });
  }
  world.run_for(hours(11));
  EXPECT_THAT(owners_shown(world), ElementsAre("account-2"));
  EXPECT_THAT(world.months(0), SizeIs(2));
  EXPECT_EQ(known_days(world), kAllDays) << "of the new account, all of them";
}

}  // namespace
}  // namespace cloud_billing
