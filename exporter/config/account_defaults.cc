#include "config/account_defaults.h"

#include <algorithm>
#include <string>
#include <utility>

#include "config/provider_keys.h"

namespace cloud_billing {
namespace {

constexpr std::string_view kIntervals = "intervals";
constexpr std::string_view kLabels = "labels";

bool is_collector_of(const ProviderFacts& facts, std::string_view name) {
  return std::any_of(facts.collectors.begin(), facts.collectors.end(),
                     [name](Collector collector) { return collector_name(collector) == name; });
}

// As if it were written `<<: *from` into the map.
void merge(YamlNode from, YamlNode& map) {
  const Position position = from.position;
  for (std::size_t i = 0; i < map.keys.size(); ++i) {
    if (map.keys[i].text != kMergeKey) continue;
    YamlNode& merged = map.items[i];
    if (merged.kind != YamlNode::Kind::kList) {
      YamlNode list{YamlNode::Kind::kList, merged.position, {}, {}, {}};
      list.items.push_back(std::move(merged));
      merged = std::move(list);
    }
    merged.items.push_back(std::move(from));
    return;
  }
  map.keys.push_back(YamlKey{std::string(kMergeKey), position});
  map.items.push_back(std::move(from));
}

}  // namespace

void AccountDefaults::give(std::string_view key, Section& account) const {
  const Place* place = defaults_ == nullptr ? nullptr : defaults_->find(key);
  if (place == nullptr || account.excused.contains(key)) return;
  account.values.try_emplace(std::string(key), Place{place->node, account.path_of(key)});
}

void AccountDefaults::give_rest(TypedReader& reader, const ProviderFacts& facts,
                                std::span<const ProviderFacts> providers, Section& account) {
  if (defaults_ == nullptr) return;
  for (const auto& [key, place] : defaults_->values) {
    if (is_key_of_others(key, facts, providers)) continue;
    if (key == kIntervals || key == kLabels) {
      merge_map(reader, key, facts, account);
    } else {
      give(key, account);
    }
  }
}

void AccountDefaults::merge_map(TypedReader& reader, std::string_view key,
                                const ProviderFacts& facts, Section& account) {
  YamlNode from{YamlNode::Kind::kMap, defaults_->find(key)->node->position, {}, {}, {}};
  for (const NamedPlace& entry : reader.read_entries(*defaults_->find(key))) {
    if (key == kIntervals && !is_collector_of(facts, entry.name)) continue;
    from.keys.push_back(YamlKey{entry.name, entry.name_position});
    from.items.push_back(*entry.place.node);
  }
  const Place* own = account.find(key);
  if (own == nullptr) {
    if (account.excused.contains(key)) return;
    merged_.push_back(std::move(from));
  } else {
    if (own->node->kind != YamlNode::Kind::kMap) return;  // the account's reader reports it
    merged_.push_back(*own->node);
    merge(std::move(from), merged_.back());
  }
  account.values.insert_or_assign(std::string(key), Place{&merged_.back(), account.path_of(key)});
}

}  // namespace cloud_billing
