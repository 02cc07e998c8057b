#pragma once

// Writes the series of one metric family as text, a line for each. The lines HELP and TYPE, which
// stand before them if there are any, are written apart. Used by the metric table, and by what
// writes counters.

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

// The lines HELP and TYPE. The formats differ in those of counters, and in quotes in a HELP, which
// no gauge has.
[[nodiscard]] std::string write_head(const MetricHead& head, ExpositionFormat format);

// Appends the family with these series: nothing if there are none.
void append_family(std::string& out, const MetricHead& head, std::string_view series,
                   ExpositionFormat format);

class FamilyWriter {
 public:
  // The name must outlive the writer.
  FamilyWriter(std::string& out, std::string_view name) : out_(out), name_(name) {}

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
  std::string_view name_;
};

}  // namespace cloud_billing
