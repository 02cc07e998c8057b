#pragma once

// Reads the orders of a Volcengine account that were created in a window.

#include <memory>

#include "providers/provider.h"

namespace cloud_billing {

[[nodiscard]] std::unique_ptr<OrdersConversation> ask_volcengine_orders(
    const AccountConfig& account, const OrdersQuery& query);

}  // namespace cloud_billing
