#pragma once

// What is made of a bill once a cloud can read it: a month, which is reconciled with the provider's
// own total, and a day. One thread.

#include <memory>

#include "billing/costs.h"
#include "billing/effective_costs.h"
#include "providers/bill_sums.h"
#include "providers/conversation.h"
#include "providers/provider.h"
#include "providers/provider_totals.h"

namespace cloud_billing {

// What a cloud supplies.
struct MonthParts {
  std::unique_ptr<Conversation<BillSums>> bill;
  // The provider's own total, asked for once the bill is read. For information only: what cannot be
  // read fails nothing. Null: it is not asked for.
  std::unique_ptr<Conversation<CurrencySums>> totals;
};

// `zone` is the cloud's. The account and the aggregation, which is that of the bill, must outlive
// the conversation.
[[nodiscard]] std::unique_ptr<Conversation<MonthCosts>> ask_month_of(
    BillingZone zone, const AccountConfig& account, const AggregationConfig& aggregation,
    const MonthQuery& query, MonthParts parts);

// `shares` are the rows of an amortised bill. No total of it is told, so a doubt fails it.
[[nodiscard]] std::unique_ptr<Conversation<EffectiveCosts>> ask_effective_month_of(
    BillingZone zone, const AccountConfig& account, const AggregationConfig& aggregation,
    const MonthQuery& query, std::unique_ptr<Conversation<BillSums>> shares);

// A day is shown by what every snapshot keeps unfolded.
[[nodiscard]] const AggregationConfig& totals_only();

// `bill` is aggregated by totals_only().
[[nodiscard]] std::unique_ptr<Conversation<DayCosts>> ask_day_of(
    std::unique_ptr<Conversation<BillSums>> bill, BillingDay day);

}  // namespace cloud_billing
