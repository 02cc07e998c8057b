#pragma once

// What a scrape copies: immutable, made by the publisher, shared with every response under way.

#include <memory>

#include "exposition/format.h"
#include "exposition/gzip.h"

namespace cloud_billing {

// Counters and histograms, which the formats head differently.
struct PublishedCounters {
  PreparedText text;
  PreparedText open_metrics;

  [[nodiscard]] const PreparedText& in(ExpositionFormat format) const {
    return format == ExpositionFormat::kText ? text : open_metrics;
  }
};

struct PublishedMetrics {
  std::shared_ptr<const PreparedText> views;  // gauges: the same bytes in both formats
  std::shared_ptr<const PublishedCounters> counters;
};

}  // namespace cloud_billing
