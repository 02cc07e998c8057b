// What else the poller promises, against a simulated cloud in simulated time.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <optional>
#include <string>
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
using testing::SizeIs;

TEST(CreditQuota, ThatTheKeyMayNotReadIsNormalAndAskedAgainAfterADay) {
  World world("polling: {balance: {interval: 1h}}\naccounts:\n" + account("a", "ak-a", "balance"));
  world.run_for(hours(30));
  const auto calls = world.cloud.calls_of("credit");
  EXPECT_THAT(gaps_of(calls), ElementsAre(AllOf(Ge(hours(24)), Le(hours(26)))));
  EXPECT_THAT(world.cloud.calls_of("balance"), SizeIs(Ge(28U)));
  for (const auto& poll : world.records.polls) EXPECT_EQ(poll.reason, std::nullopt);
}

TEST(CreditQuota, IsInTheFirstPublishedBalance) {
  World world("accounts:\n" + account("a", "ak-a", "balance"));
  world.trouble = [](const SimulatedCall& call) -> std::optional<SimulatedReply> {
    if (call.operation != "credit") return std::nullopt;
    return SimulatedReply{response_of("limit 1000\nleft 400.5\n"), milliseconds(20)};
  };
  EXPECT_TRUE(world.run_once());
  EXPECT_EQ(world.views[0]->results.balance->value->available->to_decimal(), "1251");
  EXPECT_EQ(world.views[0]->results.account_id, "account-1");
}

// A cloud whose cash grows, and whose credit can be read during the first ten minutes.
std::optional<SimulatedReply> broken_credit(const SimulatedCall& call) {
  const auto minute = std::chrono::floor<minutes>(call.at);
  if (call.operation == "balance") {
    return SimulatedReply{
        response_of("owner account-1\ncash " + std::to_string(100 + minute.count()) + "\n")};
  }
  if (call.operation != "credit") return std::nullopt;
  if (call.at < minutes(10)) return SimulatedReply{response_of("limit 1000\nleft 400\n")};
  return refuse(500, "InternalError");
}

TEST(CreditQuota, ThatCannotBeReadKeepsWhatItWasBesideTheNewCashAndFailsThePoll) {
  World world("polling: {balance: {interval: 1m}}\nhttp: {max_retries: 0}\naccounts:\n" +
              account("a", "ak-a", "balance"));
  world.trouble = broken_credit;
  world.run_for(minutes(30));
  const Balance& balance = *world.views[0]->results.balance->value;
  EXPECT_GE(balance.cash, *Amount::parse("125"));
  EXPECT_LE(balance.available.value(), *Amount::parse("509"));
  EXPECT_GE(balance.available.value(), *Amount::parse("508")) << "as it was read with the credit";
  EXPECT_EQ(balance.credit_limit->to_decimal(), "1000");
  const CollectorStatus& status = world.status(0, Collector::kBalance);
  EXPECT_EQ(status.up, false);
  EXPECT_EQ(status.last_failure->reason, Reason::kServer);
  EXPECT_THAT(status.last_failure->message, HasSubstr("credit: the service failed"));
}

TEST(CreditQuota, ThatCannotBeReadIsWithdrawnWhenItIsTooOldAndTheCashIsNot) {
  World world(
      "polling: {balance: {interval: 1m, max_age: 15m}}\nhttp: {max_retries: 0}\n"
      "accounts:\n" +
      account("a", "ak-a", "balance"));
  world.trouble = broken_credit;
  world.run_for(minutes(30));
  const Balance& balance = *world.views[0]->results.balance->value;
  EXPECT_GE(balance.cash, *Amount::parse("125"));
  EXPECT_EQ(balance.available, std::nullopt);
  EXPECT_EQ(balance.credit_limit, std::nullopt);
}

SimulatedReply one_order(const std::string& status) {
  return {response_of("orders 1\nrow o " + status + " purchase vm 7 2026-11-14T00:00:00Z\n"),
          milliseconds(20)};
}

TEST(OrdersCollector, ReadsTheOrdersOfItsWindow) {
  World world("polling: {orders: {interval: 60s, window: 2d}}\naccounts:\n" +
              account("a", "ak-a", "orders"));
  world.trouble = [](const SimulatedCall&) { return one_order("unpaid"); };
  world.run_for(minutes(10));
  const auto calls = world.cloud.calls_of("orders");
  EXPECT_THAT(gaps_of(calls), AllOf(SizeIs(Ge(8U)), Each(about(seconds(60)))));
  EXPECT_THAT(calls.front().body, HasSubstr("2026-11-13T04:00:00Z"));
  EXPECT_EQ(world.status(0, Collector::kOrders).up, true);
  ASSERT_TRUE(world.views[0]->results.orders);
  EXPECT_EQ(world.views[0]->results.orders->value->groups().at({"unpaid", "purchase", "vm"}).count,
            1U);
  EXPECT_EQ(world.views[0]->results.orders->value->oldest_unpaid(), utc(2026, 11, 14));
}

