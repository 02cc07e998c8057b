#pragma once

// The costs of accounts as CSV files, to be opened in a spreadsheet or read by a program: exact
// decimals, an empty field for what is not known, UTF-8. Both begin with a line of names and are
// sorted by account, the current month first. Pure, any thread.

#include <string>

#include "exposition/exposition.h"
#include "status_page/accounts_overview.h"

namespace cloud_billing {

// One line for each account, month and currency, whether the month is known or not.
[[nodiscard]] std::string render_accounts_csv(const Snapshot& input, AccountSearch search);

// One line for each service of an account's month that is known. Of a service the measures beyond
// billed_cost are known if the month's groups tell services apart and none of them is folded.
[[nodiscard]] std::string render_services_csv(const Snapshot& input, AccountSearch search);

}  // namespace cloud_billing
