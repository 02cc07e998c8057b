#include "providers/token_pages.h"

#include <gtest/gtest.h>

#include <string>
#include <utility>

namespace cloud_billing {
namespace {

TokenPageFacts naming(std::string token) {
  TokenPageFacts facts;
  facts.next_token = std::move(token);
  return facts;
}

TEST(TokenPages, OfAChainAreAskedForOneAfterTheOther) {
  TokenPages plan(1, 10);
  const auto first = plan.next();
  ASSERT_TRUE(first);
  EXPECT_EQ(first->number, 1);
  EXPECT_EQ(first->token, "");
  EXPECT_FALSE(plan.next());
  EXPECT_TRUE(plan.accept(*first, naming("b")));
  EXPECT_FALSE(plan.complete());
  const auto second = plan.next();
  ASSERT_TRUE(second);
  EXPECT_EQ(second->number, 2);
  EXPECT_EQ(second->token, "b");
  EXPECT_TRUE(plan.accept(*second, naming("")));
  EXPECT_TRUE(plan.complete());
  EXPECT_FALSE(plan.next());
}

TEST(TokenPages, OfSeveralChainsAreUnderWayTogether) {
  TokenPages plan(2, 10);
  const auto one = plan.next();
  const auto two = plan.next();
  ASSERT_TRUE(one && two);
  EXPECT_FALSE(plan.next());
  EXPECT_NE(one->chain, two->chain);
  EXPECT_TRUE(plan.accept(*two, naming("same")));
  EXPECT_TRUE(plan.accept(*one, naming("same"))) << "tokens are those of their chain";
  EXPECT_TRUE(plan.accept(*plan.next(), naming("")));
  EXPECT_FALSE(plan.complete());
  EXPECT_TRUE(plan.accept(*plan.next(), naming("")));
  EXPECT_TRUE(plan.complete());
}

TEST(TokenPages, ThatNameAPageTwiceOrHaveNoEndDoNotAddUp) {
  TokenPages circle(1, 10);
  EXPECT_TRUE(circle.accept(*circle.next(), naming("a")));
  EXPECT_EQ(circle.accept(*circle.next(), naming("a")).error().reason, Reason::kInconsistent);
  TokenPages endless(1, 2);
  EXPECT_TRUE(endless.accept(*endless.next(), naming("a")));
  EXPECT_TRUE(endless.accept(*endless.next(), naming("b")));
  EXPECT_FALSE(endless.accept(*endless.next(), naming("c")));
}

TEST(TokenPages, OfNoChainAreComplete) {
  TokenPages plan(0, 10);
  EXPECT_TRUE(plan.complete());
  EXPECT_FALSE(plan.next());
}

}  // namespace
}  // namespace cloud_billing
