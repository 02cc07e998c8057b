#pragma once

// Reads the entries of `accounts`, and `account_defaults`. Part of parse_config (config.h); the
// same thread.

#include <map>
#include <optional>
#include <span>
#include <string>

#include "config/config.h"
#include "config/typed_reader.h"

namespace cloud_billing {

// The names of the entries read before, and the paths of those entries.
using TakenNames = std::map<std::string, std::string>;

// What all entries are read with.
struct AccountContext {
  std::span<const ProviderFacts> providers;
  std::span<const GroupDimension> group_by;  // what labels must differ from
  const SecretFileCheck& check_secret_file;  // may be empty
  const Section* defaults = nullptr;         // account_defaults, if they are given without mistake
  bool defaults_failed = false;              // they are given with mistakes, which are reported
};

// The keys of `account_defaults`, checked as those of an account whose provider is not known.
[[nodiscard]] std::optional<Section> read_account_defaults(
    TypedReader& reader, const Place& place, std::span<const ProviderFacts> providers,
    std::span<const GroupDimension> group_by);

// What is readable of the entry; mistakes are reported to `reader`. The result may be used only
// if nothing was reported. `taken_names` gains the account's name.
[[nodiscard]] AccountConfig read_account(TypedReader& reader, const Place& place,
                                         const AccountContext& context, TakenNames& taken_names);

}  // namespace cloud_billing
