#pragma once

// AccountResults: all that is known of one account from its cloud, each with when it was read. The
// one declaration of it: the poller's state, the immutable view and the record that survives a
// restart each hold one. What a new collector brings is one member here and one line in
// visit_results(). Pure values; what they point to is shared between threads and never changed.

#include <chrono>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>

#include "billing/closed_month.h"
#include "billing/costs.h"
#include "billing/coupons.h"
#include "billing/effective_costs.h"
#include "billing/known_days.h"
#include "billing/orders.h"
#include "billing/packages.h"
#include "billing/provider_budgets.h"
#include "billing/renewals.h"
#include "billing/sub_account_cash.h"
#include "core/calendar.h"
#include "core/collector.h"

namespace cloud_billing {

// A result and when it was read, or known again to be the newest.
template <typename T>
struct Read {
  std::shared_ptr<const T> value;
  UtcSeconds at{};
};

// Whether what was read then may still be shown. max_age 0: always.
[[nodiscard]] inline bool is_fresh(UtcSeconds read_at, std::chrono::seconds max_age,
                                   UtcSeconds now) {
  return max_age.count() == 0 || now < read_at + max_age;
}

// How long a collector's results may be shown.
using MaxAgeOf = std::function<std::chrono::seconds(Collector)>;

struct AccountResults {
  std::string account_id;  // the cloud's own id of the account; empty while unknown
  std::optional<Read<Balance>> balance;
  std::map<BillingMonth, Read<MonthCosts>> months;
  std::optional<Read<KnownDays>> days;  // `at`: of the newest one
  std::optional<Read<Orders>> orders;
  // Without those of 0: a month that was read and cost nothing has none.
  std::map<BillingMonth, Read<ClosedMonth>> closed_months;
  std::map<BillingMonth, Read<EffectiveCosts>> effective_months;
  std::optional<Read<Coupons>> coupons;
  std::optional<Read<Packages>> packages;
  std::optional<Read<ProviderBudgets>> budgets;
  std::optional<Read<SubAccountCash>> sub_account_cash;
  std::optional<Read<Renewals>> renewals;

  // Forgets what a collector brought.
  void drop(Collector collector);
  // What may still be shown at this time.
  [[nodiscard]] AccountResults fresh(UtcSeconds now, const MaxAgeOf& max_age_of) const;
  // When the next of the results will have been shown for too long; nothing if none ever.
  [[nodiscard]] std::optional<UtcSeconds> next_expiry(UtcSeconds now,
                                                      const MaxAgeOf& max_age_of) const;
  // What was read at a time that is now in the future would be shown for too long.
  void bound_times(UtcSeconds now);
};

}  // namespace cloud_billing
