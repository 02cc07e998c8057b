#pragma once

// What a card and a row of the table say of an account alike. Pure.

#include <string>

#include "status_page/accounts_overview.h"
#include "status_page/rendering.h"

namespace cloud_billing {

// In words as well as in colour.
[[nodiscard]] std::string state_html(const AccountSummary& account, const Rendering& page);

// How much of the budget is used, beside how much of the month its bill covers; the budget and
// what it is used for are known.
[[nodiscard]] std::string budget_bar_html(const AccountSummary& account, const Overview& overview);

[[nodiscard]] std::string available_html(const AccountSummary& account, const Rendering& page);

}  // namespace cloud_billing
