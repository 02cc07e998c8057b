#pragma once

// Where the web server listens, as --web.listen-address says it. Values only: names are resolved
// when the server binds.

#include <cstdint>
#include <string>
#include <string_view>

#include "core/result.h"

namespace cloud_billing {

struct ListenAddress {
  std::string host;        // a name or an address, IPv6 without brackets; empty: all interfaces
  std::uint16_t port = 0;  // 0: any free one
  friend bool operator==(const ListenAddress&, const ListenAddress&) = default;
};

// Reads `host:port`, `[v6]:port` or `:port`. The error says what is wrong with the text.
[[nodiscard]] Result<ListenAddress> parse_listen_address(std::string_view text);

// The text that parse_listen_address() reads.
[[nodiscard]] std::string to_text(const ListenAddress& address);

}  // namespace cloud_billing
