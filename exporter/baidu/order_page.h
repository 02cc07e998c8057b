#pragma once

// Reads one response of Baidu's order list (POST /v1/order/list): what it says of itself, and its
// orders in this program's words. Fields, statuses and types:
// cloud.baidu.com/doc/Finance/s/Omckak6e0 and the SDK models. Pure; one thread, one response at a
// time.

#include <string_view>

#include "billing/orders.h"
#include "core/failure.h"
#include "core/http.h"
#include "core/result.h"
#include "providers/page_facts.h"

namespace cloud_billing::baidu {

// Adds the page's orders; `currency` is the account's, since the list names none. A failure has
// added nothing.
[[nodiscard]] Result<PageFacts, Failure> read_orders(HttpResponse& response,
                                                     std::string_view currency, Orders& orders);

}  // namespace cloud_billing::baidu
