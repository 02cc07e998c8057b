#pragma once

// The sections of the status page, from top to bottom. Each gives HTML; empty if there is
// nothing to say. Used by page.cc only. Pure.

#include <cstddef>
#include <string>

#include "status_page/accounts_overview.h"
#include "status_page/page.h"
#include "status_page/rendering.h"

namespace cloud_billing {

// page_head.cc
[[nodiscard]] std::string render_head(const Overview& overview, const StatusPageRequest& request,
                                      const Rendering& page);
[[nodiscard]] std::string render_header(const Overview& overview, const StatusPageRequest& request,
                                        const Rendering& page);

// choices.cc: which accounts, in which order; `page` keeps what was asked for.
[[nodiscard]] std::string render_search(const Overview& overview, const StatusPageRequest& request,
                                        const Rendering& page);
[[nodiscard]] std::string render_choices(const Overview& overview, const Rendering& page);

// attention_list.cc: what somebody should look at.
[[nodiscard]] std::string render_attention(const Overview& overview, const Snapshot& input,
                                           const Rendering& page);

// overview.cc: what the month cost in each currency.
[[nodiscard]] std::string render_totals(const Overview& overview, const Rendering& page);

// label_table.cc: what the accounts of each value of a label cost; empty if none was asked for.
[[nodiscard]] std::string render_label_totals(const Overview& overview, const Rendering& page);

// accounts.cc, account_table.cc: a dozen accounts at most in full, more of them as a table.
[[nodiscard]] std::string render_cards(const Overview& overview, const Rendering& page);
[[nodiscard]] std::string render_table(const Overview& overview, std::size_t begin, std::size_t end,
                                       const Rendering& page);

// footer.cc
[[nodiscard]] std::string render_footer(const Snapshot& input, const StatusPageRequest& request,
                                        const Rendering& page);

}  // namespace cloud_billing
