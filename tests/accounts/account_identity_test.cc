#include "accounts/account_identity.h"

#include <gtest/gtest.h>

#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace cloud_billing {
namespace {

ProviderFacts cloud_named(std::string_view name) {
  ProviderFacts facts{.name = name, .billing_zone = kUtc};
  facts.own_account_keys = {
      {.name = "sub_accounts", .kind = ProviderKey::Kind::kTextList, .is_part_of_identity = true},
      {.name = "tag_separators", .default_text = ";,\n", .is_part_of_identity = true},
      {.name = "region", .default_text = "north"}};
  return facts;
}

const ProviderFacts kFirstCloud = cloud_named("first");
const ProviderFacts kSecondCloud = cloud_named("second");

void set_sub_accounts(AccountConfig& account, std::vector<std::string> ids) {
  account.settings.set("sub_accounts", std::move(ids));
}

AccountConfig make_account() {
  AccountConfig account;
  account.name = "prod";
  account.provider = &kFirstCloud;
  account.access_key_id.text = "ak";
  account.secret_access_key.text = "sk";
  account.collectors = {Collector::kBills};
  account.settings = kFirstCloud.default_settings();
  set_sub_accounts(account, {"sub-1", "sub-2"});
  account.endpoint = {"https", "billing.example.com", ""};
  return account;
}

using Change = std::pair<std::string, std::function<void(AccountConfig&)>>;

AccountConfig changed(const Change& change) {
  AccountConfig account = make_account();
  change.second(account);
  return account;
}

TEST(AccountIdentity, ChangesWithWhatTheDataIsAbout) {
  const std::vector<Change> changes{
      {"name", [](AccountConfig& account) { account.name = "test"; }},
      {"provider", [](AccountConfig& account) { account.provider = &kSecondCloud; }},
      {"endpoint's host", [](AccountConfig& account) { account.endpoint.host = "other.com"; }},
      {"endpoint's scheme", [](AccountConfig& account) { account.endpoint.scheme = "http"; }},
      {"endpoint's port", [](AccountConfig& account) { account.endpoint.port = "8443"; }},
      {"currency", [](AccountConfig& account) { account.currency = "USD"; }},
      {"a sub-account more",
       [](AccountConfig& account) {
         set_sub_accounts(account, {"sub-1", "sub-2", "3"});
       }},
      {"no sub-accounts", [](AccountConfig& account) { set_sub_accounts(account, {}); }},
      {"sub-accounts' bounds",
       [](AccountConfig& account) { set_sub_accounts(account, {"sub-1\",\"sub-2"}); }},
      {"tag_separators",
       [](AccountConfig& account) { account.settings.set("tag_separators", ";"); }},
  };
  const AccountIdentity before(make_account());
  for (const Change& change : changes) {
    const AccountIdentity after(changed(change));
    EXPECT_NE(after, before) << change.first;
    EXPECT_NE(to_text(after), to_text(before)) << change.first;
  }
}

TEST(AccountIdentity, StaysWhenOnlyTheWayOfPollingOrShowingChanges) {
  const std::vector<Change> changes{
      {"key", [](AccountConfig& account) { account.access_key_id.text = "ak-rotated"; }},
      {"secret", [](AccountConfig& account) { account.secret_access_key.path = "/run/sk"; }},
      {"token", [](AccountConfig& account) { account.session_token.emplace(); }},
      {"collectors", [](AccountConfig& account) { account.collectors = {Collector::kBalance}; }},
      {"interval",
       [](AccountConfig& account) {
         account.intervals[Collector::kBills] = std::chrono::hours(6);
       }},
      {"budget", [](AccountConfig& account) { account.budget = Amount(); }},
      {"threshold", [](AccountConfig& account) { account.low_balance = Amount(); }},
      {"rate", [](AccountConfig& account) { account.requests_per_second = 3; }},
      {"labels", [](AccountConfig& account) { account.labels["team"] = "infra"; }},
      {"place in the file", [](AccountConfig& account) { account.position.line = 99; }},
      {"order of the sub-accounts",
       [](AccountConfig& account) {
         set_sub_accounts(account, {"sub-2", "sub-1"});
       }},
      {"a setting that is no part of it",
       [](AccountConfig& account) { account.settings.set("region", "south"); }},
      {"the default port written out",
       [](AccountConfig& account) { account.endpoint.port = "443"; }},
  };
  const AccountIdentity before(make_account());
  for (const Change& change : changes) {
    const AccountIdentity after(changed(change));
    EXPECT_EQ(after, before) << change.first;
    EXPECT_EQ(to_text(after), to_text(before)) << change.first;
  }
}

// State files of earlier versions hold it.
TEST(AccountIdentity, HasATextThatNoVersionChanges) {
  EXPECT_EQ(to_text(AccountIdentity(make_account())),
            R"({"currency":"CNY","endpoint":"https://billing.example.com","name":"prod",)"
            R"("provider":"first","sub_accounts":["sub-1","sub-2"],"tag_separators":";,\n"})");
}

TEST(AccountIdentity, HasTheFirstCloudsKeysInTheTextOfEveryCloud) {
  ProviderFacts cloud{.name = "third", .billing_zone = kUtc};
  AccountConfig account = make_account();
  account.provider = &cloud;
  account.settings = {};
  EXPECT_EQ(to_text(AccountIdentity(account)),
            R"({"currency":"CNY","endpoint":"https://billing.example.com","name":"prod",)"
            R"("provider":"third","sub_accounts":[],"tag_separators":";,\n"})");
}

}  // namespace
}  // namespace cloud_billing
