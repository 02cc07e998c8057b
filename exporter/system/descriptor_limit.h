#pragma once

// The limit of open file descriptors: 1,024 requests in flight and the web server's connections
// need more than the usual soft limit of 1,024.

#include <cstdint>

namespace cloud_billing {

// Raises the soft limit to the hard one, as far as the system allows; the limit now in force.
std::uint64_t raise_descriptor_limit();

}  // namespace cloud_billing
