#pragma once

// The one table of clouds. A new cloud is one row here.

#include "providers/provider_table.h"

namespace cloud_billing {

// Lives as long as the program. Any thread.
[[nodiscard]] const ProviderTable& all_providers();

}  // namespace cloud_billing
