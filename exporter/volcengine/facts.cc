#include "volcengine/facts.h"

#include "volcengine/origins.h"
#include "volcengine/service_facts.h"
#include "volcengine/site.h"

namespace cloud_billing::volcengine {

ProviderFacts volcengine_facts() {
  return {.name = "volcengine",
          .billing_zone = kVolcengineSite.zone,
          .default_endpoint = "https://billing.volcengineapi.com",
          .default_requests_per_second = 4,
          .max_requests_per_second = 5,
          .collectors = {Collector::kBalance, Collector::kBills, Collector::kOrders,
                         Collector::kHistory, Collector::kAmortization, Collector::kCoupons,
                         Collector::kPackages, Collector::kBudgets, Collector::kRenewals},
          .default_collectors = {Collector::kBalance, Collector::kBills},
          .own_account_keys = {{.name = "region",
                                .kind = ProviderKey::Kind::kPlainName,
                                .default_text = "cn-beijing",
                                .noun = "a region"}},
          .other_names = {"火山", "火山云", "火山引擎", "volc", "volcano", "volcano-engine"},
          .display_name = "Volcengine",
          .amortised_bill = "成本账单",
          .origins = origins(),
          .issuer = "Volcano Engine",
          .services = service_facts()};
}

ProviderFacts byteplus_facts() {
  ProviderFacts facts = volcengine_facts();
  facts.name = "byteplus";
  facts.billing_zone = kByteplusSite.zone;
  facts.default_endpoint = "https://billing.byteplusapi.com";
  facts.own_account_keys.front().default_text = "ap-southeast-1";
  facts.other_names = {"byte-plus", "byte_plus", "bytepluscloud", "火山引擎国际", "火山引擎国际站"};
  facts.display_name = "BytePlus";
  facts.amortised_bill = "amortized cost bill";
  facts.default_currency = "USD";
  facts.origins = byteplus_origins();
  facts.issuer = "BytePlus";
  return facts;
}

}  // namespace cloud_billing::volcengine
