#pragma once

// What a scrape sends: immutable, made by the publisher, shared with every response under way.

#include <array>
#include <cstddef>

#include "core/byte_sink.h"
#include "exposition/family_text.h"
#include "exposition/format.h"
#include "exposition/gzip.h"

namespace cloud_billing {

class PublishedMetrics {
 public:
  PublishedMetrics() = default;
  // Gauges, and after them counters and histograms, which the formats head differently.
  PublishedMetrics(Families views, Families counters);

  [[nodiscard]] const Families& views() const { return views_; }
  [[nodiscard]] const Families& counters() const { return counters_; }

  // Of the whole text in that format, and of what it compresses to.
  [[nodiscard]] const Checksum& sum(ExpositionFormat format) const { return size(format).sum; }
  [[nodiscard]] std::size_t deflated_size(ExpositionFormat format) const {
    return size(format).deflated;
  }

  // False if the sink wanted no more.
  bool send_text(ExpositionFormat format, const ByteSink& sink) const;
  bool send_deflated(ExpositionFormat format, const ByteSink& sink) const;

 private:
  struct Size {
    Checksum sum;
    std::size_t deflated = 0;
  };
  [[nodiscard]] const Size& size(ExpositionFormat format) const {
    return sizes_[static_cast<std::size_t>(format)];
  }

  Families views_;
  Families counters_;
  std::array<Size, 2> sizes_;  // by format
};

}  // namespace cloud_billing
