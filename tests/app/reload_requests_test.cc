#include "app/reload_requests.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <optional>
#include <string>
#include <thread>
#include <vector>

namespace cloud_billing {
namespace {

using std::chrono::hours;
using std::chrono::milliseconds;
using testing::HasSubstr;

std::string reason_of(const Status& status) { return status ? "" : status.error().message; }

TEST(ReloadRequests, WhoAsksGetsTheOutcomeOfAReloadThatBeganLater) {
  std::optional<ReloadRequests> requests;
  std::string reloaded = "never";
  requests.emplace([&] {
    // Runs on the asking thread, as a signal would reach the main one.
    requests->response([&]() -> Status {
      reloaded = "once";
      return {};
    });
  });
  EXPECT_TRUE(requests->ask(hours(1)));
  EXPECT_EQ(reloaded, "once");
}

TEST(ReloadRequests, ARefusalComesWithItsReasons) {
  std::optional<ReloadRequests> requests;
  requests.emplace(
      [&] { requests->response([]() -> Status { return Error{"config.yml:1:1: no"}; }); });
  EXPECT_EQ(reason_of(requests->ask(hours(1))), "config.yml:1:1: no");
}

TEST(ReloadRequests, AReloadUnderWayIsNotTheAnswer) {
  std::optional<ReloadRequests> requests;
  requests.emplace([] {});
  std::string response = "none";
  requests->response([&]() -> Status {
    response = reason_of(requests->ask(milliseconds(0)));
    return {};
  });
  EXPECT_THAT(response, HasSubstr("not ended"));
  EXPECT_THAT(reason_of(requests->ask(milliseconds(0))), HasSubstr("not ended"));
}

TEST(ReloadRequests, SeveralAreAnsweredByOneReload) {
  std::atomic<int> asked{0};
  ReloadRequests requests([&asked] { ++asked; });
  std::vector<std::thread> workers;
  for (int i = 0; i < 4; ++i) {
    workers.emplace_back([&requests] { EXPECT_EQ(reason_of(requests.ask(hours(1))), "refused"); });
  }
  while (asked < 4) std::this_thread::yield();
  requests.response([]() -> Status { return Error{"refused"}; });
  for (std::thread& worker : workers) worker.join();
}

TEST(ReloadRequests, NobodyWaitsForWhoStops) {
  ReloadRequests requests([] {});
  std::thread worker(
      [&requests] { EXPECT_THAT(reason_of(requests.ask(hours(1))), HasSubstr("stopping")); });
  requests.close();
  worker.join();
  EXPECT_THAT(reason_of(requests.ask(hours(1))), HasSubstr("stopping"));
}

}  // namespace
}  // namespace cloud_billing
