#pragma once

// Reads one entry of `accounts`. Part of parse_config (config.h); the same thread.

#include <map>
#include <span>
#include <string>

#include "config/config.h"
#include "config/typed_reader.h"

namespace cloud_billing {

// The names of the entries read before, and the paths of those entries.
using TakenNames = std::map<std::string, std::string>;

// What is readable of the entry; mistakes are reported to `reader`. The result may be used only
// if nothing was reported. `group_by` is what the account's labels must differ from;
// `check_secret_file` may be empty; `taken_names` gains the account's name.
[[nodiscard]] AccountConfig read_account(TypedReader& reader, const Place& place,
                                         std::span<const ProviderFacts> providers,
                                         std::span<const GroupDimension> group_by,
                                         const SecretFileCheck& check_secret_file,
                                         TakenNames& taken_names);

}  // namespace cloud_billing
