#pragma once

// --check-access: asks the clouds what the keys may do, and prints it. main() comes here once,
// through run().

#include "app/flags.h"
#include "config/config.h"
#include "transport/transport.h"

namespace cloud_billing {

// `config` holds the accounts of this shard. The exit code: 0 if the collectors can have all that
// they need and it was printed, else 1.
[[nodiscard]] int print_access(const Flags& flags, const Config& config, Transport& transport);

}  // namespace cloud_billing