TEST(OrdersCollector, AloneFailsWhereTheKeyMayNotReadOrders) {
  World world("polling: {orders: {interval: 60s}}\naccounts:\n" +
              account("a", "ak-a", "balance, bills, orders"));
  world.trouble = [](const SimulatedCall& call) -> std::optional<SimulatedReply> {
    if (call.operation == "orders") return refuse(403, "AccessDenied");
    return std::nullopt;
  };
  world.run_for(minutes(20));
  EXPECT_EQ(world.status(0, Collector::kOrders).up, false);
  EXPECT_EQ(world.status(0, Collector::kBalance).up, true);
  EXPECT_EQ(world.status(0, Collector::kBills).up, true);
  EXPECT_FALSE(world.views[0]->results.orders);
  EXPECT_THAT(gaps_of(world.cloud.calls_of("orders")),
              AllOf(SizeIs(Ge(17U)), Each(about(seconds(60)))));
}

TEST(OrdersCollector, KeepsTheLastGoodOrdersWhenAPollFails) {
  World world("polling: {orders: {interval: 60s}}\naccounts:\n" + account("a", "ak-a", "orders"));
  world.trouble = [&world](const SimulatedCall&) {
    return world.cloud.elapsed() < minutes(5) ? one_order("paid") : refuse(400, "Nonsense");
  };
  world.run_for(minutes(20));
  EXPECT_EQ(world.status(0, Collector::kOrders).up, false);
  ASSERT_TRUE(world.views[0]->results.orders);
  EXPECT_LT(world.views[0]->results.orders->at, kStart + minutes(6));
  EXPECT_LT(*world.last_success(0, Collector::kOrders), minutes(6));
}

TEST(Logs, TellAFailedPollsReasonButNoKey) {
  World world("accounts:\n" + account("a", "ak-visible", "balance"));
  world.trouble = [](const SimulatedCall&) { return refuse(403, "AccessDenied"); };
  testing::internal::CaptureStderr();
  EXPECT_FALSE(world.run_once());
  const std::string log = testing::internal::GetCapturedStderr();
  EXPECT_THAT(log, HasSubstr("account=a collector=balance reason=permission"));
  EXPECT_THAT(log, HasSubstr("AccessDenied"));
  EXPECT_THAT(log, HasSubstr("r-1"));
  EXPECT_EQ(log.find("ak-visible"), std::string::npos);
}

std::vector<std::string> lines_with(const std::string& log, const std::string& words) {
  std::vector<std::string> lines;
  for (std::size_t at = 0; at < log.size();) {
    const std::size_t end = std::min(log.find('\n', at), log.size());
    const std::string line = log.substr(at, end - at);
    if (line.find(words) != std::string::npos) lines.push_back(line);
    at = end + 1;
  }
  return lines;
}

TEST(Logs, TellTheFirstSuccessOfEachCollectorWithWhatItBrought) {
  World world(
      "polling: {balance: {interval: 1m}, bills: {interval: 1m}, orders: {interval: 1m}}\n"
      "accounts:\n" +
      account("a", "ak-a", "balance, bills, orders"));
  world.rows = {{"2026-11 postpaid", 311}, {"2026-10 postpaid", 210}};
  int balances = 0;
  world.trouble = [&balances](const SimulatedCall& call) -> std::optional<SimulatedReply> {
    if (call.operation != "balance" || ++balances > 1) return std::nullopt;
    return refuse(403, "AccessDenied");
  };
  testing::internal::CaptureStderr();
  world.run_for(minutes(5));
  const std::string log = testing::internal::GetCapturedStderr();
  const auto first = lines_with(log, "first poll succeeded");
  ASSERT_THAT(first, SizeIs(3U)) << log;
  EXPECT_THAT(first[0],
              AllOf(HasSubstr("level=info"), HasSubstr("collector=orders rows=0 seconds="),
                    HasSubstr("total=\"\"")));
  EXPECT_THAT(first[1], AllOf(HasSubstr("collector=bills rows=521 seconds="),
                              HasSubstr("total=\"CNY 311\"")));
  EXPECT_THAT(first[2], AllOf(HasSubstr("collector=balance rows=1 seconds="),
                              HasSubstr("total=\"CNY 850.5\"")));
  EXPECT_THAT(lines_with(log, "succeeded again"), SizeIs(0U)) << "the first success says it";
}

TEST(Logs, TellTheFirstSuccessAsJsonWithNumbersAsNumbers) {
  World world("accounts:\n" + account("a", "ak-a", "balance"));
  configure_log(LogLevel::kInfo, LogFormat::kJson);
  testing::internal::CaptureStderr();
  EXPECT_TRUE(world.run_once());
  const std::string log = testing::internal::GetCapturedStderr();
  configure_log(LogLevel::kInfo, LogFormat::kLogfmt);
  EXPECT_THAT(log, HasSubstr(R"("rows":1,"seconds":0.)"));
  EXPECT_THAT(log, HasSubstr(R"("total":"CNY 850.5")"));
}

