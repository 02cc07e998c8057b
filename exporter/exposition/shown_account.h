#pragma once

// An account with what is selected for showing at some time: without what is too old by then, and
// with the months that are `current` and `previous` then. Pure, any thread.

#include <bitset>
#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "accounts/account_view.h"
#include "accounts/counted_twice.h"
#include "billing/account_results.h"
#include "billing/effective_costs.h"
#include "billing/service_costs.h"
#include "billing/trend.h"
#include "core/calendar.h"

namespace cloud_billing {

// The parts of an account that a metric may show, each of which changes by itself.
enum class Subject {
  kSettings,  // what the configuration says of it, its labels too
  kAccountId,
  kBalance,
  kSubAccountCash,
  kMonths,
  kDay,   // the newest one
  kDays,  // all that are known
  kTrend,
  kClosedMonths,
  kEffectiveMonths,
  kOrders,
  kCoupons,
  kPackages,
  kBudgets,
  kRenewals,
  kCollectors,  // the last one
};

[[nodiscard]] constexpr std::size_t index_of(Subject subject) {
  return static_cast<std::size_t>(subject);
}

inline constexpr std::size_t kSubjects = index_of(Subject::kCollectors) + 1;
using Subjects = std::bitset<kSubjects>;

struct ShownMonth {
  std::string_view period;  // "current" or "previous"
  BillingMonth month;
  const MonthCosts* costs = nullptr;  // never null

  friend bool operator==(const ShownMonth&, const ShownMonth&) = default;
};

struct ShownClosedMonth {
  BillingMonth month;
  const ServiceCosts* costs = nullptr;  // never null

  friend bool operator==(const ShownClosedMonth&, const ShownClosedMonth&) = default;
};

// One of which it is known what it costs (is_told()).
struct ShownEffectiveMonth {
  std::string_view period;                // "current" or "previous"
  const EffectiveCosts* costs = nullptr;  // never null

  friend bool operator==(const ShownEffectiveMonth&, const ShownEffectiveMonth&) = default;
};

struct ShownAccount {
  std::shared_ptr<const AccountView> view;  // owns what is pointed to; null: nothing is known yet
  std::string labels;                       // rendered: provider, account, static labels
  // Null: none, or too old.
  const Balance* balance = nullptr;
  const SubAccountCash* sub_account_cash = nullptr;
  const DayCosts* day = nullptr;
  const KnownDays* days = nullptr;
  const Orders* orders = nullptr;
  const Coupons* coupons = nullptr;
  const Packages* packages = nullptr;
  const ProviderBudgets* budgets = nullptr;
  const Renewals* renewals = nullptr;
  std::vector<ShownMonth> months;                     // the current one first
  std::vector<ShownClosedMonth> closed_months;        // the oldest first
  std::vector<ShownEffectiveMonth> effective_months;  // the current one first
  std::vector<BillingMonth> not_amortised;            // seems_switched_off(), the current one first
  RegionIds region_ids;                               // of the months' bills
  Trend trend;                                        // of what is shown
};

[[nodiscard]] ShownAccount select_shown(std::shared_ptr<const AccountView> view, std::string labels,
                                        UtcSeconds now, const MaxAgeOf& max_age_of);

// What the account's bill of that month comes to; null: it is not shown.
[[nodiscard]] const MonthCosts* find_month(const ShownAccount& account, BillingMonth month);

// What a metric may show otherwise than before; everything if nothing was known.
[[nodiscard]] Subjects changed_subjects(const ShownAccount& before, const ShownAccount& after);

// Whether bills that are counted twice may be others than before.
[[nodiscard]] bool cover_differs(const ShownAccount& before, const ShownAccount& after);

// The bills counted twice of those that are shown; both accounts by their places.
[[nodiscard]] std::vector<CountedTwice> find_shown_twice(const std::vector<ShownAccount>& accounts);

}  // namespace cloud_billing
