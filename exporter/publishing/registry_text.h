#pragma once

// Writes what a prometheus-cpp registry collects, in both formats. Pure; used by SelfMetrics only.

#include <prometheus/metric_family.h>

#include <string>
#include <vector>

#include "exposition/format.h"

namespace cloud_billing {

// Counters and histograms, in the order given. A histogram's bounds are written as OpenMetrics
// wants them ("1.0") in both formats, so that a series keeps its labels whatever a scraper asks
// for.
[[nodiscard]] std::string write_families(const std::vector<prometheus::MetricFamily>& families,
                                         ExpositionFormat format);

}  // namespace cloud_billing
