#pragma once

// --probe: asks a running exporter on this machine whether it works, for containers that have no
// other tool to do so.

#include <string>

#include "web/listen_address.h"

namespace cloud_billing {

// GET /-/healthy where `address` listens, on loopback if that is all interfaces, over TLS
// (unverified) if `web_config_file` says so. If a client certificate is required, or that
// file cannot be read now, an accepted connection is enough. The exit code: 0 for an answer with
// status 200 within 5 s, else 1 with the reason on stderr.
[[nodiscard]] int run_probe(const ListenAddress& address, const std::string& web_config_file);

}  // namespace cloud_billing
