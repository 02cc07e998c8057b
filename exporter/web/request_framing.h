#pragma once

// Where a request ends. If two programs on its way can see it end in different places, one of them
// takes for a request what the other took for a body (RFC 9112, section 11.2), so that what leaves
// a doubt is refused and its connection closed. Pure, any thread.

#include <string_view>
#include <utility>
#include <vector>

namespace cloud_billing {

using HeaderView = std::pair<std::string_view, std::string_view>;  // name and value

// What is doubtful, as a line for the client; empty if nothing is: at most one Content-Length, of
// digits only; Transfer-Encoding "chunked", once, without Content-Length and not in HTTP/1.0; at
// most one Host. `version` such as "1.1".
[[nodiscard]] std::string_view find_doubtful_framing(const std::vector<HeaderView>& headers,
                                                     std::string_view version);

}  // namespace cloud_billing
