#pragma once

// All bill rows of a Baidu account over a month or a day: the prepaid and the postpaid bill of the
// key's own account and of each sub-account, page by page, and the amortised bill likewise. The
// questions about a month and about a day are built on it.

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "billing/billing_mode.h"
#include "providers/bill_sums.h"
#include "providers/conversation.h"
#include "providers/provider.h"

namespace cloud_billing::baidu {

// Of a member's own bill.
inline constexpr const char* kMasked =
    "this account is a member of a financial circle, so its own bill is masked: poll it from the "
    "master account, with its id under sub_accounts";

// There is no bill of both: each is asked for by itself.
struct ProductType {
  std::string_view wire;
  std::string_view billing_mode;
};
inline constexpr std::array kProductTypes{ProductType{"prepay", kPrepaid},
                                          ProductType{"postpay", kPostpaid}};

// What a bill is asked for.
struct BillPeriod {
  std::vector<QueryParameter> parameters;
  std::string text;  // "2026-11", "2026-11-23"

  [[nodiscard]] static BillPeriod of(BillingMonth month);
  [[nodiscard]] static BillPeriod of(BillingDay day);
};

// The bill request of one page. `product_type` is "prepay" or "postpay"; `query_account_id` is
// empty for the key's own account.
[[nodiscard]] ApiRequest bill_request(const BillPeriod& period, std::string_view product_type,
                                      std::string_view query_account_id, std::int64_t page,
                                      std::int64_t page_size);

// The same of the amortised bill; `period` is a month.
[[nodiscard]] ApiRequest share_request(const BillPeriod& period, std::string_view product_type,
                                       std::string_view query_account_id, std::int64_t page,
                                       std::int64_t page_size);

// "<what> of <period>", and of which sub-account.
[[nodiscard]] std::string describe_baidu_request(std::string_view what, std::string_view period,
                                                 std::string_view query_account_id);

// The accounts whose bills and orders are read: "" for the key's own, then the sub-accounts.
[[nodiscard]] std::vector<std::string> billed_accounts(const AccountConfig& account);

// `data_through` is until when those bills cover. Account, aggregation and `charges`, which gets
// each row unless it is null, must outlive the conversation.
[[nodiscard]] std::unique_ptr<Conversation<BillSums>> read_bills(
    const AccountConfig& account, const AggregationConfig& aggregation, const BillPeriod& period,
    const std::optional<UtcSeconds>& data_through, ChargeSink* charges = nullptr);

// The same of the amortised bill: the amounts are the month's shares.
[[nodiscard]] std::unique_ptr<Conversation<BillSums>> read_shares(
    const AccountConfig& account, const AggregationConfig& aggregation, BillingMonth month,
    UtcSeconds data_through, ChargeSink* charges = nullptr);

}  // namespace cloud_billing::baidu
