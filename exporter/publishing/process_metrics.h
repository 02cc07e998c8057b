#pragma once

// The standard process_* metrics and what else the process says of itself, read at each call. Any
// thread.

#include <string>
#include <vector>

#include "exposition/format.h"
#include "exposition/metric_head.h"

namespace cloud_billing {

[[nodiscard]] std::vector<MetricHead> process_metric_heads();

// With HELP and TYPE. A value that this system does not tell is left out.
[[nodiscard]] std::string render_process_metrics(ExpositionFormat format);

}  // namespace cloud_billing