TEST(Logs, WarnOnceOfOrdersThatTellNoAmountAndTotalNone) {
  World world("polling: {orders: {interval: 1m}}\naccounts:\n" + account("a", "ak-a", "orders"));
  world.trouble = [&world](const SimulatedCall&) {
    const auto elapsed = world.cloud.elapsed();
    const bool priced = elapsed > minutes(4) && elapsed < minutes(7);
    return SimulatedReply{
        response_of("orders 3\nrow 1 paid purchase vm 7 2026-11-14T00:00:00Z\n"
                    "row 2 paid renewal vm 5 2026-11-14T00:00:00Z\nrow 3 paid purchase vm " +
                    std::string(priced ? "0" : "-") + " 2026-11-14T00:00:00Z\n"),
        milliseconds(20)};
  };
  testing::internal::CaptureStderr();
  world.run_for(minutes(12));
  const std::string log = testing::internal::GetCapturedStderr();
  const auto warnings = lines_with(log, "orders tell no amount");
  ASSERT_THAT(warnings, SizeIs(2U)) << "again only after they told one; " << log;
  EXPECT_THAT(warnings[0], AllOf(HasSubstr("level=warn"), HasSubstr("account=a orders=1")));
  EXPECT_THAT(lines_with(log, "first poll succeeded"),
              ElementsAre(AllOf(HasSubstr("rows=3"), HasSubstr("total=\"\""))));
}

// The day and the months are refused for the same cause.
TEST(Logs, TellAFailedPollInOneLine) {
  World world("accounts:\n" + account("a", "ak-a", "bills"));
  world.trouble = [](const SimulatedCall&) { return refuse(403, "AccessDenied"); };
  testing::internal::CaptureStderr();
  EXPECT_FALSE(world.run_once());
  const std::string log = testing::internal::GetCapturedStderr();
  EXPECT_THAT(lines_with(log, "level=warn"), SizeIs(1U)) << log;
  EXPECT_THAT(lines_with(log, "poll failed"), SizeIs(1U)) << log;
}

TEST(Logs, HideASecretThatTheServerEchoes) {
  World world("accounts:\n" + account("a", "ak-a", "balance"));
  const std::string secret = world.config->accounts[0].secret_access_key.text;
  ASSERT_FALSE(secret.empty());
  world.trouble = [&secret](const SimulatedCall&) { return refuse(400, secret); };
  configure_log(LogLevel::kDebug, LogFormat::kLogfmt);
  testing::internal::CaptureStderr();
  EXPECT_FALSE(world.run_once());
  const std::string log = testing::internal::GetCapturedStderr();
  configure_log(LogLevel::kInfo, LogFormat::kLogfmt);
  EXPECT_THAT(log, HasSubstr("***"));
  EXPECT_EQ(log.find(secret), std::string::npos);
}

TEST(RunOnce, PollsEveryCollectorExactlyOnce) {
  World world("polling: {balance: {interval: 1s}, bills: {interval: 1s}}\naccounts:\n" +
              account("a", "ak-a", "balance, bills") + account("b", "ak-b", "balance"));
  world.rows["2026-11 postpaid"] = 10000;
  EXPECT_TRUE(world.run_once());
  EXPECT_THAT(world.records.polls, SizeIs(3U));
  EXPECT_THAT(world.cloud.calls_of("balance"), SizeIs(2U));
  EXPECT_EQ(world.views[0]->results.months.at(kNovember).value->rows, 10000U);
}

TEST(RunOnce, ReportsAFailureAndKeepsWhatSucceeded) {
  World world("accounts:\n" + account("a", "ak-a", "balance, bills"));
  world.trouble = [](const SimulatedCall& call) -> std::optional<SimulatedReply> {
    if (call.operation == "balance") return refuse(400, "Nonsense");
    return std::nullopt;
  };
  EXPECT_FALSE(world.run_once());
  EXPECT_THAT(world.records.polls, SizeIs(2U));
  EXPECT_EQ(world.months(0), (std::vector{kOctober, kNovember}));
}

TEST(RunOnce, WaitsNoHourWhereTheCloudAsksForIt) {
  World world("polling: {balance: {interval: 1h}}\naccounts:\n" + account("a", "ak-a", "balance"));
  world.trouble = [](const SimulatedCall& call) -> std::optional<SimulatedReply> {
    if (call.operation != "balance") return std::nullopt;
    return SimulatedReply{refusal(429, "Throttled", {{"retry-after", "3500"}}), milliseconds(20)};
  };
  EXPECT_FALSE(world.run_once());
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
  EXPECT_FALSE(world.run_once());
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
