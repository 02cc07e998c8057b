#pragma once

// What of an account survives a restart: its last good results with when they were read, how its
// collectors fared, and when they are due. The poller makes records, a file holds their text, and
// at the next start the poller restores them. They hold no key, key id or token. Pure values, any
// thread.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "accounts/account_view.h"
#include "config/config.h"
#include "core/calendar.h"
#include "core/failure.h"
#include "core/result.h"

namespace cloud_billing {

struct CollectorRecord {
  CollectorStatus status;             // without `next_poll`, which follows from the rest
  std::optional<UtcSeconds> started;  // the latest poll
  UtcSeconds due{};                   // the next poll
  int failures_in_a_row = 0;
  std::optional<Reason> failed_for;      // the latest poll
  std::optional<UtcSeconds> not_before;  // when the cloud asked it to come back
};

struct AccountRecord {
  std::string account;   // its name in the configuration
  std::string identity;  // whose data it is, as text (accounts/account_identity.h)
  std::string grouping;  // what the months' groups were made by: grouping_text()
  std::chrono::seconds orders_window{};
  std::vector<CollectorRecord> collectors;
  AccountResults results;
};

// The same for aggregations that make the same groups. The measures are not part of it: groups hold
// all of them.
[[nodiscard]] std::string grouping_text(const AggregationConfig& aggregation);

// A JSON document of one line, with amounts as decimal text; reads back exactly.
[[nodiscard]] std::string to_json(const AccountRecord& record);

// The error says that it is no such document, and holds nothing of it.
[[nodiscard]] Result<AccountRecord> account_record_from_json(std::string_view text);

}  // namespace cloud_billing
