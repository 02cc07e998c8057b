#pragma once

// What the page says of an account's days: which are not known and why, and what those of a month
// add up to. Pure.

#include <string>

#include "status_page/account_summary.h"
#include "status_page/rendering.h"

namespace cloud_billing {

// Empty while nothing is known.
[[nodiscard]] std::string days_html(const AccountSummary& account, const Rendering& page);

}  // namespace cloud_billing
