#include "config/provider_keys.h"

#include <algorithm>
#include <limits>
#include <string>
#include <utility>

#include "config/value_parsers.h"
#include "core/spelling.h"

namespace cloud_billing {
namespace {

bool knows_key(const ProviderFacts& facts, std::string_view name) {
  return std::any_of(facts.own_account_keys.begin(), facts.own_account_keys.end(),
                     [name](const ProviderKey& key) { return key.name == name; });
}

void read_setting(TypedReader& reader, const Place& place, const ProviderKey& key,
                  ProviderSettings& settings) {
  std::string text;
  switch (key.kind) {
    case ProviderKey::Kind::kTextList:
      if (auto texts = read_unique_items<std::string>(reader, place, key.noun, parse_non_empty)) {
        settings.set(std::string(key.name), *std::move(texts));
      }
      return;
    case ProviderKey::Kind::kText:
      if (auto any = reader.read_text(place, key.noun)) {
        settings.set(std::string(key.name), *std::move(any));
      }
      return;
    case ProviderKey::Kind::kPlainName: {
      const auto parse = [&key](std::string_view name) {
        return parse_plain_name(name, key.default_text);
      };
      if (reader.read_value(place, key.noun, parse, text)) {
        settings.set(std::string(key.name), std::move(text));
      }
      return;
    }
  }
}

}  // namespace

ProviderFacts merge_facts(std::span<const ProviderFacts> providers) {
  ProviderFacts merged{.billing_zone = kUtc};  // no account is read with it
  merged.max_requests_per_second = std::numeric_limits<double>::max();
  for (const ProviderFacts& facts : providers) {
    merged.default_endpoint = facts.default_endpoint;
    for (const Collector collector : facts.collectors) {
      if (!contains(merged.collectors, collector)) merged.collectors.push_back(collector);
    }
    for (const ProviderKey& key : facts.own_account_keys) {
      if (!knows_key(merged, key.name)) merged.own_account_keys.push_back(key);
    }
  }
  return merged;
}

bool is_key_of_others(std::string_view key, const ProviderFacts& facts,
                      std::span<const ProviderFacts> providers) {
  return !knows_key(facts, key) &&
         std::any_of(providers.begin(), providers.end(),
                     [key](const ProviderFacts& other) { return knows_key(other, key); });
}

void report_keys_of_others(TypedReader& reader, const Section& account, const ProviderFacts& facts,
                           std::span<const ProviderFacts> providers) {
  for (const auto& [key, place] : account.values) {
    if (knows_key(facts, key)) continue;
    std::vector<std::string_view> others;
    for (const ProviderFacts& other : providers) {
      if (knows_key(other, key)) others.push_back(other.name);
    }
    if (others.empty()) continue;
    reader.report(place, "provider " + quote_text(facts.name) + " has no such key, only " +
                             list_choices(others) + " has");
  }
}

ProviderSettings read_settings(TypedReader& reader, const Section& account,
                               const ProviderFacts& facts) {
  ProviderSettings settings = facts.default_settings();
  for (const ProviderKey& key : facts.own_account_keys) {
    if (const Place* place = account.find(key.name)) read_setting(reader, *place, key, settings);
  }
  return settings;
}

}  // namespace cloud_billing
