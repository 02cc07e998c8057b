#pragma once

// Times as HTTP writes them (RFC 9110, section 5.6.7): a server's clock in its header Date, to
// explain why a request's time was refused. Pure, any thread.

#include <optional>
#include <string>
#include <string_view>

#include "core/calendar.h"

namespace cloud_billing {

// "Sun, 15 Nov 2026 04:00:00 GMT", or one of the two older forms; nothing for any other text.
[[nodiscard]] std::optional<UtcSeconds> read_http_date(std::string_view text);

// For the error of a refused time or signature: by how much `here` and the server's clock differ,
// if that is more than 5 minutes; otherwise, and if `date` is not a date, empty.
[[nodiscard]] std::string explain_clock_difference(std::string_view date, UtcSeconds here);

}  // namespace cloud_billing
