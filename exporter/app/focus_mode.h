#pragma once

// --focus.output: writes the bills of all accounts as one FOCUS file, and what it comes to. main()
// comes here once, through run().

#include "app/flags.h"
#include "config/config.h"
#include "transport/transport.h"

namespace cloud_billing {

// `config` holds the accounts of this shard. The exit code: 0, or 1 with the reason on stderr if a
// month of an account is missing in the file, or if there is no file.
[[nodiscard]] int export_focus(const Flags& flags, const Config& config, Transport& transport);

}  // namespace cloud_billing
