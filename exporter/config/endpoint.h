#pragma once

// Reads the address of a provider's API. Pure, any thread.

#include <string>
#include <string_view>

#include "core/http.h"
#include "core/result.h"

namespace cloud_billing {

// Reads "https://host[:port][/]"; plain http only for loopback addresses (127.0.0.0/8, [::1],
// localhost), since signed requests and bills must not cross a network in the clear. Comes back as
// it is signed and sent: in lower case, IPv6 in its shortest form, no dot at the end of a name, no
// port where it is the scheme's own. The error says what is wrong, without the text: it may hold a
// password.
[[nodiscard]] Result<Endpoint> parse_endpoint(std::string_view text);

// Of an endpoint's host: 127.0.0.0/8, [::1] or localhost.
[[nodiscard]] bool is_loopback(std::string_view host);

}  // namespace cloud_billing
