#include "web/account_query.h"

#include <gtest/gtest.h>

#include <string>

namespace cloud_billing {
namespace {

TEST(AccountQuery, ReadsWhichAccountsAreAskedFor) {
  const AccountSearch search = read_account_search(
      "q=web+prod&account=a%26b&state=over_budget&label=team&value=infra&sort=-runway");
  EXPECT_EQ(search.words, "web prod");
  EXPECT_EQ(search.account, "a&b");
  EXPECT_EQ(search.condition, AccountCondition::kOverBudget);
  EXPECT_EQ(search.label, "team");
  EXPECT_EQ(search.label_value, "infra");
  EXPECT_EQ(search.order, (AccountOrder{SortKey::kRunway, true}));
}

TEST(AccountQuery, IgnoresWhatMeansNothing) {
  for (const char* query : {"", "state=&sort=", "state=fine&sort=price&lang=zh&other=1"}) {
    const AccountSearch search = read_account_search(query);
    EXPECT_FALSE(search.condition) << query;
    EXPECT_EQ(search.order, AccountOrder()) << query;
    EXPECT_FALSE(search.label_value) << query;
    EXPECT_EQ(search.words, "") << query;
  }
}

TEST(AccountQuery, AnEmptyValueIsAskedFor) {
  EXPECT_EQ(read_account_search("label=team&value=").label_value, "");
}

}  // namespace
}  // namespace cloud_billing
