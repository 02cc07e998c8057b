#pragma once

// Serving: starts the poller's thread, the publisher's and the web server, then waits for signals
// and for what comes with them.

#include "app/config_watch.h"
#include "app/exporter.h"
#include "app/flags.h"
#include "app/live_config.h"
#include "web/security.h"

namespace cloud_billing {

// Makes SIGTERM, SIGINT and SIGHUP wait for serve(). Called before any thread starts, so that all
// threads inherit it.
void hold_signals();

// Serves until SIGTERM or SIGINT, as `security` allows (null: everybody, in plain HTTP). The exit
// code: 0, or 1 if the address is taken or a thread failed.
[[nodiscard]] int serve(const Flags& flags, Exporter& exporter, LiveConfig& live_config,
                        ConfigWatch& config_watch, WebSecurity* security);

}  // namespace cloud_billing
