#pragma once

// Reads the small responses of Baidu's finance API: month summary, cash balance, credit quota.
// Pure.

#include <optional>
#include <string_view>

#include "core/amount.h"
#include "core/failure.h"
#include "core/http.h"
#include "core/result.h"

namespace cloud_billing::baidu {

// The payable total (financePrice) of GET /v1/bill/month/summary: the root object's own, else the
// sum of its items'.
[[nodiscard]] Result<Amount, Failure> read_summary(HttpResponse& response);

// cashBalance of POST /v1/finance/cash/balance.
[[nodiscard]] Result<Amount, Failure> read_cash(HttpResponse& response);

struct CreditQuota {
  Amount quota;
  Amount remaining;  // may be negative
};

// The quotas in effect of `account_id` from POST /v1/finance/supervisor/credit/quota; nothing if
// none is.
[[nodiscard]] Result<std::optional<CreditQuota>, Failure> read_credit(HttpResponse& response,
                                                                      std::string_view account_id);

}  // namespace cloud_billing::baidu
