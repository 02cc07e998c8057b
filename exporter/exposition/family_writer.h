#pragma once

// Writes one metric family as text: HELP and TYPE once, before its first series, then a line per
// series. A family without series leaves no trace. Used by the metric table, and by what writes
// counters.

#include <span>
#include <string>
#include <string_view>

#include "core/amount.h"
#include "core/calendar.h"
#include "exposition/format.h"
#include "exposition/metric_head.h"

namespace cloud_billing {

struct Label {
  std::string_view name;
  std::string_view value;
};

void append_label(std::string& out, Label label);  // name="escaped value"

class FamilyWriter {
 public:
  // All arguments must outlive the writer. The formats differ in the heads of counters, and in
  // quotes in a HELP, which no gauge has: gauges are the same bytes in both.
  FamilyWriter(std::string& out, const MetricHead& head,
               ExpositionFormat format = ExpositionFormat::kText)
      : out_(out), head_(head), format_(format) {}

  // `prefix` is already rendered: labels joined by commas, or empty.
  void add(std::string_view prefix, std::span<const Label> labels, Amount value);
  void add(std::string_view prefix, std::span<const Label> labels, double value);
  void add(std::string_view prefix, std::span<const Label> labels, UtcSeconds value);

  // One of the series that a histogram consists of: "_bucket", "_sum" or "_count".
  void add_part(std::string_view suffix, std::string_view prefix, std::span<const Label> labels,
                double value);

 private:
  void open_line(std::string_view suffix, std::string_view prefix, std::span<const Label> labels);

  std::string& out_;
  const MetricHead& head_;
  ExpositionFormat format_;
  bool has_head_ = false;
};

}  // namespace cloud_billing
