#include "app/providers.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>
#include <stdexcept>

namespace cloud_billing {
namespace {

using testing::AllOf;
using testing::ElementsAre;
using testing::Field;

TEST(Providers, AreFoundByName) {
  std::set<std::string_view> names;
  for (const ProviderFacts& facts : all_providers().facts()) {
    EXPECT_EQ(all_providers().named(facts.name).facts().name, facts.name);
    EXPECT_TRUE(names.insert(facts.name).second);
  }
  EXPECT_EQ(names, (std::set<std::string_view>{"baidu", "byteplus", "volcengine"}));
  EXPECT_THROW(static_cast<void>(all_providers().named("nowhere")), std::logic_error);
}

TEST(BaiduFacts, AreThoseOfTheDocuments) {
  const ProviderFacts& facts = all_providers().named("baidu").facts();
  EXPECT_EQ(facts.default_endpoint, "https://billing.baidubce.com");
  EXPECT_EQ(facts.default_requests_per_second, 10);
  EXPECT_EQ(facts.max_requests_per_second, 20);
  EXPECT_THAT(facts.default_collectors, ElementsAre(Collector::kBalance, Collector::kBills));
  EXPECT_THAT(facts.own_account_keys, ElementsAre(Field(&ProviderKey::name, "sub_accounts"),
                                                  Field(&ProviderKey::name, "tag_separators"),
                                                  Field(&ProviderKey::name, "renewal_services")));
  EXPECT_EQ(facts.amortised_bill, "成本分摊");
}

TEST(VolcengineFacts, AreThoseOfTheDocuments) {
  const ProviderFacts& facts = all_providers().named("volcengine").facts();
  EXPECT_EQ(facts.default_endpoint, "https://billing.volcengineapi.com");
  EXPECT_EQ(facts.default_requests_per_second, 4);
  EXPECT_EQ(facts.max_requests_per_second, 5);
  EXPECT_THAT(facts.collectors,
              ElementsAre(Collector::kBalance, Collector::kBills, Collector::kOrders,
                          Collector::kHistory, Collector::kAmortization, Collector::kCoupons,
                          Collector::kPackages, Collector::kBudgets, Collector::kRenewals));
  EXPECT_THAT(facts.default_collectors, ElementsAre(Collector::kBalance, Collector::kBills));
  EXPECT_THAT(facts.own_account_keys, ElementsAre(Field(&ProviderKey::name, "region")));
  EXPECT_EQ(facts.amortised_bill, "成本账单");
}

TEST(ByteplusFacts, AreThoseOfTheDocuments) {
  const ProviderFacts& facts = all_providers().named("byteplus").facts();
  const ProviderFacts& volcengine = all_providers().named("volcengine").facts();
  EXPECT_EQ(facts.default_endpoint, "https://billing.byteplusapi.com");
  EXPECT_EQ(facts.default_currency, "USD");
  EXPECT_EQ(facts.billing_zone, kUtc);
  EXPECT_EQ(volcengine.billing_zone, kChinaTime);
  EXPECT_EQ(facts.collectors, volcengine.collectors);
  EXPECT_THAT(facts.own_account_keys,
              ElementsAre(AllOf(Field(&ProviderKey::name, "region"),
                                Field(&ProviderKey::default_text, "ap-southeast-1"))));
  EXPECT_EQ(facts.display_name, "BytePlus");
}

}  // namespace
}  // namespace cloud_billing
