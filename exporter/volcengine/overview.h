#pragma once

// The provider's own totals of a month: ListBillOverviewByProd, page by page.

#include <cstdint>
#include <memory>

#include "billing/service_costs.h"
#include "providers/conversation.h"
#include "providers/provider.h"
#include "providers/provider_totals.h"
#include "volcengine/site.h"

namespace cloud_billing::volcengine {

// `limit` rows from `offset` on.
[[nodiscard]] ApiRequest overview_request(BillingMonth month, std::int64_t offset,
                                          std::int64_t limit);

// By product and billing mode; the account's own id is that of a payer that owns rows itself. The
// site and the account must outlive the conversation.
[[nodiscard]] std::unique_ptr<Conversation<ServiceCosts>> read_product_costs(
    const Site& site, const AccountConfig& account, BillingMonth month);

// By currency. The site and the account must outlive the conversation.
[[nodiscard]] std::unique_ptr<Conversation<CurrencySums>> read_overview_of(
    const Site& site, const AccountConfig& account, BillingMonth month);

}  // namespace cloud_billing::volcengine
