#pragma once

// What the program does for its flags, from the configuration to the exit code. main() calls it
// once.

#include "app/flags.h"

namespace cloud_billing {

// --check-config, --check-access, --once, --focus.output or serving. The exit code: 0, or 1 with
// the reason on stderr.
[[nodiscard]] int run(const Flags& flags);

}  // namespace cloud_billing
