#pragma once

// One row of a bill in this program's words, whichever provider delivered it. The texts are views
// into the response being decoded: a row lives until the next one is read and is folded at once
// (cost_snapshot.h).

#include <array>
#include <bitset>
#include <cstddef>
#include <string_view>
#include <vector>

#include "core/amount.h"
#include "core/measure.h"

namespace cloud_billing {

struct Tag {
  std::string_view key;
  std::string_view value;
};

// Amounts of one row or of a sum of rows, indexed by Measure. Signs as delivered.
using MeasureAmounts = std::array<Amount, kAllMeasures.size()>;

[[nodiscard]] constexpr std::size_t index_of(Measure measure) {
  return static_cast<std::size_t>(measure);
}

// Adds every measure; false on overflow, and then `sum` must not be used.
[[nodiscard]] inline bool add_amounts(MeasureAmounts& sum, const MeasureAmounts& amounts) {
  bool fits = true;
  for (std::size_t i = 0; i < sum.size(); ++i) fits = sum[i].add(amounts[i]) && fits;
  return fits;
}

// Measures, indexed by Measure.
using MeasureSet = std::bitset<kAllMeasures.size()>;

struct BillRow {
  std::string_view service_type;
  std::string_view service_name;      // for people; empty if not delivered
  std::string_view region_id;         // "global" for none
  std::string_view billing_mode;      // prepaid, postpaid, contract, fulfillment
  std::string_view sub_account_id;    // whose cost it is
  std::string_view sub_account_name;  // for people; empty if not delivered
  std::string_view account_id;        // as the row itself says; empty if it does not
  std::string_view project;
  std::string_view currency;
  std::vector<Tag> tags;  // keys without repetition
  MeasureAmounts amounts;
  MeasureSet lacked;            // measures whose fields the row does not carry; 0 in `amounts`
  std::size_t unread_tags = 0;  // tags that are left out, because they could not be read

  // The value of a tag; empty if the row has none, which counts as the same.
  [[nodiscard]] std::string_view tag(std::string_view key) const {
    for (const Tag& tag : tags) {
      if (tag.key == key) return tag.value;
    }
    return {};
  }
};

}  // namespace cloud_billing
