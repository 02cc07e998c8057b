#pragma once

// How an account's polls fare, in full and folded up. Pure.

#include <string>
#include <string_view>

#include "status_page/account_summary.h"
#include "status_page/rendering.h"

namespace cloud_billing {

// A table of its collectors, with what fails now and what failed before.
[[nodiscard]] std::string polls_html(const AccountSummary& account, const Rendering& page);

// The same for a table's cell, behind `summary`: how old the oldest of it is.
[[nodiscard]] std::string folded_polls_html(const AccountSummary& account, std::string_view summary,
                                            const Rendering& page);

}  // namespace cloud_billing
