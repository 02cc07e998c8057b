#include "polling/collector_run.h"

#include <gtest/gtest.h>

#include <deque>
#include <memory>
#include <string>
#include <utility>

#include "billing/costs.h"

namespace cloud_billing {
namespace {

using std::chrono::milliseconds;

constexpr SteadyTime kNow{std::chrono::hours(1000)};

// A month that asks what it is given, then waits.
class ListedMonth final : public Conversation<MonthCosts> {
 public:
  explicit ListedMonth(std::deque<PendingRequest> requests) : requests_(std::move(requests)) {}
  std::optional<PendingRequest> next() override {
    if (requests_.empty()) return std::nullopt;
    PendingRequest first = std::move(requests_.front());
    requests_.pop_front();
    return first;
  }
  bool finished() const override { return false; }
  const std::optional<Failure>& failure() const override { return failure_; }
  MonthCosts take_result() override { return {}; }

 private:
  std::deque<PendingRequest> requests_;
  std::optional<Failure> failure_;
};

PendingRequest request(int number, milliseconds pause = milliseconds(0)) {
  PendingRequest pending;
  pending.request.subject = std::to_string(number);
  pending.pause = pause;
  return pending;
}

CollectorRun run_of(std::deque<PendingRequest> first, std::deque<PendingRequest> second = {}) {
  CollectorRun run(WallTime{}, kNow);
  const auto ignore = [](Conversation<MonthCosts>&, UtcSeconds) { return false; };
  for (auto* requests : {&first, &second}) {
    run.add_leg(Question<MonthCosts>(std::make_unique<ListedMonth>(std::move(*requests))), ignore);
  }
  return run;
}

// Its number.
int pop_ready(CollectorRun& run, SteadyTime now = kNow) {
  EXPECT_LE(run.prepare_next(now).value_or(SteadyTime::max()), now);
  return std::stoi(run.pop_ready(now).pending.request.subject);
}

TEST(CollectorRun, MonthsTakeTurns) {
  CollectorRun run = run_of({request(1), request(2)}, {request(11), request(12)});
  EXPECT_EQ(pop_ready(run), 1);
  EXPECT_EQ(pop_ready(run), 11);
  EXPECT_EQ(pop_ready(run), 2);
  EXPECT_EQ(pop_ready(run), 12);
  EXPECT_EQ(run.prepare_next(kNow), std::nullopt);
}

TEST(CollectorRun, AskingWhatIsReadyAgainTakesNothingMore) {
  CollectorRun run = run_of({request(1), request(2)});
  EXPECT_EQ(run.prepare_next(kNow), kNow);
  EXPECT_EQ(run.prepare_next(kNow), kNow);
  EXPECT_EQ(pop_ready(run), 1);
  EXPECT_EQ(pop_ready(run), 2);
}

TEST(CollectorRun, ARetryThatIsDueGoesBeforeFreshRequests) {
  CollectorRun run = run_of({request(1), request(2)});
  ASSERT_EQ(run.prepare_next(kNow), kNow);
  Outgoing first = run.pop_ready(kNow);
  first.not_before = kNow + milliseconds(500);
  run.send_again(std::move(first));
  EXPECT_EQ(pop_ready(run, kNow + milliseconds(500)), 1);
}

TEST(CollectorRun, AWaitingRetryHoldsNoFreshRequestBack) {
  CollectorRun run = run_of({request(1), request(2)});
  ASSERT_EQ(run.prepare_next(kNow), kNow);
  Outgoing first = run.pop_ready(kNow);
  first.not_before = kNow + milliseconds(500);
  run.send_again(std::move(first));
  EXPECT_EQ(pop_ready(run), 2);
  EXPECT_EQ(run.prepare_next(kNow), kNow + milliseconds(500));
}

TEST(CollectorRun, APauseIsKept) {
  CollectorRun run = run_of({request(1, milliseconds(1000))});
  EXPECT_EQ(run.prepare_next(kNow), kNow + milliseconds(1000));
  EXPECT_EQ(run.prepare_next(kNow + milliseconds(400)), kNow + milliseconds(1000));
  EXPECT_EQ(pop_ready(run, kNow + milliseconds(1000)), 1);
}

TEST(CollectorRun, APausingMonthHoldsTheOtherNotBack) {
  CollectorRun run = run_of({request(1, milliseconds(1000))}, {request(11)});
  EXPECT_EQ(pop_ready(run), 11);
  EXPECT_EQ(run.prepare_next(kNow), kNow + milliseconds(1000));
}

TEST(CollectorRun, AClosedMonthAsksNothing) {
  CollectorRun run = run_of({request(1)}, {request(11)});
  ASSERT_EQ(run.prepare_next(kNow), kNow);
  run.legs()[0].closed = true;
  run.drop_waiting(0);
  EXPECT_FALSE(run.finished());
  EXPECT_EQ(pop_ready(run), 11);
  EXPECT_EQ(run.prepare_next(kNow), std::nullopt);
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
