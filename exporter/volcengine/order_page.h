#pragma once

// Reads one response of Volcengine's ListOrders. Pure; one thread, one response at a time.

#include <optional>
#include <string>
#include <vector>

#include "billing/orders.h"
#include "core/failure.h"
#include "core/http.h"
#include "core/result.h"

namespace cloud_billing::volcengine {

struct ListedOrder {
  std::string id;
  std::string status;  // in this program's words
  std::string type;    // the same
  OptionalAmount payable;
  std::optional<UtcSeconds> created;
};

struct OrderPage {
  std::vector<ListedOrder> orders;
  std::string next_token;  // empty: the last page
};

[[nodiscard]] Result<OrderPage, Failure> read_orders(HttpResponse& response);

}  // namespace cloud_billing::volcengine
