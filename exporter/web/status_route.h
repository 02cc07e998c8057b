#pragma once

// Answers "/" with the page for people, rendered at the request from what is known then. Called on
// the web server's threads; waits for nobody.

#include <string>

#include "exposition/exposition.h"
#include "web/route.h"

namespace cloud_billing {

[[nodiscard]] WebResponse respond_with_status_page(const WebRequest& request, const Snapshot& known,
                                                   const std::string& telemetry_path);

}  // namespace cloud_billing
