#pragma once

// Exact aggregation. A CostSnapshot sums the rows of one listing, or of several merged ones, by
// group, by tag and in total; rank_groups() then chooses which groups are shown and folds the rest
// into "__other__". Memory grows with the number of groups, not of rows. Pure values: one thread at
// a time.

#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "billing/aggregation.h"
#include "billing/bill.h"
#include "core/text_hash.h"

namespace cloud_billing {

// The label value of a folded group.
inline constexpr std::string_view kOther = "__other__";

// The label values of a group, joined by NUL bytes: compares like the list of values (no value
// contains NUL).
using CostKey = std::string;

[[nodiscard]] std::vector<std::string_view> split_cost_key(std::string_view key);
[[nodiscard]] CostKey join_cost_key(const std::vector<std::string>& values);

using CostTable = std::unordered_map<CostKey, MeasureAmounts, TextHash, std::equal_to<>>;

// The key of the folded group that a group belongs to.
using OtherOf = std::function<CostKey(std::string_view key)>;

// The sums of one family of groups. Beyond its limit new groups fold on arrival, still summed
// exactly. Merging folds nothing further, so that the ranking chooses from all that was kept.
class GroupSums {
 public:
  explicit GroupSums(std::size_t limit) : limit_(limit) {}

  // False on overflow.
  [[nodiscard]] bool add(std::string_view key, const OtherOf& other_of,
                         const MeasureAmounts& amounts);
  [[nodiscard]] bool merge(const GroupSums& from);
  // Gives every shown group another key; groups whose keys become the same are added.
  [[nodiscard]] bool rename(const std::function<CostKey(std::string_view key)>& new_key);

  [[nodiscard]] const CostTable& shown() const { return shown_; }
  [[nodiscard]] const CostTable& folded() const { return folded_; }
  [[nodiscard]] std::size_t folded_groups() const { return folded_keys_.size(); }
  // Whether a part of the group, or all of it, was folded on arrival.
  [[nodiscard]] bool has_folded(std::string_view key) const {
    return folded_keys_.contains(TextHash{}(key));
  }

 private:
  std::size_t limit_;
  CostTable shown_;
  CostTable folded_;
  std::unordered_set<std::uint64_t> folded_keys_;  // hashes: the keys would be long
};

// One series-to-be: label values in the family's order and the sums. There are many of them, so
// the values are kept as one text.
struct GroupLine {
  CostKey key;
  MeasureAmounts amounts;

  // They live as long as `key`.
  [[nodiscard]] std::vector<std::string_view> values() const { return split_cost_key(key); }
};

// A family as it is shown: at most max_series groups plus the folded ones, sorted by label values.
struct GroupLines {
  std::vector<GroupLine> lines;
  std::size_t folded_groups = 0;
};

class CostSnapshot {
 public:
  // `aggregation` must outlive the snapshot.
  explicit CostSnapshot(const AggregationConfig& aggregation);

  // Adds one row. False on overflow: then the snapshot must be thrown away.
  [[nodiscard]] bool fold(const BillRow& row);

  // Adds another snapshot of the same aggregation. False on overflow, as above.
  [[nodiscard]] bool merge(const CostSnapshot& from);

  // Turns every region id into `new_id(region_id)`: for ids that are known only after the last row.
  // False on overflow, as above.
  [[nodiscard]] bool rename_regions(const std::function<std::string(std::string_view)>& new_id);

  [[nodiscard]] std::size_t rows() const { return rows_; }

  // Measures that no row carries; none without a row.
  [[nodiscard]] MeasureSet lacked() const { return rows_ == 0 ? MeasureSet() : lacked_; }

  // Tags that are left out of all rows, because they could not be read.
  [[nodiscard]] std::size_t unread_tags() const { return unread_tags_; }

  // By currency, billing mode and service type; never folded.
  [[nodiscard]] const CostTable& totals() const { return totals_; }

  // Display names by service type, as last delivered.
  [[nodiscard]] const std::map<std::string, std::string, std::less<>>& service_names() const {
    return service_names_;
  }

  // Names by sub_account_id, as last delivered.
  [[nodiscard]] const std::map<std::string, std::string, std::less<>>& sub_account_names() const {
    return sub_account_names_;
  }

  // The ids of the accounts whose rows were read.
  [[nodiscard]] const std::set<std::string, std::less<>>& account_ids() const {
    return account_ids_;
  }

  // Currency, then one value per group_by. The ranking is one for all measures: by the larger of
  // |billed_cost| and |list_cost|, ties by label order. Nothing if a folded sum overflows.
  [[nodiscard]] std::optional<GroupLines> rank_groups() const;
  // Currency, tag value, service type; `tag` is an index into aggregation.tag_keys.
  [[nodiscard]] std::optional<GroupLines> rank_tag_groups(std::size_t tag) const;

 private:
  void remember_account(std::string_view id);
  [[nodiscard]] CostKey other_group(std::string_view key) const;

  const AggregationConfig* aggregation_;
  std::size_t rows_ = 0;
  MeasureSet lacked_ = MeasureSet().set();  // by all rows so far
  std::size_t unread_tags_ = 0;
  CostTable totals_;
  GroupSums groups_;
  std::vector<GroupSums> tag_groups_;
  std::map<std::string, std::string, std::less<>> service_names_;
  std::map<std::string, std::string, std::less<>> sub_account_names_;
  std::set<std::string, std::less<>> account_ids_;
  std::string key_;  // scratch
};

}  // namespace cloud_billing
