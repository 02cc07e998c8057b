#include "baidu/product_costs.h"

#include <utility>
#include <vector>

#include "baidu/bill_listings.h"
#include "baidu/summary_items.h"
#include "providers/api_error.h"
#include "providers/conversation_set.h"
#include "providers/single_request.h"

namespace cloud_billing::baidu {
namespace {

// `billed` as in billed_accounts().
Result<ServiceCosts, Failure> read_products(const AccountConfig& account, const std::string& billed,
                                            const ProductType& type, HttpResponse& response) {
  const auto summary = read_summary_items(response, type.wire);
  if (!summary) return summary.error();
  if (billed.empty() && summary->shows_member()) return Failure{Reason::kPermission, kMasked};
  ServiceCosts costs;
  if (billed.empty()) costs.account_id = summary->account_id;
  for (const SummaryItem& item : summary->items) {
    const DayCostKey key{account.currency, item.service_type, std::string(type.billing_mode)};
    if (!costs.add(key, item.billed_cost)) {
      return response_not_understood("the sum of all items is too large");
    }
  }
  return costs;
}

}  // namespace

std::unique_ptr<Conversation<ServiceCosts>> read_product_costs(const AccountConfig& account,
                                                               const Days& days,
                                                               const std::string& period) {
  std::vector<std::unique_ptr<Conversation<ServiceCosts>>> summaries;
  for (const std::string& billed : billed_accounts(account)) {
    for (const ProductType& type : kProductTypes) {
      summaries.push_back(std::make_unique<SingleRequest<ServiceCosts>>(
          summary_request(days, period, billed, type.wire),
          [&account, billed, &type](HttpResponse& response) {
            return read_products(account, billed, type, response);
          }));
    }
  }
  return std::make_unique<ConversationSet<ServiceCosts>>(std::move(summaries), ServiceCosts{});
}

}  // namespace cloud_billing::baidu
