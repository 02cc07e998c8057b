#pragma once

// Reads a page of Baidu's list of automatic renewals (POST /v1/renew/resource/list). Pure.

#include <string>

#include "billing/renewals.h"
#include "core/failure.h"
#include "core/http.h"
#include "core/result.h"
#include "providers/page_facts.h"

namespace cloud_billing::baidu {

// Adds the page's resources, as seen at `now`. `service` is that which was asked for.
[[nodiscard]] Result<PageFacts, Failure> read_renewals(HttpResponse& response,
                                                       const std::string& service, UtcSeconds now,
                                                       Renewals& renewals);

}  // namespace cloud_billing::baidu
