#include "exposition/family_text.h"

#include <utility>

#include "exposition/family_writer.h"

namespace cloud_billing {
namespace {

bool send_part(const PreparedText& part, const ByteSink& sink) {
  return part.text.empty() ? inflate_text(part.deflated, sink) : sink(part.text);
}

PreparedText prepare_text(std::string text) {
  DeflatedText deflated = deflate_text(text);
  return {std::move(text), std::move(deflated)};
}

}  // namespace

FamilyHead prepare_head(const MetricHead& head) {
  return {prepare_text(write_head(head, ExpositionFormat::kText)),
          prepare_text(write_head(head, ExpositionFormat::kOpenMetrics))};
}

Checksum checksum_of(const Families& families, ExpositionFormat format) {
  Checksum sum;
  for (const auto& family : families) {
    if (family->empty()) continue;
    sum.append(family->head->in(format).deflated.sum);
    sum.append(family->sum);
  }
  return sum;
}

std::size_t deflated_size(const Families& families, ExpositionFormat format) {
  std::size_t size = 0;
  for (const auto& family : families) {
    if (family->empty()) continue;
    size += family->head->in(format).deflated.blocks.size() + family->deflated_size;
  }
  return size;
}

bool send_text(const Families& families, ExpositionFormat format, const ByteSink& sink) {
  for (const auto& family : families) {
    if (family->empty()) continue;
    if (!sink(family->head->in(format).text)) return false;
    for (const auto& part : family->parts) {
      if (part && !send_part(*part, sink)) return false;
    }
  }
  return true;
}

bool send_deflated(const Families& families, ExpositionFormat format, const ByteSink& sink) {
  for (const auto& family : families) {
    if (family->empty()) continue;
    if (!sink(family->head->in(format).deflated.blocks)) return false;
    for (const auto& part : family->parts) {
      if (part && !sink(part->deflated.blocks)) return false;
    }
  }
  return true;
}

std::string text_of(const Families& families, ExpositionFormat format) {
  std::string text;
  text.reserve(checksum_of(families, format).length);
  send_text(families, format, [&text](std::string_view piece) {
    text += piece;
    return true;
  });
  return text;
}

}  // namespace cloud_billing
