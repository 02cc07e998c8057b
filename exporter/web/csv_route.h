#pragma once

// Answers "/accounts.csv" and "/services.csv": what the page shows, for spreadsheets and programs,
// with the page's filters. Called on the web server's threads; waits for nobody.

#include "exposition/exposition.h"
#include "web/route.h"

namespace cloud_billing {

[[nodiscard]] WebResponse respond_with_accounts_csv(const WebRequest& request,
                                                    const Snapshot& known);
[[nodiscard]] WebResponse respond_with_services_csv(const WebRequest& request,
                                                    const Snapshot& known);

}  // namespace cloud_billing
