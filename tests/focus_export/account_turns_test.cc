#include "focus_export/account_turns.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace cloud_billing {
namespace {

using testing::ElementsAre;
using testing::SizeIs;

std::vector<std::string> keys_of_their_own(std::size_t accounts) {
  std::vector<std::string> keys;
  for (std::size_t i = 0; i < accounts; ++i) keys.push_back("baidu key " + std::to_string(i));
  return keys;
}

std::vector<std::size_t> begin_all(AccountTurns& turns) {
  std::vector<std::size_t> begun;
  while (const auto account = turns.begin_next()) begun.push_back(*account);
  return begun;
}

TEST(AccountTurns, ReadsAFewOfVeryManyAccountsAtATime) {
  AccountTurns turns(keys_of_their_own(300));
  EXPECT_THAT(begin_all(turns), SizeIs(32));
  EXPECT_FALSE(turns.have_all_begun());
}

TEST(AccountTurns, BeginsOneWheneverOneEndsSoThatASlowOneHoldsUpNone) {
  AccountTurns turns(keys_of_their_own(300));
  static_cast<void>(begin_all(turns));
  // The first account never ends.
  for (std::size_t account = 1; account < 300; ++account) {
    turns.end(account);
    const auto next = turns.begin_next();
    if (account + 31 < 300) {
      EXPECT_EQ(next, account + 31);
    } else {
      EXPECT_FALSE(next);
    }
  }
  EXPECT_TRUE(turns.have_all_begun());
  EXPECT_THAT(turns.under_way(), ElementsAre(0));
}

TEST(AccountTurns, OfOneKeyLeavesRoomToOtherKeys) {
  AccountTurns turns({"a", "a", "a", "a", "a", "a", "b"});
  EXPECT_THAT(begin_all(turns), ElementsAre(0, 1, 2, 3, 6));
  turns.end(2);
  EXPECT_THAT(begin_all(turns), ElementsAre(4));
}

TEST(AccountTurns, PutsWhoeverWasServedBehindThoseWhoWait) {
  AccountTurns turns({"a", "b", "c"});
  static_cast<void>(begin_all(turns));
  turns.put_last(0);
  EXPECT_THAT(turns.under_way(), ElementsAre(1, 2, 0));
  turns.put_last(2);
  EXPECT_THAT(turns.under_way(), ElementsAre(1, 0, 2));
}

}  // namespace
}  // namespace cloud_billing
