#pragma once

// Reads the items of a month summary (GET /v1/bill/month/summary): what each product cost. Pure.
//
//   const auto summary = read_summary_items(response, "postpay");
//   for (const SummaryItem& item : summary->items) ...
//
// Conversations use it through read_product_costs() (product_costs.h).

#include <string>
#include <string_view>
#include <vector>

#include "core/amount.h"
#include "core/failure.h"
#include "core/http.h"
#include "core/result.h"

namespace cloud_billing::baidu {

struct SummaryItem {
  std::string service_type;  // empty if it is not told
  Amount billed_cost;        // financePrice
};

struct SummaryItems {
  std::vector<SummaryItem> items;  // a product may stand in several
  std::string account_id;          // empty if it is not told
  std::string sub_account_id;      // of a financial-circle member, else empty

  // True if a financial-circle member is shown: its amounts are masked when it asks for itself.
  [[nodiscard]] bool shows_member() const { return !sub_account_id.empty(); }
};

// `product_type` is what was asked for, "prepay" or "postpay". The documents do not say how deep
// `items` nests: those that hold no others count. Without any, the total is an item of its own,
// unless it is 0. Fails as `inconsistent` if items do not come to the total above them: a list cut
// short; each may be rounded by a cent.
[[nodiscard]] Result<SummaryItems, Failure> read_summary_items(HttpResponse& response,
                                                               std::string_view product_type);

}  // namespace cloud_billing::baidu
