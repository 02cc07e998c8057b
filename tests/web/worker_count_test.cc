#include "web/worker_count.h"

#include <gtest/gtest.h>

namespace cloud_billing {
namespace {

TEST(WorkerCount, IsWhatServesThePromiseWhereThreadsAreToBeHad) {
  EXPECT_EQ(workers_among(kThreadsWanted), kMostWorkers);
  EXPECT_GT(kMostWorkers, 550);
}

TEST(WorkerCount, LeavesThreadsForPollsWhereTheyAreFew) {
  EXPECT_EQ(workers_among(kThreadsWanted - 1), kMostWorkers - 1);
  EXPECT_EQ(workers_among(200), 200 - 1 - 49);
  EXPECT_EQ(workers_among(9), 6);
}

TEST(WorkerCount, IsOneAtLeastIfTheServerCanRunAtAll) {
  EXPECT_EQ(workers_among(2), 1);
  EXPECT_EQ(workers_among(1), 0);
  EXPECT_EQ(workers_among(0), 0);
}

TEST(WorkerCount, KeepsSomeWorkersFreeOfConnectionsThatStay) {
  EXPECT_GT(connections_among(kMostWorkers), 550);
  EXPECT_LT(connections_among(kMostWorkers), kMostWorkers);
  EXPECT_EQ(connections_among(6), 5);
  EXPECT_EQ(connections_among(1), 1);
}

}  // namespace
}  // namespace cloud_billing
