#pragma once

// All bill rows of a Volcengine account over a month or a day, and all rows of a month's amortised
// bill. The questions about a month and about a day are built on it.

#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "providers/bill_sums.h"
#include "providers/conversation.h"
#include "providers/growing_pages.h"
#include "providers/provider.h"
#include "volcengine/site.h"

namespace cloud_billing::volcengine {

// Rows of a page: what the billing API holds at most.
inline constexpr std::int64_t kBillPageSize = 300;

// What a bill is asked for.
struct BillPeriod {
  BillingMonth month;
  std::optional<BillingDay> day;  // of that month; nothing: all of it

  [[nodiscard]] static BillPeriod of(BillingDay day);
  [[nodiscard]] std::string text() const;  // "2026-11", "2026-11-23"
};

[[nodiscard]] ApiRequest bill_request(const BillPeriod& period, const GrowingPages::Page& page);

// The rows with their regions resolved. They cover up to the latest end of a postpaid expense; the
// account's own id is that of a payer that owns rows itself. Site, account, aggregation and
// `charges`, which gets each row unless it is null, must outlive the conversation.
[[nodiscard]] std::unique_ptr<Conversation<BillSums>> read_bill(
    const Site& site, const AccountConfig& account, const AggregationConfig& aggregation,
    const BillPeriod& period, ChargeSink* charges = nullptr);

[[nodiscard]] ApiRequest amortized_request(BillingMonth month, const GrowingPages::Page& page);

// The rows of the amortised bill, whose amounts are the month's shares, with regions' display
// names.
[[nodiscard]] std::unique_ptr<Conversation<BillSums>> read_amortized_bill(
    const Site& site, const AccountConfig& account, const AggregationConfig& aggregation,
    BillingMonth month, UtcSeconds data_through, ChargeSink* charges = nullptr);

}  // namespace cloud_billing::volcengine
