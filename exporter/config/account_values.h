#pragma once

// Reads what an entry of `accounts` and `account_defaults` have in common: all keys but the name,
// the provider and the secrets. Part of parse_config (config.h); the same thread.

#include <span>

#include "config/config.h"
#include "config/typed_reader.h"

namespace cloud_billing {

// Into `account`; mistakes are reported to `reader`. `group_by` is what the labels must differ
// from.
void read_account_values(TypedReader& reader, const Section& section, const ProviderFacts& facts,
                         std::span<const GroupDimension> group_by, AccountConfig& account);

}  // namespace cloud_billing
