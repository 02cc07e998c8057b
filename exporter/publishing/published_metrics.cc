#include "publishing/published_metrics.h"

#include <utility>

namespace cloud_billing {

PublishedMetrics::PublishedMetrics(Families views, Families counters)
    : views_(std::move(views)), counters_(std::move(counters)) {
  for (const ExpositionFormat format : {ExpositionFormat::kText, ExpositionFormat::kOpenMetrics}) {
    Size& size = sizes_[static_cast<std::size_t>(format)];
    for (const Families* families : {&views_, &counters_}) {
      size.sum.append(checksum_of(*families, format));
      size.deflated += cloud_billing::deflated_size(*families, format);
    }
  }
}

bool PublishedMetrics::send_text(ExpositionFormat format, const ByteSink& sink) const {
  return cloud_billing::send_text(views_, format, sink) &&
         cloud_billing::send_text(counters_, format, sink);
}

bool PublishedMetrics::send_deflated(ExpositionFormat format, const ByteSink& sink) const {
  return cloud_billing::send_deflated(views_, format, sink) &&
         cloud_billing::send_deflated(counters_, format, sink);
}

}  // namespace cloud_billing
