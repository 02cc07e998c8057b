#include "exposition/family_writer.h"

#include <cstddef>

#include "core/number_text.h"

namespace cloud_billing {
namespace {

// `special` are the characters that the place escapes.
void append_escaped(std::string& out, std::string_view text, std::string_view special) {
  for (std::size_t at = text.find_first_of(special); at != std::string_view::npos;
       at = text.find_first_of(special)) {
    out += text.substr(0, at);
    out += '\\';
    out += text[at] == '\n' ? 'n' : text[at];
    text.remove_prefix(at + 1);
  }
  out += text;
}

std::string_view type_name(MetricType type) {
  switch (type) {
    case MetricType::kGauge:
      return "gauge";
    case MetricType::kCounter:
      return "counter";
    case MetricType::kHistogram:
      return "histogram";
  }
  return "untyped";
}

}  // namespace

std::string write_head(const MetricHead& head, ExpositionFormat format) {
  constexpr std::string_view kTotal = "_total";
  const bool open_metrics = format == ExpositionFormat::kOpenMetrics;
  std::string_view family = head.name;  // OpenMetrics names a counter's without _total
  if (open_metrics && head.type == MetricType::kCounter && family.ends_with(kTotal)) {
    family.remove_suffix(kTotal.size());
  }
  std::string out = "# HELP ";
  out += family;
  out += ' ';
  append_escaped(out, head.help, open_metrics ? "\\\n\"" : "\\\n");
  out += "\n# TYPE ";
  out += family;
  out += ' ';
  out += type_name(head.type);
  out += '\n';
  return out;
}

void append_family(std::string& out, const MetricHead& head, std::string_view series,
                   ExpositionFormat format) {
  if (series.empty()) return;
  out += write_head(head, format);
  out += series;
}

void append_label(std::string& out, Label label) {
  out += label.name;
  out += "=\"";
  append_escaped(out, label.value, "\\\n\"");
  out += '"';
}

void FamilyWriter::open_line(std::string_view suffix, std::string_view prefix,
                             std::span<const Label> labels) {
  out_ += name_;
  out_ += suffix;
  if (!prefix.empty() || !labels.empty()) {
    out_ += '{';
    out_ += prefix;
    bool first = prefix.empty();
    for (const Label& label : labels) {
      if (!first) out_ += ',';
      first = false;
      append_label(out_, label);
    }
    out_ += '}';
  }
  out_ += ' ';
}

void FamilyWriter::add(std::string_view prefix, std::span<const Label> labels, Amount value) {
  open_line({}, prefix, labels);
  append_amount(out_, value);
  out_ += '\n';
}

void FamilyWriter::add(std::string_view prefix, std::span<const Label> labels, double value) {
  add_part({}, prefix, labels, value);
}

void FamilyWriter::add(std::string_view prefix, std::span<const Label> labels, UtcSeconds value) {
  add_part({}, prefix, labels, static_cast<double>(value.time_since_epoch().count()));
}

void FamilyWriter::add_part(std::string_view suffix, std::string_view prefix,
                            std::span<const Label> labels, double value) {
  open_line(suffix, prefix, labels);
  append_number(out_, value);
  out_ += '\n';
}

}  // namespace cloud_billing
