#pragma once

// Reads one billing month of a Volcengine account: its bill rows, then the provider's own total of
// the month. The site and the account outlive the conversations.

#include <memory>

#include "providers/provider.h"
#include "volcengine/site.h"

namespace cloud_billing::volcengine {

[[nodiscard]] std::unique_ptr<Conversation<MonthCosts>> ask_month(
    const Site& site, const AccountConfig& account, const AggregationConfig& aggregation,
    const MonthQuery& query);

// By the amortised bill; there is no total of it.
[[nodiscard]] std::unique_ptr<Conversation<EffectiveCosts>> ask_effective_month(
    const Site& site, const AccountConfig& account, const AggregationConfig& aggregation,
    const MonthQuery& query);

}  // namespace cloud_billing::volcengine
