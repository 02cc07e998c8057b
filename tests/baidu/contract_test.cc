// The rules that every cloud fulfils, for this one.

#include "tests/providers/provider_contract.h"

#include <string>
#include <vector>

#include "baidu/provider.h"

namespace cloud_billing {
namespace {

ProviderSettings with_a_sub_account() {
  ProviderSettings settings = baidu::provider().facts().default_settings();
  settings.set("sub_accounts", std::vector<std::string>{"5b1"});
  return settings;
}

INSTANTIATE_TEST_SUITE_P(Baidu, ProviderContract,
                         testing::Values(ContractCase{
                             &baidu::provider(),
                             {"GET /v1/bill/resource/month", "GET /v1/bill/month/summary",
                              "POST /v1/finance/cash/balance",
                              "POST /v1/finance/supervisor/credit/quota",
                              "POST /v1/finance/supervisor/cash/balance", "POST /v1/order/list",
                              "GET /v1/bill/share/bill", "POST /v1/renew/resource/list"},
                             with_a_sub_account()}));

}  // namespace
}  // namespace cloud_billing
