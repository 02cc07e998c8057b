#include "polling/account_book.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <list>
#include <string>
#include <utility>
#include <vector>

#include "tests/polling/poller_world.h"

namespace cloud_billing {
namespace {

using testing::ElementsAre;

PostedConfig posted_of(const std::string& accounts) {
  auto config = read_config("accounts:\n" + accounts, fake_providers());
  std::vector<AccountSecrets> secrets(config->accounts.size(), key_named("ak"));
  return {std::move(config), std::move(secrets)};
}

// The names of those that stayed; which are gone comes back.
std::vector<std::string> take_up(AccountBook& accounts, const std::string& config,
                                 std::vector<std::string>& stayed) {
  const std::list<AccountState> gone =
      accounts.take_up(posted_of(config), fake_providers(), SteadyTime(),
                       [&stayed](AccountState& account, AccountEdit edit) {
                         stayed.push_back(account.account().name);
                         apply_edit(account, std::move(edit), SteadyTime());
                       });
  std::vector<std::string> names;
  for (const AccountState& account : gone) names.push_back(account.account().name);
  return names;
}

TEST(AccountBook, FindsEachByPlaceAndNameAfterAReloadToo) {
  AccountBook accounts;
  std::vector<std::string> stayed;
  const std::string a = account("a", "ak-a", "balance");
  const std::string b = account("b", "ak-b", "balance, bills");
  EXPECT_THAT(take_up(accounts, a + b, stayed), ElementsAre());
  EXPECT_EQ(accounts.count_never_polled(), 3U);
  AccountState* const of_b = accounts.find("b");
  ASSERT_NE(of_b, nullptr);
  EXPECT_EQ(accounts.find(1), of_b);

  EXPECT_THAT(take_up(accounts, b + account("c", "ak-c", "balance"), stayed), ElementsAre("a"));
  EXPECT_THAT(stayed, ElementsAre("b"));
  EXPECT_EQ(accounts.find("a"), nullptr);
  EXPECT_EQ(accounts.find("b"), of_b) << "requests under way refer to it";
  EXPECT_EQ(accounts.find(0), of_b);
  EXPECT_EQ(accounts.find(1), accounts.find("c"));
  EXPECT_EQ(accounts.find(2), nullptr);
}

}  // namespace
}  // namespace cloud_billing
