#pragma once

// Which accounts a request's address asks for: ?q=, ?account=, ?state=, ?label= with &value=, and
// ?sort=. Pure, any thread.

#include <string_view>

#include "status_page/accounts_overview.h"

namespace cloud_billing {

// What means nothing is as good as absent.
[[nodiscard]] AccountSearch read_account_search(std::string_view query);

}  // namespace cloud_billing
