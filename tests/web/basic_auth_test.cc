#include "web/basic_auth.h"

#include <gtest/gtest.h>

#include <atomic>
#include <string>
#include <thread>
#include <vector>

namespace cloud_billing {
namespace {

// Published test vectors of OpenBSD's bcrypt: the hashes of "a" and "abc".
const std::string kHashOfA = "$2a$06$m0CrhHm10qJ3lXRY.5zDGO3rS2KdeeWLuGmsfGlMfOxih58VYVfxe";
const std::string kHashOfAbc = "$2a$06$If6bvum7DFjUnE9p2uDeDu0YHzrHM6tf.iqN8.yx.jNN1ILEf7h0i";

// Base64 by hand: "alice:a", "alice:abc", "bob:abc", "alice:" and "alice:a\0b".
const std::string kAliceA = "Basic YWxpY2U6YQ==";
const std::string kAliceAbc = "Basic YWxpY2U6YWJj";
const std::string kBobAbc = "Basic Ym9iOmFiYw==";
const std::string kAliceEmpty = "Basic YWxpY2U6";
const std::string kAliceZero = "Basic YWxpY2U6YQBi";

TEST(BasicAuth, AdmitsEverybodyWhereThereAreNoUsers) {
  BasicAuth auth({});
  EXPECT_TRUE(auth.admits(""));
  EXPECT_TRUE(auth.admits(kAliceA));
}

TEST(BasicAuth, AdmitsTheRightPasswordOfEachUserOnly) {
  BasicAuth auth({{"alice", kHashOfA}, {"bob", kHashOfAbc}});
  for (int time = 0; time < 2; ++time) {  // the second is remembered
    EXPECT_TRUE(auth.admits(kAliceA));
    EXPECT_TRUE(auth.admits(kBobAbc));
    EXPECT_FALSE(auth.admits(kAliceAbc));
    EXPECT_FALSE(auth.admits(kAliceEmpty));
    EXPECT_FALSE(auth.admits(kAliceZero));
    EXPECT_FALSE(auth.admits(""));
  }
}

TEST(BasicAuth, ReadsTheSchemeInAnyCaseAndNoOther) {
  BasicAuth auth({{"alice", kHashOfA}});
  EXPECT_TRUE(auth.admits("basic YWxpY2U6YQ=="));
  EXPECT_TRUE(auth.admits("BASIC  YWxpY2U6YQ"));
  EXPECT_FALSE(auth.admits("Bearer YWxpY2U6YQ=="));
  EXPECT_FALSE(auth.admits("BasicYWxpY2U6YQ=="));
  EXPECT_FALSE(auth.admits("Basic"));
  EXPECT_FALSE(auth.admits("Basic YWxp Y2U6YQ=="));
  EXPECT_FALSE(auth.admits("Basic YWxpY2U="));  // "alice", without a colon
}

TEST(BasicAuth, AnUnknownUserIsRefusedWithAnybodysPassword) {
  BasicAuth auth({{"carol", kHashOfA}});
  EXPECT_FALSE(auth.admits(kAliceA));
}

TEST(BasicAuth, AReplacedPasswordIsForgotten) {
  BasicAuth auth({{"alice", kHashOfA}});
  EXPECT_TRUE(auth.admits(kAliceA));
  auth.replace({{"alice", kHashOfAbc}});
  EXPECT_FALSE(auth.admits(kAliceA));
  EXPECT_TRUE(auth.admits(kAliceAbc));
}

TEST(BasicAuth, SaysWhetherItAsks) {
  BasicAuth auth({});
  EXPECT_FALSE(auth.asks());
  auth.replace({{"alice", kHashOfA}});
  EXPECT_TRUE(auth.asks());
}

TEST(BasicAuth, ChecksNothingNewOnceStoppedAndStillKnowsWhoWasGood) {
  BasicAuth auth({{"alice", kHashOfA}, {"bob", kHashOfAbc}});
  EXPECT_TRUE(auth.admits(kAliceA));
  auth.stop_checking();
  EXPECT_TRUE(auth.admits(kAliceA));
  EXPECT_FALSE(auth.admits(kBobAbc));
}

TEST(BasicAuth, ManyThreadsMayAsk) {
  BasicAuth auth({{"alice", kHashOfA}});
  std::vector<std::thread> threads;
  std::atomic<int> admitted{0};
  for (int i = 0; i < 8; ++i) {
    threads.emplace_back([&] {
      if (auth.admits(kAliceA)) ++admitted;
      if (auth.admits(kAliceAbc)) admitted += 100;
    });
  }
  auth.replace({{"alice", kHashOfA}});
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(admitted, 8);
}

}  // namespace
}  // namespace cloud_billing
