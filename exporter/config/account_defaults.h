#pragma once

// Gives an account what `account_defaults` says and the account does not. A mistake that only this
// account makes of it, such as a rate above its provider's limit, is one of the account's path at
// the default's position. Part of parse_config (config.h); the same thread.

#include <deque>
#include <span>
#include <string_view>

#include "config/provider_facts.h"
#include "config/typed_reader.h"

namespace cloud_billing {

// For one account, whose section must not outlive this.
class AccountDefaults {
 public:
  // Null: there are none.
  explicit AccountDefaults(const Section* defaults) : defaults_(defaults) {}

  void give(std::string_view key, Section& account) const;

  // All keys but those that only other providers know; of the maps among them what the account's
  // own does not say.
  void give_rest(TypedReader& reader, const ProviderFacts& facts,
                 std::span<const ProviderFacts> providers, Section& account);

 private:
  void merge_map(TypedReader& reader, std::string_view key, const ProviderFacts& facts,
                 Section& account);

  const Section* defaults_;
  std::deque<YamlNode> merged_;  // maps that are no part of the document
};

}  // namespace cloud_billing
