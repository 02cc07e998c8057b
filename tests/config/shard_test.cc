#include "config/shard.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <vector>

namespace cloud_billing {
namespace {

using testing::ElementsAre;
using testing::Pair;

const ProviderFacts kCloud = [] {
  ProviderFacts facts{.name = "cloud", .billing_zone = kUtc};
  return facts;
}();

Config config_of(const std::vector<std::string>& names) {
  Config config;
  for (const std::string& name : names) {
    AccountConfig account;
    account.name = name;
    account.provider = &kCloud;
    account.labels = {{"team_of_" + name, "x"}};
    config.accounts.push_back(account);
  }
  return config;
}

std::vector<std::string> names_of(const Config& config) {
  std::vector<std::string> names;
  for (const AccountConfig& account : config.accounts) names.push_back(account.name);
  return names;
}

// Computed by a program of another language: FNV-1a of "foobar" is 85944171f73967e8, as its authors
// publish it.
TEST(ShardScore, IsSplitMix64SeededWithFnv1aOfTheName) {
  EXPECT_EQ(shard_score("foobar", 0), 0x5DF295413403DE4F);
  EXPECT_EQ(shard_score("foobar", 1), 0x1D7722205B438A63);
  EXPECT_EQ(shard_score("生产", 0), 0xC1E5EAB075573D11);
}

TEST(Shards, EveryVersionPollsAnAccountInTheSameShard) {
  struct Case {
    const char* account;
    std::vector<std::size_t> of_1_2_3_5_10;
  };
  // Computed by the same program.
  const std::vector<Case> cases{
      {"baidu-prod", {0, 1, 1, 1, 7}}, {"volc-prod", {0, 0, 0, 3, 3}},
      {"account-1", {0, 0, 0, 0, 0}},  {"account-2", {0, 1, 2, 4, 5}},
      {"account-3", {0, 0, 2, 2, 9}},  {"生产", {0, 0, 2, 2, 6}},
      {"a", {0, 1, 1, 1, 1}},
  };
  for (const Case& each : cases) {
    std::vector<std::size_t> shards;
    for (const std::size_t count : {1U, 2U, 3U, 5U, 10U}) {
      shards.push_back(shard_of(each.account, count));
    }
    EXPECT_EQ(shards, each.of_1_2_3_5_10) << each.account;
  }
}

TEST(Shards, OneMoreMovesItsOwnShareOfTheAccountsAndNoOther) {
  constexpr std::size_t kAccounts = 10000;
  for (const std::size_t count : {2U, 3U, 5U, 9U}) {
    std::size_t moved = 0;
    for (std::size_t i = 0; i < kAccounts; ++i) {
      const std::string name = "account-" + std::to_string(i);
      const std::size_t after = shard_of(name, count + 1);
      if (shard_of(name, count) == after) continue;
      ++moved;
      EXPECT_EQ(after, count) << name;
    }
    EXPECT_NEAR(static_cast<double>(moved), 1.0 * kAccounts / static_cast<double>(count + 1), 200);
  }
}

TEST(Shards, TogetherPollEveryAccountOnce) {
  const std::vector<std::string> names{"account-1", "account-2", "account-3", "account-5"};
  EXPECT_THAT(names_of(keep_share(config_of(names), {0, 3})),
              ElementsAre("account-1", "account-5"));
  EXPECT_THAT(names_of(keep_share(config_of(names), {1, 3})), ElementsAre());
  EXPECT_THAT(names_of(keep_share(config_of(names), {2, 3})),
              ElementsAre("account-2", "account-3"));
}

TEST(Shards, KeepWhatTheyMustKnowOfTheWholeFile) {
  const Config share = keep_share(config_of({"account-1", "account-2", "account-3"}), {0, 3});
  EXPECT_EQ(share.other_shards.accounts, 2U);
  EXPECT_THAT(share.other_shards.label_names,
              ElementsAre("team_of_account-2", "team_of_account-3"));
  EXPECT_THAT(share.other_shards.providers, ElementsAre(Pair("cloud", kUtc)));
}

TEST(Shards, OneShardTakesAll) {
  const Config share = keep_share(config_of({"a", "b"}), {0, 1});
  EXPECT_THAT(names_of(share), ElementsAre("a", "b"));
  EXPECT_EQ(share.other_shards.accounts, 0U);
}

}  // namespace
}  // namespace cloud_billing
