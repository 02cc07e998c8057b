// The rules that every cloud fulfils, for this one.

#include "tests/providers/provider_contract.h"

#include "baidu/provider.h"

namespace cloud_billing {
namespace {

INSTANTIATE_TEST_SUITE_P(Baidu, ProviderContract,
                         testing::Values(ContractCase{
                             &baidu::provider(),
                             {"GET /v1/bill/resource/month", "GET /v1/bill/month/summary",
                              "POST /v1/finance/cash/balance",
                              "POST /v1/finance/supervisor/credit/quota", "POST /v1/order/list",
                              "GET /v1/bill/share/bill"},
                             {}}));

}  // namespace
}  // namespace cloud_billing
