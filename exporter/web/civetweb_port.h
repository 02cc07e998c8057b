#pragma once

// A listen address in the words of civetweb's option listening_ports. Resolves names, so it may
// wait; called once per address at the start.

#include <optional>
#include <string>

#include "web/listen_address.h"

namespace cloud_billing {

// "+port" is all interfaces of both families, "port" those of IPv4; an "s" behind means TLS. None
// if the host has no address.
[[nodiscard]] std::optional<std::string> to_civetweb_port(const ListenAddress& address, bool tls);

}  // namespace cloud_billing
