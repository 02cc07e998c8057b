// What a restart takes up from the records that an earlier process left, in simulated time.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "exposition/exposition.h"
#include "polling/account_restore.h"
#include "tests/accounts/record_text.h"
#include "tests/polling/poller_world.h"

namespace cloud_billing::restart_test {
namespace {

using std::chrono::days;
using std::chrono::hours;
using std::chrono::milliseconds;
using std::chrono::minutes;
using std::chrono::seconds;
using testing::AllOf;
using testing::Ge;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Le;
using testing::Not;
using testing::SizeIs;

const std::string kAccount = "accounts:\n" + account("a", "ak-a", "balance, bills");

// The last records of each account, by name, as files would hold them.
using Records = std::map<std::string, std::string>;

void fill_books(World& world) {
  world.rows = {{"2026-10 postpaid", 210}, {"2026-11 postpaid", 311}, {"2026-11 prepaid", 12}};
}

// Runs a process and kills it.
Records run_until_killed(World& world, milliseconds duration) {
  Records records;
  world.poller().keep_records(
      [&](const AccountRecord& record) { records[record.account] = record_text(record); });
  world.run_for(duration);
  return records;
}

Records records_of(const std::string& config, milliseconds duration, UtcSeconds start = kStart) {
  World world(config, start);
  fill_books(world);
  return run_until_killed(world, duration);
}

// The poller has taken up the records and polled nothing yet.
void restore(World& world, const Records& records) {
  fill_books(world);
  world.poller();
  for (const auto& [name, text] : records) {
    world.poller().restore(record_of(text));
  }
}

// The samples about the account's money and its collectors.
std::string shown(const World& world) {
  Snapshot input;
  input.config = world.config;
  input.now = std::chrono::floor<seconds>(world.cloud.wall());
  input.accounts = world.views;
  std::string samples;
  const std::string text = render_exposition(input);
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = text.find('\n', at) + 1;
    const std::string line = text.substr(at, end - at);
    if (line.find("account=\"a\"") != std::string::npos) samples += line;
    at = end;
  }
  return samples;
}

milliseconds first_call(const World& world, std::string_view operation) {
  const auto calls = world.cloud.calls_of(operation);
  EXPECT_FALSE(calls.empty()) << operation;
  return calls.empty() ? milliseconds(-1) : calls.front().at;
}

// At or after, by the jitter of up to three polls.
auto about(milliseconds time, milliseconds interval) {
  return AllOf(Ge(time), Le(time + 3 * interval / 20 + seconds(1)));
}

TEST(Restart, ShowsEverythingAsItWasBeforeAnythingIsPolled) {
  World before(kAccount);
  fill_books(before);
  const Records records = run_until_killed(before, minutes(12));
  World after(kAccount, kStart + minutes(13));
  restore(after, records);
  EXPECT_EQ(shown(after), shown(before));
  EXPECT_THAT(shown(after), HasSubstr("cloud_billing_cash_balance{provider=\"fake\","
                                      "account=\"a\",currency=\"CNY\"} 850.5\n"));
  EXPECT_THAT(shown(after), HasSubstr("period=\"current\",currency=\"CNY\","
                                      "billing_mode=\"postpaid\"} 311\n"));
  EXPECT_THAT(shown(after), HasSubstr("collector_up{provider=\"fake\",account=\"a\","
                                      "collector=\"bills\"} 1\n"));
  EXPECT_THAT(after.cloud.calls(), IsEmpty());
}

TEST(Restart, PollsNothingBeforeItIsDue) {
  const Records records = records_of(kAccount, minutes(12));  // balance at 0, 5, 10 minutes
  World after(kAccount, kStart + minutes(13));
  restore(after, records);
  after.run_for(hours(2));
  EXPECT_THAT(first_call(after, "balance"), about(minutes(2), minutes(5)));
  EXPECT_THAT(first_call(after, "bill"), about(minutes(47), hours(1)));
}

TEST(Restart, PollsAtOnceWhatBecameDueMeanwhile) {
  const Records records = records_of(kAccount, minutes(12));
  World after(kAccount, kStart + minutes(30));
  restore(after, records);
  after.run_for(hours(1));
  EXPECT_EQ(first_call(after, "balance"), milliseconds(0));
  EXPECT_THAT(first_call(after, "bill"), about(minutes(30), hours(1)));
}

TEST(Restart, TakesUpAPollThatWasInterruptedAndKeepsTheMonthThatWasReadAlready) {
  World before(kAccount);
  fill_books(before);
  before.trouble = [](const SimulatedCall& call) -> std::optional<SimulatedReply> {
    if (call.parameter("month") == "2026-10") return SimulatedReply{};  // hangs
    return std::nullopt;
  };
  const Records records = run_until_killed(before, seconds(10));
  World after(kAccount, kStart + seconds(20));
  restore(after, records);
  EXPECT_EQ(after.months(0), std::vector{kNovember});
  EXPECT_EQ(after.status(0, Collector::kBills).up, std::nullopt) << "not ready before it is polled";
  after.run_for(minutes(1));
  EXPECT_EQ(first_call(after, "bill"), milliseconds(0));
  EXPECT_EQ(after.months(0), (std::vector{kOctober, kNovember}));
}

TEST(Restart, PollsAtOnceWhatFailedWhateverForAndGoesOnWithItsBackoff) {
  const std::string config = "polling: {balance: {interval: 1h}}\n" + kAccount;
  for (const auto& [status, code, failures] :
       {std::tuple(400, "Nonsense", 5), {403, "AccessDenied", 1}}) {
    World before(config);
    before.trouble = [status = status,
                      code = code](const SimulatedCall& call) -> std::optional<SimulatedReply> {
      if (call.operation != "balance") return std::nullopt;
      return SimulatedReply{refusal(status, code), milliseconds(20)};
    };
    const Records records = run_until_killed(before, minutes(2));  // failed at 0, 5, 15, 35, 75 s
    ASSERT_THAT(before.cloud.calls_of("balance"), SizeIs(failures)) << code;
    World after(config, kStart + minutes(2));
    after.trouble = before.trouble;
    restore(after, records);
    EXPECT_EQ(after.status(0, Collector::kBalance).up, false);
    after.run_for(minutes(10));
    const auto calls = after.cloud.calls_of("balance");
    ASSERT_FALSE(calls.empty()) << code;
    EXPECT_EQ(calls[0].at, milliseconds(0)) << code;
    if (failures == 1) {
      EXPECT_THAT(calls, SizeIs(1)) << "a refusal waits the full interval";
    } else {
      ASSERT_GE(calls.size(), 2U);
      EXPECT_THAT(calls[1].at - calls[0].at, AllOf(Ge(seconds(160)), Le(seconds(170))));
    }
  }
}

TEST(Restart, PollsAtOnceWhatNeverSucceeded) {
  World before(kAccount);
  before.trouble = [](const SimulatedCall&) { return SimulatedReply{}; };  // all hang
  Records records;
  before.poller().keep_records(
      [&](const AccountRecord& record) { records[record.account] = record_text(record); });
  before.cloud.schedule(seconds(10), [&] {
    before.poller().mailbox().post_secrets({{0, Error{"cannot read it"}}});
  });
  before.run_for(seconds(11));
  ASSERT_THAT(records, SizeIs(1));
  World after(kAccount, kStart + seconds(12));
  restore(after, records);
  after.run_for(seconds(1));
  EXPECT_EQ(first_call(after, "balance"), milliseconds(0));
}

// A cloud that asked for ten minutes gets them.
TEST(Restart, HoldsWhatTheCloudAskedToWaitFor) {
  const std::string config =
      "http: {max_retries: 0}\npolling: {balance: {interval: 1h}}\n" + kAccount;
  World before(config);
  before.trouble = [](const SimulatedCall& call) -> std::optional<SimulatedReply> {
    if (call.operation != "balance") return std::nullopt;
    return SimulatedReply{refusal(429, "Throttled", {{"retry-after", "600"}}), milliseconds(0)};
  };
  const Records records = run_until_killed(before, minutes(4));
  World after(config, kStart + minutes(4));
  restore(after, records);
  after.run_for(minutes(10));
  EXPECT_THAT(first_call(after, "balance"), AllOf(Ge(minutes(6)), Le(minutes(6) + seconds(1))));
}

// Nobody gains if a thousand keys are refused in the same second.
TEST(Restart, SpreadsVeryManyThatFailedOverAMinute) {
  constexpr int kAccounts = 300;
  std::string config = "polling: {balance: {interval: 1h}}\naccounts:\n";
  for (int i = 0; i < kAccounts; ++i) {
    const std::string number = std::to_string(i);
    config += account("a" + number, "ak-" + number, "balance");
  }
  World before(config);
  before.trouble = [](const SimulatedCall&) { return refuse(403, "AccessDenied"); };
  const Records records = run_until_killed(before, minutes(1));
  ASSERT_THAT(before.cloud.calls_of("balance"), SizeIs(kAccounts));
  World after(config, kStart + minutes(1));
  restore(after, records);
  after.run_for(minutes(2));
  std::set<std::string> keys;  // each key's first poll; the next ones come over an hour
  std::vector<milliseconds> times;
  for (const SimulatedCall& call : after.cloud.calls_of("balance")) {
    if (keys.insert(call.access_key_id).second) times.push_back(call.at);
  }
  ASSERT_THAT(times, SizeIs(kAccounts));
  EXPECT_EQ(times.front(), milliseconds(0));
  EXPECT_LE(times.back(), minutes(1));
  EXPECT_EQ(
      std::count_if(times.begin(), times.end(), [](milliseconds at) { return at < seconds(30); }),
      kAccounts / 2);
}

TEST(Restart, PollsAtOnceWhatFailedForItsKey) {
  const std::string config = "polling: {balance: {interval: 1h}}\n" + kAccount;
  World before(config);
  before.secrets[0] = Error{"cannot read it"};
  const Records records = run_until_killed(before, hours(5));
  World after(config, kStart + hours(5));
  restore(after, records);
  after.run_for(minutes(1));
  EXPECT_EQ(first_call(after, "balance"), milliseconds(0));
  EXPECT_EQ(after.status(0, Collector::kBalance).up, true);
}

TEST(Restart, WithAnotherKeyBudgetLabelOrRateKeepsDataAndSchedule) {
  const Records records = records_of(kAccount, minutes(12));
  World after("accounts:\n" + account("a", "ak-rotated", "balance, bills",
                                      "budget: 7, labels: {team: infra}, requests_per_second: 3"),
              kStart + minutes(13));
  restore(after, records);
  EXPECT_EQ(after.months(0), (std::vector{kOctober, kNovember}));
  after.run_for(minutes(1));
  EXPECT_THAT(after.cloud.calls(), IsEmpty());
}

TEST(Restart, WithAnotherIdentityStartsAnew) {
  const Records records = records_of(kAccount, minutes(12));
  for (const std::string more : {"currency: USD", "members: [sub-1]", "site: east",
                                 "endpoint: \"https://other.example.com\""}) {
    World after("accounts:\n" + account("a", "ak-a", "balance, bills", more), kStart + minutes(13));
    restore(after, records);
    EXPECT_EQ(shown(after), "") << more;
    after.run_for(milliseconds(10));
    EXPECT_THAT(after.cloud.calls(), Not(IsEmpty())) << more;
  }
}

TEST(Restart, IntoTheNextMonthShowsWhatWasCurrentAsPrevious) {
  const Records records =
      records_of(kAccount, minutes(30), kChinaTime.end_of(kNovember) - hours(1));
  World after(kAccount, kChinaTime.end_of(kNovember) + minutes(10));
  restore(after, records);
  EXPECT_EQ(after.months(0), std::vector{kNovember});
  EXPECT_THAT(shown(after),
              AllOf(HasSubstr("period=\"previous\""), Not(HasSubstr("period=\"current\""))));
}

TEST(Restart, AfterMonthsDropsThemAndReadsTheBillsAnew) {
  const Records records = records_of(kAccount, minutes(30));
  World after(kAccount, kStart + days(60));
  restore(after, records);
  EXPECT_THAT(after.months(0), IsEmpty());
  EXPECT_EQ(after.status(0, Collector::kBills).up, std::nullopt) << "not ready before it is polled";
  after.run_for(seconds(1));
  EXPECT_LE(first_call(after, "bill"), milliseconds(100));
}

TEST(Restart, ReadsThePreviousMonthDailyAsBefore) {
  const Records records = records_of(kAccount, minutes(30), kStart + days(2));
  World after(kAccount, kStart + days(2) + hours(3));
  restore(after, records);
  after.run_for(hours(15));
  for (const SimulatedCall& call : after.cloud.calls_of("bill")) {
    if (is_of_a_day(call)) continue;  // the newest, once on each day
    EXPECT_EQ(call.parameter("month"), "2026-11");
  }
}

// Only a file that was changed by hand is so.
TEST(Restart, WithGroupsThatHaveTooManyValuesKeepsTheTotalsAndReadsThemAtOnce) {
  Records records = records_of(kAccount, minutes(12));
  const std::string values = R"("values":["CNY",)";
  std::string& text = records.at("a");
  ASSERT_THAT(text, HasSubstr(values));
  text.insert(text.find(values) + values.size(), R"("a","b","c",)");
  World after(kAccount, kStart + minutes(13));
  restore(after, records);
  EXPECT_THAT(shown(after), AllOf(HasSubstr("cloud_billing_account_billed_cost{"),
                                  Not(HasSubstr("cloud_billing_billed_cost{"))));
  after.run_for(minutes(1));
  EXPECT_EQ(first_call(after, "bill"), milliseconds(0));
  EXPECT_THAT(shown(after), HasSubstr("cloud_billing_billed_cost{"));
}

TEST(Restart, WithAnotherAggregationKeepsTheTotalsAndReadsTheGroupsAtOnce) {
  const Records records = records_of(kAccount, minutes(12));
  World after("aggregation: {group_by: [region_id]}\n" + kAccount, kStart + minutes(13));
  restore(after, records);
  const std::string total =
      "cloud_billing_account_billed_cost{provider=\"fake\",account=\"a\","
      "period=\"previous\",currency=\"CNY\",billing_mode=\"postpaid\"} 210\n";
  EXPECT_THAT(shown(after), AllOf(HasSubstr(total), Not(HasSubstr("cloud_billing_billed_cost")),
                                  Not(HasSubstr("folded_groups"))));
  EXPECT_EQ(after.status(0, Collector::kBills).up, true);
  after.run_for(minutes(1));
  EXPECT_EQ(first_call(after, "bill"), milliseconds(0));
  EXPECT_THAT(shown(after),
              AllOf(HasSubstr(total),
                    HasSubstr("cloud_billing_billed_cost{provider=\"fake\",account=\"a\","
                              "period=\"previous\",currency=\"CNY\",region_id=\"north\"} 210\n")));
  EXPECT_THAT(after.cloud.calls_of("balance"), IsEmpty());
}

TEST(Restart, WithOtherMeasuresOnlyShowsThemAtOnce) {
  const Records records = records_of(kAccount, minutes(12));
  World after("aggregation: {measures: [paid_amount]}\n" + kAccount, kStart + minutes(13));
  restore(after, records);
  EXPECT_THAT(shown(after), HasSubstr("cloud_billing_paid_amount{"));
  after.run_for(minutes(1));
  EXPECT_THAT(after.cloud.calls(), IsEmpty());
}

TEST(Restart, WithAShorterIntervalPollsByThatOne) {
  const Records records = records_of(kAccount, minutes(12));
  World after("polling: {bills: {interval: 20m}}\n" + kAccount, kStart + minutes(13));
  restore(after, records);
  after.run_for(hours(1));
  EXPECT_THAT(first_call(after, "bill"), AllOf(Ge(minutes(7)), Le(minutes(8) + seconds(1))));
}

TEST(Restart, WithOtherCollectorsShowsOnlyWhatIsPolled) {
  const Records records = records_of("accounts:\n" + account("a", "ak-a", "balance"), minutes(12));
  World after("accounts:\n" + account("a", "ak-a", "bills"), kStart + minutes(13));
  restore(after, records);
  EXPECT_FALSE(after.views[0]->results.balance);
  after.run_for(milliseconds(10));
  EXPECT_EQ(first_call(after, "bill"), milliseconds(0));
}

TEST(Restart, WaitsNoLongerThanAnIntervalWhateverTheClockWasSetTo) {
  const Records records = records_of(kAccount, minutes(12));
  World after(kAccount, kStart - days(10));
  restore(after, records);
  EXPECT_EQ(after.views[0]->results.balance->at, kStart - days(10))
      << "or it would be shown for too long";
  after.run_for(hours(2));
  EXPECT_THAT(first_call(after, "balance"), Le(minutes(5)));
  EXPECT_THAT(first_call(after, "bill"), Le(hours(1)));
}

TEST(Restart, BearsTimesThatTheClockCannotTell) {
  Records records = records_of(kAccount, seconds(30));
  for (const std::int64_t time : {std::int64_t{253402300799}, std::int64_t{-62167219200}}) {
    AccountRecord record = record_of(records.at("a"));
    for (CollectorRecord& collector : record.collectors) {
      collector.due = UtcSeconds(seconds(time));
      collector.started = UtcSeconds(seconds(time));
    }
    World world(kAccount, kStart + minutes(1));
    restore(world, {{"a", record_text(record)}});
    world.run_for(hours(2));
    EXPECT_THAT(first_call(world, "balance"), Le(minutes(5)));
    EXPECT_THAT(first_call(world, "bill"), Le(hours(1)));
  }
}

TEST(Restart, WithoutARecordPollsAsAFirstStart) {
  World after(kAccount);
  restore(after, {});
  after.run_for(milliseconds(10));
  EXPECT_EQ(first_call(after, "balance"), milliseconds(0));
}

TEST(Restart, KnowsWhyAPollFailedInTheWordsOfTheLog) {
  World before(kAccount);
  fill_books(before);
  before.trouble = [](const SimulatedCall& call) -> std::optional<SimulatedReply> {
    if (call.operation != "balance") return std::nullopt;
    return SimulatedReply{refusal(403, "AccessDenied"), milliseconds(20)};
  };
  const Records records = run_until_killed(before, minutes(12));  // the last at 10 minutes
  World after(kAccount, kStart + minutes(13));
  restore(after, records);
  const auto& failure = after.status(0, Collector::kBalance).last_failure;
  ASSERT_TRUE(failure);
  EXPECT_EQ(failure->reason, Reason::kPermission);
  EXPECT_THAT(failure->message, AllOf(HasSubstr("the key may not read this"),
                                      HasSubstr("AccessDenied"), HasSubstr("r-1")));
  EXPECT_THAT(failure->at - kStart, about(minutes(10), minutes(5)));
  EXPECT_THAT(shown(after), HasSubstr("collector_failing{provider=\"fake\",account=\"a\","
                                      "collector=\"balance\",reason=\"permission\"} 1\n"));
}

// A state file of a version that did not keep the words.
TEST(Restart, KnowsTheReasonOfARecordWithoutWords) {
  World before(kAccount);
  before.trouble = [](const SimulatedCall& call) -> std::optional<SimulatedReply> {
    if (call.operation != "balance") return std::nullopt;
    return SimulatedReply{refusal(403, "AccessDenied"), milliseconds(20)};
  };
  Records records = run_until_killed(before, minutes(1));
  std::string& text = records.at("a");
  const std::size_t begin = text.find(R"("last_failure":{)");
  ASSERT_NE(begin, std::string::npos);
  text.erase(begin, text.find("},", begin) + 2 - begin);
  World after(kAccount, kStart + minutes(2));
  restore(after, records);
  const auto& failure = after.status(0, Collector::kBalance).last_failure;
  ASSERT_TRUE(failure);
  EXPECT_EQ(failure->reason, Reason::kPermission);
  EXPECT_EQ(failure->message, "");
  EXPECT_EQ(failure->at, kStart);
}

TEST(Records, HoldNoSecretAndNoKeyId) {
  World before("accounts:\n" + account("a", "ak-visible", "balance, bills"));
  fill_books(before);
  before.secrets[0] = Credentials{"ak-visible", "sk-visible", "token-visible"};
  const Records records = run_until_killed(before, minutes(12));
  ASSERT_THAT(records, SizeIs(1U));
  EXPECT_THAT(records.at("a"), Not(HasSubstr("visible")));
}

}  // namespace
}  // namespace cloud_billing::restart_test
