// What the loop looks at: what is due and what was answered, however many accounts there are.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>
#include <optional>
#include <string>
#include <utility>

#include "tests/polling/poller_world.h"

namespace cloud_billing {
namespace {

using std::chrono::minutes;
using std::chrono::seconds;

// The poller's own, with a count of how often it is asked.
class CountedSchedule final : public Schedule {
 public:
  std::optional<SteadyTime> next_poll(const CollectorState& collector) const override {
    ++looks;
    return recurring_schedule().next_poll(collector);
  }
  bool is_over(std::size_t never_polled) const override {
    return recurring_schedule().is_over(never_polled);
  }

  mutable std::size_t looks = 0;
};

// A fake cloud's, with a count of how often a poll is asked for its next request.
class CountedBalance final : public Conversation<Balance> {
 public:
  CountedBalance(Question<Balance> question, std::size_t& looks)
      : question_(std::move(question)), looks_(looks) {}

  std::optional<PendingRequest> next() override {
    ++looks_;
    return question_->next();
  }
  [[nodiscard]] bool finished() const override { return question_->finished(); }
  [[nodiscard]] const std::optional<Failure>& failure() const override {
    return question_->failure();
  }
  Balance take_result() override { return question_->take_result(); }

 private:
  Question<Balance> question_;
  std::size_t& looks_;
};

class CountedProvider final : public FakeProvider {
 public:
  Question<Balance> ask_balance(const AccountConfig& account,
                                const BalanceQuery& query) const override {
    return std::make_unique<CountedBalance>(FakeProvider::ask_balance(account, query), looks);
  }

  mutable std::size_t looks = 0;
};

const std::string kOneBusyAmongAThousand =
    "http: {timeout: 5m, max_retries: 0}\npolling: {balance: {interval: 1h}}\n" +
    accounts_of(1000, "balance") +
    account("busy", "ak-busy", "balance", "intervals: {balance: 1s}");

TEST(IdleAccounts, AreNotLookedAtWhileAnotherIsPolled) {
  World world(kOneBusyAmongAThousand);
  world.trouble = [](const SimulatedCall& call) -> std::optional<SimulatedReply> {
    if (call.access_key_id == "ak-busy") return std::nullopt;
    return refuse(403, "AccessDenied");  // until an hour later
  };
  const CountedSchedule schedule;
  std::size_t looks_before = 0;
  std::size_t polls_before = 0;
  (void)world.poller(schedule);
  world.cloud.schedule(minutes(2), [&] {
    looks_before = schedule.looks;
    polls_before = world.records.polls.size();
  });
  world.run_for(minutes(12));
  const std::size_t polls = world.records.polls.size() - polls_before;
  EXPECT_GE(polls, 500U);
  EXPECT_LE(schedule.looks - looks_before, 4 * polls);
}

TEST(PollsThatWaitForAnAnswer, AreNotLookedAtWhileOthersAreSent) {
  const CountedProvider provider;
  const ProviderTable table{&provider};
  World world(kOneBusyAmongAThousand, kStart, table);
  world.trouble = [](const SimulatedCall& call) -> std::optional<SimulatedReply> {
    if (call.access_key_id == "ak-busy") return std::nullopt;
    return SimulatedReply{};  // in five minutes
  };
  std::size_t looks_before = 0;
  std::size_t requests_before = 0;
  world.cloud.schedule(minutes(1), [&] {
    looks_before = provider.looks;
    requests_before = world.records.requests;
  });
  world.run_for(minutes(4));
  EXPECT_GE(world.cloud.in_flight() + world.cloud.abandoned(), 1000U);
  const std::size_t requests = world.records.requests - requests_before;
  EXPECT_GE(requests, 150U);
  EXPECT_LE(provider.looks - looks_before, 6 * requests);
}

}  // namespace
}  // namespace cloud_billing
