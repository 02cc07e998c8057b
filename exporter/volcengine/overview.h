#pragma once

// The provider's own total of a month, by currency: ListBillOverviewByProd, page by page.

#include <memory>

#include "providers/conversation.h"
#include "providers/provider.h"
#include "providers/provider_totals.h"

namespace cloud_billing::volcengine {

// The account must outlive the conversation.
[[nodiscard]] std::unique_ptr<Conversation<CurrencySums>> read_overview_of(
    const AccountConfig& account, BillingMonth month);

}  // namespace cloud_billing::volcengine
