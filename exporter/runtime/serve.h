#pragma once

// Serving: starts the poller's thread, the publisher's and the web server, then waits for signals
// and for what comes with them.

#include "runtime/exporter.h"
#include "runtime/flags.h"
#include "runtime/live_config.h"

namespace cloud_billing {

// Serves until SIGTERM or SIGINT. The exit code: 0, or 1 where the address is taken or a thread
// failed.
[[nodiscard]] int serve(const Flags& flags, Exporter& exporter, LiveConfig& live_config);

}  // namespace cloud_billing
