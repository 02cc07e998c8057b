#include "polling/collector_run.h"

#include <gtest/gtest.h>

#include <deque>
#include <memory>
#include <string>
#include <utility>

namespace cloud_billing {
namespace {

using std::chrono::milliseconds;

constexpr SteadyTime kNow{std::chrono::hours(1000)};
const BillingMonth kMonth = BillingMonth::at(UtcSeconds(std::chrono::hours(500000)));

// A month that asks what it is given, then waits.
class ListedMonth final : public MonthConversation {
 public:
  explicit ListedMonth(std::deque<PendingRequest> requests) : requests_(std::move(requests)) {}
  std::optional<PendingRequest> next() override {
    if (requests_.empty()) return std::nullopt;
    PendingRequest first = std::move(requests_.front());
    requests_.pop_front();
    return first;
  }
  std::optional<Failure> accept(std::uint64_t, HttpResponse&) override { return std::nullopt; }
  void fail(std::uint64_t, const Failure&) override {}
  bool finished() const override { return false; }
  const std::optional<Failure>& failure() const override { return failure_; }
  MonthCosts take_costs() override { return {}; }

 private:
  std::deque<PendingRequest> requests_;
  std::optional<Failure> failure_;
};

PendingRequest request(std::uint64_t token, milliseconds pause = milliseconds(0)) {
  return PendingRequest{token, {}, pause};
}

CollectorRun run_of(std::deque<PendingRequest> first, std::deque<PendingRequest> second = {}) {
  CollectorRun run(Collector::kBills, WallTime{}, kNow);
  run.add_leg(MonthLeg{kMonth, std::make_unique<ListedMonth>(std::move(first))});
  run.add_leg(MonthLeg{kMonth.previous(), std::make_unique<ListedMonth>(std::move(second))});
  return run;
}

std::uint64_t take_token(CollectorRun& run, SteadyTime now = kNow) {
  EXPECT_LE(run.ready_at(now).value_or(SteadyTime::max()), now);
  return run.take_ready(now).pending.token;
}

TEST(CollectorRun, MonthsTakeTurns) {
  CollectorRun run = run_of({request(1), request(2)}, {request(11), request(12)});
  EXPECT_EQ(take_token(run), 1U);
  EXPECT_EQ(take_token(run), 11U);
  EXPECT_EQ(take_token(run), 2U);
  EXPECT_EQ(take_token(run), 12U);
  EXPECT_EQ(run.ready_at(kNow), std::nullopt);
}

TEST(CollectorRun, AskingWhatIsReadyAgainTakesNothingMore) {
  CollectorRun run = run_of({request(1), request(2)});
  EXPECT_EQ(run.ready_at(kNow), kNow);
  EXPECT_EQ(run.ready_at(kNow), kNow);
  EXPECT_EQ(take_token(run), 1U);
  EXPECT_EQ(take_token(run), 2U);
}

TEST(CollectorRun, ARetryThatIsDueGoesBeforeFreshRequests) {
  CollectorRun run = run_of({request(1), request(2)});
  ASSERT_EQ(run.ready_at(kNow), kNow);
  Outgoing first = run.take_ready(kNow);
  first.not_before = kNow + milliseconds(500);
  run.send_again(std::move(first));
  EXPECT_EQ(take_token(run, kNow + milliseconds(500)), 1U);
}

TEST(CollectorRun, AWaitingRetryHoldsNoFreshRequestBack) {
  CollectorRun run = run_of({request(1), request(2)});
  ASSERT_EQ(run.ready_at(kNow), kNow);
  Outgoing first = run.take_ready(kNow);
  first.not_before = kNow + milliseconds(500);
  run.send_again(std::move(first));
  EXPECT_EQ(take_token(run), 2U);
  EXPECT_EQ(run.ready_at(kNow), kNow + milliseconds(500));
}

TEST(CollectorRun, APauseIsKept) {
  CollectorRun run = run_of({request(1, milliseconds(1000))});
  EXPECT_EQ(run.ready_at(kNow), kNow + milliseconds(1000));
  EXPECT_EQ(run.ready_at(kNow + milliseconds(400)), kNow + milliseconds(1000));
  EXPECT_EQ(take_token(run, kNow + milliseconds(1000)), 1U);
}

TEST(CollectorRun, APausingMonthHoldsTheOtherNotBack) {
  CollectorRun run = run_of({request(1, milliseconds(1000))}, {request(11)});
  EXPECT_EQ(take_token(run), 11U);
  EXPECT_EQ(run.ready_at(kNow), kNow + milliseconds(1000));
}

TEST(CollectorRun, AClosedMonthAsksNothing) {
  CollectorRun run = run_of({request(1)}, {request(11)});
  ASSERT_EQ(run.ready_at(kNow), kNow);
  run.legs()[0].closed = true;
  run.drop_waiting(0);
  EXPECT_FALSE(run.finished());
  EXPECT_EQ(take_token(run), 11U);
  EXPECT_EQ(run.ready_at(kNow), std::nullopt);
  run.legs()[1].closed = true;
  EXPECT_TRUE(run.finished());
}

TEST(CollectorRun, TheFirstFailureIsItsReason) {
  CollectorRun run = run_of({});
  EXPECT_FALSE(run.failure());
  run.note_failure(Failure{Reason::kTimeout, "first"});
  run.note_failure(Failure{Reason::kServer, "second"});
  EXPECT_EQ(run.failure()->message, "first");
}

}  // namespace
}  // namespace cloud_billing
