#pragma once

// Reads the orders of a Volcengine account that were created in a window.

#include <chrono>
#include <memory>

#include "providers/provider.h"
#include "providers/token_pages.h"

namespace cloud_billing::volcengine {

// ListOrders (docs/6269): without a window it shows the last hour; a window spans 31 days at most.
inline constexpr std::chrono::days kLongestOrderSpan{31};

// A part of the window.
struct OrderSpan {
  UtcSeconds start{};
  UtcSeconds end{};
};

[[nodiscard]] ApiRequest order_request(const OrderSpan& span, const TokenPages::Page& page,
                                       int page_size);

[[nodiscard]] std::unique_ptr<Conversation<Orders>> ask_orders(const AccountConfig& account,
                                                               const OrdersQuery& query);

}  // namespace cloud_billing::volcengine
