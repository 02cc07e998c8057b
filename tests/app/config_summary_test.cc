#include "app/config_summary.h"

#include <gtest/gtest.h>

#include <optional>
#include <string>
#include <string_view>

#include "app/providers.h"

namespace cloud_billing {
namespace {

std::string summarise(std::string_view text, std::size_t account, std::size_t shards = 1) {
  const auto config = parse_config(
      text, "config.yml", [](std::string_view) { return std::nullopt; }, all_providers().facts());
  if (!config) return config.error().front().message;
  return summarise_account(*config, config->accounts.at(account), shards);
}

TEST(ConfigSummary, SaysWhatHoldsOnceDefaultsAreFilledIn) {
  constexpr std::string_view kText = R"(
polling: {balance: {interval: 10m}}
account_defaults:
  labels: {team: infra, site: bj}
  low_balance: 5000
  intervals: {orders: 2h}
accounts:
  - {name: a, provider: baidu, access_key_id: AKIDAKID, secret_access_key: s3cr3t}
  - name: b
    provider: volcengine
    access_key_id: AKIDAKID
    secret_access_key: s3cr3t
    collectors: [balance, bills, orders, history]
    intervals: {bills: 6h}
    region: cn-shanghai
    currency: USD
    budget: 100.50
    labels: {site: "上海 \"1\""}
  - {name: c, provider: baidu, access_key_id: AKIDAKID, secret_access_key: s3cr3t,
     sub_accounts: [1, 2], tag_separators: ";", requests_per_second: 0.5}
)";
  EXPECT_EQ(summarise(kText, 0),
            "a: baidu at https://billing.baidubce.com, collectors balance bills every 10m 1h, "
            "10 requests/s, currency CNY, low balance 5000 CNY, "
            "labels site=\"bj\" team=\"infra\"");
  EXPECT_EQ(summarise(kText, 1),
            "b: volcengine at https://billing.volcengineapi.com, collectors balance bills orders "
            "history every 10m 6h 2h 1d, 4 requests/s, region \"cn-shanghai\", currency USD, "
            "budget 100.5 USD, low balance 5000 USD, "
            "labels site=\"上海 \"1\"\" team=\"infra\"");
  EXPECT_EQ(summarise(kText, 2),
            "c: baidu at https://billing.baidubce.com, collectors balance bills every 10m 1h, "
            "0.5 requests/s, 2 sub-accounts, tag-separators \";\", currency CNY, "
            "low balance 5000 CNY, labels site=\"bj\" team=\"infra\"");
}

}  // namespace
}  // namespace cloud_billing
