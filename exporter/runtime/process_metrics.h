#pragma once

// The standard process_* metrics, read from /proc at each call. Any thread.

#include <string>

namespace cloud_billing {

// Text format 0.0.4, with HELP and TYPE. A value that this system does not tell is left out.
[[nodiscard]] std::string render_process_metrics();

}  // namespace cloud_billing
