#pragma once

// What the configuration and metrics need to know of Volcengine's sites. Values.

#include "config/provider_facts.h"

namespace cloud_billing::volcengine {

[[nodiscard]] ProviderFacts volcengine_facts();
[[nodiscard]] ProviderFacts byteplus_facts();

}  // namespace cloud_billing::volcengine
