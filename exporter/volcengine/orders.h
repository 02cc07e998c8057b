#pragma once

// Reads the orders of a Volcengine account that were created in a window.

#include <memory>

#include "providers/provider.h"

namespace cloud_billing::volcengine {

[[nodiscard]] std::unique_ptr<Conversation<Orders>> ask_orders(const AccountConfig& account,
                                                               const OrdersQuery& query);

}  // namespace cloud_billing::volcengine
