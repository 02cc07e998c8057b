#pragma once

// Reads one billing month of a Baidu account: the prepaid and the postpaid bill of the main account
// and of each sub-account, then the provider's own total over the same days.

#include <memory>

#include "providers/provider.h"

namespace cloud_billing {

[[nodiscard]] std::unique_ptr<MonthConversation> ask_baidu_month(
    const AccountConfig& account, const AggregationConfig& aggregation, const MonthQuery& query);

// The bill request of one page. `product_type` is "prepay" or "postpay"; `query_account_id` is
// empty for the key's own account.
[[nodiscard]] ApiRequest baidu_bill_request(BillingMonth month, std::string_view product_type,
                                            std::string_view query_account_id, std::int64_t page,
                                            std::int64_t page_size);

}  // namespace cloud_billing
