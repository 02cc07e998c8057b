#pragma once

// When a server wants to be asked again (RFC 9110, header Retry-After). Pure, any thread.

#include <chrono>
#include <optional>

#include "core/calendar.h"
#include "core/http.h"

namespace cloud_billing {

// Of "120", of "60, 60" the first, of a date what is left of it by the server's own clock, or from
// `now` on if the response tells none; 0 for a date in the past. A number beyond any clock is the
// longest time there is. Nothing if the header is absent or says neither.
[[nodiscard]] std::optional<std::chrono::seconds> read_retry_after(const HttpResponse& response,
                                                                   UtcSeconds now);

}  // namespace cloud_billing
