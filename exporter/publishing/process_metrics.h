#pragma once

// The standard process_* metrics, read from the system at each call. Any thread.

#include <string>

#include "exposition/format.h"

namespace cloud_billing {

// With HELP and TYPE. A value that this system does not provide is left out.
[[nodiscard]] std::string render_process_metrics(ExpositionFormat format);

}  // namespace cloud_billing
