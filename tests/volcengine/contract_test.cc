// The rules that every cloud fulfils, for this one.

#include "tests/providers/provider_contract.h"

#include "volcengine/provider.h"

namespace cloud_billing {
namespace {

ProviderSettings settings() {
  ProviderSettings settings;
  settings.set("region", "cn-beijing");
  return settings;
}

INSTANTIATE_TEST_SUITE_P(Volcengine, ProviderContract,
                         testing::Values(ContractCase{
                             &volcengine::provider(),
                             {"POST /?Action=ListBillDetail&Version=2022-01-01",
                              "POST /?Action=ListBillOverviewByProd&Version=2022-01-01",
                              "POST /?Action=QueryBalanceAcct&Version=2022-01-01",
                              "POST /?Action=ListOrders&Version=2022-01-01",
                              "POST /?Action=ListAmortizedCostBillMonthly&Version=2022-01-01",
                              "POST /?Action=ListCoupons&Version=2022-01-01",
                              "POST /?Action=ListResourcePackages&Version=2022-01-01",
                              "POST /?Action=ListBudget&Version=2022-01-01"},
                             settings()}));

}  // namespace
}  // namespace cloud_billing
