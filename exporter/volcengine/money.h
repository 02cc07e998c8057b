#pragma once

// Reads the small responses of Volcengine's billing API: the balance, and a page of the bill's
// overview by product. Pure.

#include <cstdint>
#include <optional>
#include <string>

#include "billing/costs.h"
#include "billing/service_costs.h"
#include "core/failure.h"
#include "core/http.h"
#include "core/result.h"
#include "volcengine/bill_page.h"

namespace cloud_billing::volcengine {

// QueryBalanceAcct. `currency` is the account's, for a response that names none.
[[nodiscard]] Result<Balance, Failure> read_balance(HttpResponse& response,
                                                    const std::string& currency);

struct OverviewPage {
  ServiceCosts costs;  // as the site bills them
  std::int64_t rows = 0;
  std::optional<std::int64_t> total;  // rows of all pages; absent if it does not tell
};

// A page of ListBillOverviewByProd.
[[nodiscard]] Result<OverviewPage, Failure> read_overview(HttpResponse& response,
                                                          const BillTerms& terms);

}  // namespace cloud_billing::volcengine
