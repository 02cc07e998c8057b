#pragma once

// What a card and a row of the table say of an account alike. Pure.

#include <string>

#include "status_page/account_summary.h"
#include "status_page/rendering.h"

namespace cloud_billing {

// In words as well as in colour; several if it is in several states.
[[nodiscard]] std::string states_html(const AccountSummary& account, const Rendering& page);

// How much of the budget is used, beside how much of the month its bill covers; what is used is
// known.
[[nodiscard]] std::string budget_bar_html(const AccountSummary& account, const Rendering& page);
// The percentages that are used and expected.
[[nodiscard]] std::string budget_used_html(const AccountSummary& account);
[[nodiscard]] std::string budget_forecast_html(const AccountSummary& account);

[[nodiscard]] std::string available_html(const AccountSummary& account, const Rendering& page);

// How many days the balance lasts; "not known" if that does not follow.
[[nodiscard]] std::string runway_html(const AccountSummary& account, const Rendering& page);

}  // namespace cloud_billing
