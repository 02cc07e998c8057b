#pragma once

// Metric families as bytes that are ready to be sent: a head, and the series in parts, each
// compressed by itself. Immutable, shared by every response under way; any thread.

#include <array>
#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "exposition/format.h"
#include "exposition/gzip.h"
#include "exposition/metric_head.h"

namespace cloud_billing {

// A text with what it compresses to, which alone may be kept: then sending the text inflates that.
struct PreparedText {
  std::string text;  // empty: not kept
  DeflatedText deflated;
};

// The lines HELP and TYPE in each format.
struct FamilyHead {
  PreparedText text;
  PreparedText open_metrics;

  [[nodiscard]] const PreparedText& in(ExpositionFormat format) const {
    return format == ExpositionFormat::kText ? text : open_metrics;
  }
};
[[nodiscard]] FamilyHead prepare_head(const MetricHead& head);

struct FamilyText {
  std::shared_ptr<const FamilyHead> head;
  std::vector<std::shared_ptr<const PreparedText>> parts;  // null: nothing
  Checksum sum;                                            // of the parts' text
  std::size_t deflated_size = 0;                           // of the parts' blocks

  [[nodiscard]] bool empty() const { return sum.length == 0; }  // then its head is not served
};

// In the order in which they are served.
using Families = std::vector<std::shared_ptr<const FamilyText>>;

// Of the text in that format.
[[nodiscard]] Checksum checksum_of(const Families& families, ExpositionFormat format);

// Bytes that the blocks of all heads and parts have.
[[nodiscard]] std::size_t deflated_size(const Families& families, ExpositionFormat format);

// False if the sink wanted no more.
bool send_text(const Families& families, ExpositionFormat format, const ByteSink& sink);
bool send_deflated(const Families& families, ExpositionFormat format, const ByteSink& sink);

[[nodiscard]] std::string text_of(const Families& families,
                                  ExpositionFormat format = ExpositionFormat::kText);

}  // namespace cloud_billing
