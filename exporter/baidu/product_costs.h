#pragma once

// What each product cost over days of one month, by the cloud's own summary: one request for each
// billed account and product type, sub-accounts included.

#include <memory>
#include <string>

#include "baidu/month.h"
#include "billing/service_costs.h"
#include "providers/conversation.h"
#include "providers/provider.h"

namespace cloud_billing::baidu {

// `period` is the days' name: "2026-11", "2026-11-23". The account must outlive the conversation.
[[nodiscard]] std::unique_ptr<Conversation<ServiceCosts>> read_product_costs(
    const AccountConfig& account, const Days& days, const std::string& period);

}  // namespace cloud_billing::baidu
