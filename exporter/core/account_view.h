#pragma once

// What is known of an account at one moment: immutable values that the poller makes, the publisher
// holds and the exposition reads. Shared between threads by pointer to const.

#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "core/bill.h"
#include "core/calendar.h"
#include "core/collector.h"
#include "core/config.h"
#include "core/cost_snapshot.h"

namespace cloud_billing {

struct Balance {
  std::string currency;
  Amount available;
  Amount cash;
  std::optional<Amount> credit_limit;
  std::string account_id;  // the cloud's own id of the account; empty while unknown
};

// The provider's own total over the days that the rows cover.
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
  GroupLines groups;
  std::vector<GroupLines> tag_groups;  // in the order of aggregation.tag_keys
  std::map<std::string, std::string, std::less<>> service_names;
  std::optional<ProviderTotal> provider_total;
  std::optional<UtcSeconds> data_through;
  std::string account_id;  // the cloud's own id of the account; empty while unknown
  std::set<std::string, std::less<>> account_ids;  // of all rows
};

// Ranks, folds and totals a month's rows. Nothing where a sum overflows. `currency` is the
// account's: its totals are there even without a row.
[[nodiscard]] std::optional<MonthCosts> summarise_month(const CostSnapshot& snapshot,
                                                        const AggregationConfig& aggregation,
                                                        const std::string& currency);

// A result and when it was read.
template <typename T>
struct Read {
  std::shared_ptr<const T> value;
  UtcSeconds at{};
};

struct CollectorStatus {
  Collector collector = Collector::kBalance;
  std::optional<bool> up;  // nothing before the first poll ended
  std::optional<UtcSeconds> last_success;
  double duration_seconds = 0;  // of the latest poll
};

struct AccountView {
  std::shared_ptr<const AccountConfig> config;
  std::vector<CollectorStatus> collectors;
  std::string account_id;  // empty while unknown
  std::optional<Read<Balance>> balance;
  std::map<BillingMonth, Read<MonthCosts>> months;
};

}  // namespace cloud_billing
