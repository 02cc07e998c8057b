#include "billing/cost_snapshot.h"

#include <algorithm>
#include <utility>

namespace cloud_billing {
namespace {

// A listing keeps this many times the groups that are shown, and this many in any case, before it
// folds on arrival: below that the ranking is exact, beyond it a further group costs no more than
// the hash that counts it.
constexpr std::size_t kGroupsKeptPerShown = 20;
constexpr std::size_t kGroupsAlwaysKept = 10000;

std::size_t groups_kept(const AggregationConfig& aggregation) {
  return std::max(kGroupsKeptPerShown * aggregation.max_series, kGroupsAlwaysKept);
}

void append_value(std::string& key, std::string_view value) {
  key += '\0';
  key += value;
}

bool add_to(CostTable& table, std::string_view key, const MeasureAmounts& amounts) {
  auto entry = table.find(key);
  if (entry == table.end()) entry = table.emplace(key, MeasureAmounts{}).first;
  return add_amounts(entry->second, amounts);
}

std::string_view value_of(const GroupDimension& dimension, const BillRow& row) {
  switch (dimension.kind) {
    case GroupDimension::Kind::kServiceType:
      return row.service_type;
    case GroupDimension::Kind::kRegionId:
      return row.region_id;
    case GroupDimension::Kind::kBillingMode:
      return row.billing_mode;
    case GroupDimension::Kind::kSubAccountId:
      return row.sub_account_id;
    case GroupDimension::Kind::kProject:
      return row.project;
    case GroupDimension::Kind::kTag:
      return row.tag(dimension.tag_key);
  }
  return {};
}

// These stay when a group is folded, so that accounts and billing modes still add up.
bool survives_folding(const GroupDimension& dimension) {
  return dimension.kind == GroupDimension::Kind::kBillingMode ||
         dimension.kind == GroupDimension::Kind::kSubAccountId;
}

std::string tag_other(std::string_view key) {
  std::string other(key.substr(0, key.find('\0')));
  append_value(other, kOther);
  append_value(other, kOther);
  return other;
}

Amount rank_of(const MeasureAmounts& amounts) {
  return std::max(amounts[index_of(Measure::kBilledCost)].magnitude(),
                  amounts[index_of(Measure::kListCost)].magnitude());
}

std::optional<GroupLines> rank(const GroupSums& sums, std::size_t max_series,
                               const OtherOf& other_of) {
  using Entry = CostTable::const_pointer;
  std::vector<Entry> entries;
  entries.reserve(sums.shown().size());
  for (const auto& entry : sums.shown()) entries.push_back(&entry);
  std::sort(entries.begin(), entries.end(), [](Entry a, Entry b) {
    const Amount rank_a = rank_of(a->second);
    const Amount rank_b = rank_of(b->second);
    return rank_a != rank_b ? rank_a > rank_b : a->first < b->first;
  });

  const std::size_t shown = std::min(entries.size(), max_series);
  CostTable lines = sums.folded();
  for (std::size_t i = 0; i < entries.size(); ++i) {
    const auto& [key, amounts] = *entries[i];
    if (!add_to(lines, i < shown ? key : other_of(key), amounts)) return std::nullopt;
  }

  GroupLines result;
  result.folded_groups = sums.folded_groups();
  for (std::size_t i = shown; i < entries.size(); ++i) {
    const CostKey& key = entries[i]->first;
    if (!sums.has_folded(key) && other_of(key) != key) ++result.folded_groups;
  }
  result.lines.reserve(lines.size());  // it stays
  for (const auto& [key, amounts] : lines) result.lines.push_back({key, amounts});
  std::sort(result.lines.begin(), result.lines.end(),
            [](const GroupLine& a, const GroupLine& b) { return a.key < b.key; });
  return result;
}

// The newest one; nothing is known of what is empty.
void keep_name(std::map<std::string, std::string, std::less<>>& names, std::string_view key,
               std::string_view name) {
  if (key.empty() || name.empty()) return;
  const auto known = names.find(key);
  if (known == names.end()) {
    names.emplace(key, name);
  } else if (known->second != name) {
    known->second = name;
  }
}

}  // namespace

std::vector<std::string_view> split_cost_key(std::string_view key) {
  std::vector<std::string_view> values;
  while (true) {
    const std::size_t end = key.find('\0');
    values.push_back(key.substr(0, end));
    if (end == std::string_view::npos) return values;
    key.remove_prefix(end + 1);
  }
}

CostKey join_cost_key(const std::vector<std::string>& values) {
  CostKey key;
  for (const std::string& value : values) {
    if (&value != &values.front()) key += '\0';
    key += value;
  }
  return key;
}

bool GroupSums::add(std::string_view key, const OtherOf& other_of, const MeasureAmounts& amounts) {
  auto entry = shown_.find(key);
  if (entry == shown_.end()) {
    if (shown_.size() >= limit_) {
      const CostKey other = other_of(key);
      if (other != key) folded_keys_.insert(TextHash{}(key));
      return add_to(folded_, other, amounts);
    }
    entry = shown_.emplace(key, MeasureAmounts{}).first;
  }
  return add_amounts(entry->second, amounts);
}

bool GroupSums::merge(const GroupSums& from) {
  for (const auto& [key, amounts] : from.shown_) {
    if (!add_to(shown_, key, amounts)) return false;
  }
  for (const auto& [key, amounts] : from.folded_) {
    if (!add_to(folded_, key, amounts)) return false;
  }
  folded_keys_.insert(from.folded_keys_.begin(), from.folded_keys_.end());
  return true;
}

bool GroupSums::rename(const std::function<CostKey(std::string_view key)>& new_key) {
  CostTable renamed;
  renamed.reserve(shown_.size());
  for (const auto& [key, amounts] : shown_) {
    if (!add_to(renamed, new_key(key), amounts)) return false;
  }
  shown_ = std::move(renamed);
  return true;
}

CostSnapshot::CostSnapshot(const AggregationConfig& aggregation)
    : aggregation_(&aggregation),
      groups_(groups_kept(aggregation)),
      tag_groups_(aggregation.tag_keys.size(), GroupSums(groups_kept(aggregation))) {}

bool CostSnapshot::fold(const BillRow& row) {
  ++rows_;
  lacked_ &= row.lacked;
  unread_tags_ += row.unread_tags;

  key_ = row.currency;
  append_value(key_, row.billing_mode);
  append_value(key_, row.service_type);
  if (!add_to(totals_, key_, row.amounts)) return false;

  key_ = row.currency;
  for (const GroupDimension& dimension : aggregation_->group_by) {
    append_value(key_, value_of(dimension, row));
  }
  const auto other = [this](std::string_view key) { return other_group(key); };
  if (!groups_.add(key_, other, row.amounts)) return false;

  for (std::size_t i = 0; i < tag_groups_.size(); ++i) {
    key_ = row.currency;
    append_value(key_, row.tag(aggregation_->tag_keys[i]));
    append_value(key_, row.service_type);
    if (!tag_groups_[i].add(key_, tag_other, row.amounts)) return false;
  }

  keep_name(service_names_, row.service_type, row.service_name);
  keep_name(sub_account_names_, row.sub_account_id, row.sub_account_name);
  remember_account(row.sub_account_id);
  if (row.account_id != row.sub_account_id) remember_account(row.account_id);
  return true;
}

void CostSnapshot::remember_account(std::string_view id) {
  if (!id.empty() && !account_ids_.contains(id)) account_ids_.emplace(id);
}

bool CostSnapshot::merge(const CostSnapshot& from) {
  rows_ += from.rows_;
  lacked_ &= from.lacked_;
  unread_tags_ += from.unread_tags_;
  for (const auto& [key, amounts] : from.totals_) {
    if (!add_to(totals_, key, amounts)) return false;
  }
  if (!groups_.merge(from.groups_)) return false;
  for (std::size_t i = 0; i < tag_groups_.size(); ++i) {
    if (!tag_groups_[i].merge(from.tag_groups_[i])) return false;
  }
  for (const auto& [type, name] : from.service_names_) service_names_.insert_or_assign(type, name);
  for (const auto& [id, name] : from.sub_account_names_) {
    sub_account_names_.insert_or_assign(id, name);
  }
  account_ids_.insert(from.account_ids_.begin(), from.account_ids_.end());
  return true;
}

bool CostSnapshot::rename_regions(const std::function<std::string(std::string_view)>& new_id) {
  const auto& group_by = aggregation_->group_by;
  const auto region = std::find_if(group_by.begin(), group_by.end(), [](const auto& dimension) {
    return dimension.kind == GroupDimension::Kind::kRegionId;
  });
  if (region == group_by.end()) return true;
  const auto place = static_cast<std::size_t>(region - group_by.begin()) + 1;
  return groups_.rename([&new_id, place](std::string_view key) {
    const std::vector<std::string_view> values = split_cost_key(key);
    CostKey renamed(values.front());
    for (std::size_t i = 1; i < values.size(); ++i) {
      append_value(renamed, i == place ? new_id(values[i]) : std::string(values[i]));
    }
    return renamed;
  });
}

std::optional<GroupLines> CostSnapshot::rank_groups() const {
  return rank(groups_, aggregation_->max_series,
              [this](std::string_view key) { return other_group(key); });
}

std::optional<GroupLines> CostSnapshot::rank_tag_groups(std::size_t tag) const {
  return rank(tag_groups_[tag], aggregation_->max_series, tag_other);
}

CostKey CostSnapshot::other_group(std::string_view key) const {
  const std::vector<std::string_view> values = split_cost_key(key);
  CostKey other(values.front());
  for (std::size_t i = 0; i < aggregation_->group_by.size(); ++i) {
    append_value(other, survives_folding(aggregation_->group_by[i]) ? values[i + 1] : kOther);
  }
  return other;
}

}  // namespace cloud_billing
