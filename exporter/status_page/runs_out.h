#pragma once

// What a card says of an account's coupons, resource packages and budgets with its cloud, and of
// the cash of its sub-accounts. Pure.

#include <string>

#include "status_page/account_summary.h"
#include "status_page/rendering.h"

namespace cloud_billing {

// Terms of a list; nothing of what is not collected or not known, which the polls tell.
[[nodiscard]] std::string runs_out_html(const AccountSummary& account, const Rendering& page);

}  // namespace cloud_billing
