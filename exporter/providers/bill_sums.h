#pragma once

// What the rows of a bill come to, and what the bill tells besides: the result that clouds read
// their bills into. A value, one thread at a time.

#include <algorithm>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "billing/cost_snapshot.h"
#include "billing/costs.h"
#include "core/calendar.h"
#include "providers/charge_sink.h"

namespace cloud_billing {

struct BillSums {
  CostSnapshot costs;
  std::string account_id{};                  // the cloud's own id of the account; empty if not told
  std::optional<UtcSeconds> data_through{};  // until when the rows cover; nothing if unknown
  RegionIds region_ids{};                    // of rows that tell a region's name and its id
  std::vector<ChargePage> charges{};         // if each row was wanted: where they are
  std::string doubt{};  // why rows may be missing, although their number is right; empty: none

  // False on overflow: then the sums must be thrown away.
  [[nodiscard]] bool merge(const BillSums& from) {
    if (account_id.empty()) account_id = from.account_id;
    cover(from.data_through);
    note_doubt(from.doubt);
    charges.insert(charges.end(), from.charges.begin(), from.charges.end());
    region_ids.insert(from.region_ids.begin(), from.region_ids.end());
    return costs.merge(from.costs);
  }

  // The first one stays.
  void note_doubt(std::string what) {
    if (doubt.empty()) doubt = std::move(what);
  }

  // Widens what is covered.
  void cover(const std::optional<UtcSeconds>& through) {
    data_through = std::max(data_through, through);  // nothing is less than any time
  }
};

}  // namespace cloud_billing
