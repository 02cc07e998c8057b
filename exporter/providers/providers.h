#pragma once

// The one table of clouds. A new cloud is one row here.

#include <span>
#include <string_view>
#include <vector>

#include "core/provider_facts.h"
#include "providers/provider.h"

namespace cloud_billing {

[[nodiscard]] std::span<const Provider* const> all_providers();

// The facts of all providers, for parse_config(). Lives as long as the program.
[[nodiscard]] std::span<const ProviderFacts> all_provider_facts();

// The provider of that name, which must be in the table.
[[nodiscard]] const Provider& provider_named(std::string_view name);

}  // namespace cloud_billing
