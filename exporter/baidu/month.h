#pragma once

// Reads one billing month of a Baidu account: the prepaid and the postpaid bill of the main account
// and of each sub-account, then the provider's own total over the same days. A day is read alike,
// the total only if it has to decide.

#include <memory>
#include <string>
#include <string_view>

#include "providers/provider.h"

namespace cloud_billing::baidu {

// Days of one month.
struct Days {
  BillingDay first;
  BillingDay last;
};

// The provider's own total. `period` is their name, `billed` as in billed_accounts();
// `product_type` is "prepay" or "postpay", empty for both.
[[nodiscard]] ApiRequest summary_request(const Days& days, const std::string& period,
                                         const std::string& billed,
                                         std::string_view product_type = {});

[[nodiscard]] std::unique_ptr<Conversation<MonthCosts>> ask_month(
    const AccountConfig& account, const AggregationConfig& aggregation, const MonthQuery& query);

// By the amortised bill; there is no total of it.
[[nodiscard]] std::unique_ptr<Conversation<EffectiveCosts>> ask_effective_month(
    const AccountConfig& account, const AggregationConfig& aggregation, const MonthQuery& query);

[[nodiscard]] std::unique_ptr<Conversation<DayCosts>> ask_day(const AccountConfig& account,
                                                              const DayQuery& query);

}  // namespace cloud_billing::baidu
