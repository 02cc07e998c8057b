#pragma once

// Writes one metric family as text: HELP and TYPE once, before its first series, then a line per
// series. A family without series leaves no trace. Used by the metric table; the heads and labels
// also by what writes counters.

#include <span>
#include <string>
#include <string_view>

#include "core/amount.h"
#include "exposition/format.h"

namespace cloud_billing {

struct Label {
  std::string_view name;
  std::string_view value;
};

void append_label(std::string& out, Label label);  // name="escaped value"

struct FamilyHead {
  std::string_view name;  // of a counter: with _total
  std::string_view type;  // "gauge", "counter" or "histogram"
  std::string_view help;
};

// The lines HELP and TYPE; OpenMetrics names a counter's family without _total.
void append_family_head(std::string& out, const FamilyHead& head, ExpositionFormat format);

class FamilyWriter {
 public:
  // All arguments must outlive the writer. Every family here is a gauge without quotes in its help,
  // which is written the same in both formats.
  FamilyWriter(std::string& out, std::string_view name, std::string_view help)
      : out_(out), name_(name), help_(help) {}

  // `prefix` is already rendered: labels joined by commas, or empty.
  void add(std::string_view prefix, std::span<const Label> labels, Amount value);
  void add(std::string_view prefix, std::span<const Label> labels, double value);

 private:
  void open_line(std::string_view prefix, std::span<const Label> labels);

  std::string& out_;
  std::string_view name_;
  std::string_view help_;
  bool has_header_ = false;
};

}  // namespace cloud_billing
