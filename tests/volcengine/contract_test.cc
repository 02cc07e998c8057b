// The rules that every cloud fulfils, for this one.

#include "tests/providers/provider_contract.h"

#include "volcengine/provider.h"

namespace cloud_billing {
namespace {

ContractCase case_of(const Provider& provider, const std::string& region) {
  ProviderSettings settings;
  settings.set("region", region);
  return {&provider,
          {"POST /?Action=ListBillDetail&Version=2022-01-01",
           "POST /?Action=ListBillOverviewByProd&Version=2022-01-01",
           "POST /?Action=QueryBalanceAcct&Version=2022-01-01",
           "POST /?Action=ListOrders&Version=2022-01-01",
           "POST /?Action=ListAmortizedCostBillMonthly&Version=2022-01-01",
           "POST /?Action=ListCoupons&Version=2022-01-01",
           "POST /?Action=ListResourcePackages&Version=2022-01-01",
           "POST /?Action=ListBudget&Version=2022-01-01",
           "POST /?Action=ListAvailableInstances&Version=2022-01-01"},
          settings};
}

INSTANTIATE_TEST_SUITE_P(Volcengine, ProviderContract,
                         testing::Values(case_of(volcengine::provider(), "cn-beijing")));
INSTANTIATE_TEST_SUITE_P(Byteplus, ProviderContract,
                         testing::Values(case_of(volcengine::byteplus(), "ap-southeast-1")));

}  // namespace
}  // namespace cloud_billing
