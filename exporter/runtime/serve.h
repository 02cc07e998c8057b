#pragma once

// Serving: composes the poller's thread, the publisher's and the web server, then waits for a
// signal.

#include <memory>
#include <vector>

#include "core/config.h"
#include "core/exposition.h"
#include "runtime/account_secrets.h"
#include "runtime/account_state.h"
#include "runtime/flags.h"
#include "runtime/transport.h"

namespace cloud_billing {

// What every way of running needs.
struct Exporter {
  std::shared_ptr<const Config> config;
  std::vector<AccountSecrets> secrets;  // in the configuration's order
  std::unique_ptr<Transport> transport;
  SystemClock clock;
  Shard shard;

  // Without views and time.
  [[nodiscard]] ExpositionInput exposition() const;
};

// Serves until SIGTERM or SIGINT. `watch` began before the secrets were read. The exit code: 0, or
// 1 where the address is taken or a thread failed.
[[nodiscard]] int serve(const Flags& flags, const Exporter& exporter, SecretWatch& watch);

}  // namespace cloud_billing
