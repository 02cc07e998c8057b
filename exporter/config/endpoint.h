#pragma once

// Reads the address of a provider's API. Pure, any thread.

#include <string>
#include <string_view>

#include "core/http.h"
#include "core/result.h"

namespace cloud_billing {

// Reads "https://host[:port][/]"; plain http only for loopback addresses (127.0.0.0/8, [::1],
// localhost), since signed requests and bills must not cross a network in the clear. Scheme and
// host come back in lower case. The error says what is wrong, without the text: it may hold a
// password.
[[nodiscard]] Result<Endpoint> parse_endpoint(std::string_view text);

}  // namespace cloud_billing
