#pragma once

// The response to a scrape: what is published, in the format and coding that the client prefers,
// and process metrics read now. Called on the web server's workers.

#include <memory>

#include "publishing/published_metrics.h"
#include "web/route.h"

namespace cloud_billing {

// The published bytes are not copied: the response holds them.
[[nodiscard]] WebResponse respond_to_scrape(
    const WebRequest& request, const std::shared_ptr<const PublishedMetrics>& published);

}  // namespace cloud_billing
