#pragma once

// Reads the orders of a Baidu account created in a window: one listing for the key's own account
// and one for each sub-account.

#include <cstdint>
#include <memory>
#include <string>

#include "providers/provider.h"

namespace cloud_billing::baidu {

// `billed` as in billed_accounts().
[[nodiscard]] ApiRequest order_request(const OrdersQuery& query, const std::string& billed,
                                       std::int64_t page, std::int64_t page_size);

[[nodiscard]] std::unique_ptr<Conversation<Orders>> ask_orders(const AccountConfig& account,
                                                               const OrdersQuery& query);

}  // namespace cloud_billing::baidu
