#pragma once

// What is known of an account at one moment: immutable values that the poller makes, the publisher
// holds and the exposition reads. Shared between threads by pointer to const.

#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "billing/bill.h"
#include "billing/cost_snapshot.h"
#include "billing/orders.h"
#include "config/config.h"
#include "core/calendar.h"
#include "core/collector.h"
#include "core/failure.h"

namespace cloud_billing {

struct Balance {
  std::string currency;
  Amount available;
  Amount cash;
  std::optional<Amount> credit_limit;
  std::optional<Amount> frozen;   // where the provider tells it
  std::optional<Amount> arrears;  // the same
  std::string account_id;         // the cloud's own id of the account; empty while unknown
};

// The provider's own total in one currency, over the days that the rows cover.
struct ProviderTotal {
  std::string currency;
  Amount billed_cost;
  Amount difference;  // our sum minus that total
};

// The good result of reading one month of an account, aggregated and folded.
struct MonthCosts {
  std::size_t rows = 0;
  // Currency and billing mode -> sums; for every currency both "prepaid" and "postpaid" are there.
  std::map<std::pair<std::string, std::string>, MeasureAmounts> totals;
  // Currency and service type -> billed cost; never folded.
  std::map<std::pair<std::string, std::string>, Amount> services;
  bool grouped = true;  // false: the groups are not known, only the totals
  GroupLines groups;
  std::vector<GroupLines> tag_groups;  // in the order of aggregation.tag_keys
  std::map<std::string, std::string, std::less<>> service_names;
  std::vector<ProviderTotal> provider_totals;  // by currency; empty where it could not be read
  std::optional<UtcSeconds> data_through;
  std::string account_id;  // the cloud's own id of the account; empty while unknown
  std::set<std::string, std::less<>> account_ids;  // of all rows
};

// Ranks, folds and totals a month's rows. Nothing where a sum overflows. `currency` is the
// account's: its totals are there even without a row.
[[nodiscard]] std::optional<MonthCosts> summarise_month(const CostSnapshot& snapshot,
                                                        const AggregationConfig& aggregation,
                                                        const std::string& currency);

// The same month where its groups are of another aggregation than what is shown now.
[[nodiscard]] MonthCosts without_groups(MonthCosts month);

struct DayCostKey {
  std::string currency;
  std::string service_type;
  std::string billing_mode;
  // NOLINTNEXTLINE(modernize-use-nullptr): clang-tidy 14 sees a null pointer in it
  friend auto operator<=>(const DayCostKey&, const DayCostKey&) = default;
};

// The billed cost of one day that is complete; sub-accounts included.
struct DayCosts {
  BillingDay day{};
  std::map<DayCostKey, Amount> billed_costs;
};

// Takes a day's rows; never folded.
[[nodiscard]] DayCosts summarise_day(const CostSnapshot& snapshot, BillingDay day);

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

// Why a poll failed, in the words of the log.
struct PollFailure {
  Reason reason = Reason::kTransport;
  std::string message;  // empty where it was before a restart
  UtcSeconds at{};
};

struct CollectorStatus {
  Collector collector = Collector::kBalance;
  std::optional<bool> up;  // nothing before the first poll ended
  std::optional<UtcSeconds> last_success;
  double duration_seconds = 0;                // of the latest poll
  std::optional<PollFailure> last_failure{};  // of the latest poll that failed, over or not
  std::optional<UtcSeconds> next_poll{};      // nothing while one runs
};

struct AccountView {
  std::shared_ptr<const AccountConfig> config;
  std::vector<CollectorStatus> collectors;
  std::string account_id;  // empty while unknown
  std::optional<Read<Balance>> balance;
  std::map<BillingMonth, Read<MonthCosts>> months;
  std::optional<Read<DayCosts>> day;  // the newest complete day that could be read
  std::optional<Read<Orders>> orders;
};

}  // namespace cloud_billing
