#pragma once

// The keys of an account that only some providers know: which they are, that nobody gives those of
// another provider, and their values. Part of parse_config (config.h); the same thread.

#include <span>
#include <string_view>
#include <vector>

#include "config/provider_facts.h"
#include "config/provider_settings.h"
#include "config/typed_reader.h"

namespace cloud_billing {

// Stands in for a provider that is missing or unknown, so that the entry's other mistakes show too:
// it allows what any provider allows.
[[nodiscard]] ProviderFacts merge_facts(std::span<const ProviderFacts> providers);

// Whether only other providers know the key.
[[nodiscard]] bool is_key_of_others(std::string_view key, const ProviderFacts& facts,
                                    std::span<const ProviderFacts> providers);

// Reports the keys of `account` that other providers know and this one does not.
void report_keys_of_others(TypedReader& reader, const Section& account, const ProviderFacts& facts,
                           std::span<const ProviderFacts> providers);

// The values of the provider's own keys, or their defaults; mistakes are reported.
[[nodiscard]] ProviderSettings read_settings(TypedReader& reader, const Section& account,
                                             const ProviderFacts& facts);

}  // namespace cloud_billing
