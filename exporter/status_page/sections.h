#pragma once

// The sections of the status page, from top to bottom. Each gives HTML; empty if there is
// nothing to say. Used by page.cc only. Pure.

#include <cstddef>
#include <string>

#include "status_page/account_summary.h"

namespace cloud_billing {

// overview.cc: what somebody should look at, and what the month cost in each currency.
[[nodiscard]] std::string render_attention(const Overview& overview, const Snapshot& input);
[[nodiscard]] std::string render_totals(const Overview& overview);

// accounts.cc: up to a dozen accounts in full, more of them as a table.
[[nodiscard]] std::string render_cards(const Overview& overview);
[[nodiscard]] std::string render_table(const Overview& overview, std::size_t begin,
                                       std::size_t end);

}  // namespace cloud_billing
