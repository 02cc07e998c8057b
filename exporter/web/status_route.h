#pragma once

// Answers "/" with the page for people, rendered at the request from what is known then. Called on
// the web server's threads; waits for nobody.

#include <string>

#include "exposition/exposition.h"
#include "web/server.h"

namespace cloud_billing {

[[nodiscard]] WebResponse answer_status(const WebRequest& request, const ExpositionInput& known,
                                        const std::string& telemetry_path);

}  // namespace cloud_billing
