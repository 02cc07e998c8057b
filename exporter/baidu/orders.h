#pragma once

// Reads the orders of a Baidu account created in a window: one listing for the key's own account
// and one for each sub-account.

#include <memory>

#include "providers/provider.h"

namespace cloud_billing::baidu {

[[nodiscard]] std::unique_ptr<Conversation<Orders>> ask_orders(const AccountConfig& account,
                                                               const OrdersQuery& query);

}  // namespace cloud_billing::baidu
