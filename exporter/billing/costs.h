#pragma once

// What is known of an account's money once it was read: its balance, what a month and a day cost.
// Immutable once made; amounts are exact. Pure values, any thread.

#include <cstddef>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "billing/aggregation.h"
#include "billing/bill.h"
#include "billing/cost_snapshot.h"
#include "core/amount.h"
#include "core/calendar.h"
#include "core/failure.h"

namespace cloud_billing {

struct Balance {
  std::string currency;
  std::optional<Amount> available;  // nothing if a part of it could not be read
  Amount cash;
  std::optional<Amount> credit_limit;
  std::optional<Amount> frozen;   // if the provider gives it
  std::optional<Amount> arrears;  // the same
  std::string account_id;         // the cloud's own id of the account; empty while unknown
  // When `available` and `credit_limit` were read, if that was before the rest.
  std::optional<UtcSeconds> available_at{};
  // Why `available` could not be read although the cash was.
  std::optional<Failure> available_failure{};
};

// The provider's own total in one currency, over the days that the rows cover.
struct ProviderTotal {
  std::string currency;
  Amount billed_cost;
  Amount difference;  // our sum minus that total
};

struct ModeKey {
  std::string currency;
  std::string billing_mode;
  // NOLINTNEXTLINE(modernize-use-nullptr): clang-tidy 14 sees a null pointer in it
  friend auto operator<=>(const ModeKey&, const ModeKey&) = default;
};

struct ServiceKey {
  std::string currency;
  std::string service_type;
  // NOLINTNEXTLINE(modernize-use-nullptr): clang-tidy 14 sees a null pointer in it
  friend auto operator<=>(const ServiceKey&, const ServiceKey&) = default;
};

// Regions' ids by their display names, where a cloud's rows tell both.
using RegionIds = std::map<std::string, std::string, std::less<>>;

// The good result of reading one month of an account, aggregated and folded.
struct MonthCosts {
  std::size_t rows = 0;
  MeasureSet lacked{};          // measures that no row carries: not known, and not shown
  std::size_t unread_tags = 0;  // tags of rows that are left out, because they could not be read
  // For every currency both "prepaid" and "postpaid" are there.
  std::map<ModeKey, MeasureAmounts> totals;
  std::map<ServiceKey, Amount> services;   // billed cost; never folded
  std::set<std::string> prepaid_services;  // by service type, of all rows
  bool grouped = true;                     // false: the groups are not known, only the totals
  GroupLines groups;
  std::vector<GroupLines> tag_groups;  // in the order of aggregation.tag_keys
  std::map<std::string, std::string, std::less<>> service_names;
  std::map<std::string, std::string, std::less<>> sub_account_names;  // by sub_account_id
  RegionIds region_ids;                                               // as its rows tell them
  std::vector<ProviderTotal> provider_totals;  // by currency; empty if it could not be read
  std::optional<UtcSeconds> data_through;
  std::string account_id;  // the cloud's own id of the account; empty while unknown
  std::set<std::string, std::less<>> account_ids;  // of all rows
};

// Ranks, folds and totals a month's rows. Nothing if a sum overflows. `currency` is the
// account's: its totals are there even without a row.
[[nodiscard]] std::optional<MonthCosts> summarise_month(const CostSnapshot& snapshot,
                                                        const AggregationConfig& aggregation,
                                                        const std::string& currency);

// Whether its groups are known and could be shown: each has as many label values as this
// aggregation gives it.
[[nodiscard]] bool has_groups_of(const MonthCosts& month, const AggregationConfig& aggregation);

// The same month, for when its groups were made by another aggregation than the one used now.
[[nodiscard]] MonthCosts without_groups(MonthCosts month);

struct DayCostKey {
  std::string currency;
  std::string service_type;
  std::string billing_mode;
  // NOLINTNEXTLINE(modernize-use-nullptr): clang-tidy 14 sees a null pointer in it
  friend auto operator<=>(const DayCostKey&, const DayCostKey&) = default;
};

// The billed cost of one day that is complete; sub-accounts included. An empty service_type: the
// services are not told apart.
struct DayCosts {
  BillingDay day{};
  std::map<DayCostKey, Amount> billed_costs;
};

// Of a day's rows; never folded.
[[nodiscard]] DayCosts summarise_day(const CostSnapshot& snapshot, BillingDay day);

}  // namespace cloud_billing
