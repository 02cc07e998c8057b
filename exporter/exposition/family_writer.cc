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

constexpr std::string_view kTotal = "_total";

}  // namespace

void append_label(std::string& out, Label label) {
  out += label.name;
  out += "=\"";
  append_escaped(out, label.value, "\\\n\"");
  out += '"';
}

void append_family_head(std::string& out, const FamilyHead& head, ExpositionFormat format) {
  const bool open_metrics = format == ExpositionFormat::kOpenMetrics;
  std::string_view family = head.name;
  if (open_metrics && head.type == "counter" && family.ends_with(kTotal)) {
    family.remove_suffix(kTotal.size());
  }
  out += "# HELP ";
  out += family;
  out += ' ';
  append_escaped(out, head.help, open_metrics ? "\\\n\"" : "\\\n");
  out += "\n# TYPE ";
  out += family;
  out += ' ';
  out += head.type;
  out += '\n';
}

void FamilyWriter::open_line(std::string_view prefix, std::span<const Label> labels) {
  if (!has_header_) {
    append_family_head(out_, {name_, "gauge", help_}, ExpositionFormat::kText);
    has_header_ = true;
  }
  out_ += name_;
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
  open_line(prefix, labels);
  append_amount(out_, value);
  out_ += '\n';
}

void FamilyWriter::add(std::string_view prefix, std::span<const Label> labels, double value) {
  open_line(prefix, labels);
  append_number(out_, value);
  out_ += '\n';
}

}  // namespace cloud_billing
