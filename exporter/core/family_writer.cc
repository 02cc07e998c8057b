#include "core/family_writer.h"

namespace cloud_billing {
namespace {

void append_escaped(std::string& out, std::string_view text, bool quotes) {
  for (const char c : text) {
    if (c == '\\') {
      out += "\\\\";
    } else if (c == '\n') {
      out += "\\n";
    } else if (c == '"' && quotes) {
      out += "\\\"";
    } else {
      out += c;
    }
  }
}

}  // namespace

void append_label(std::string& out, Label label) {
  out += label.name;
  out += "=\"";
  append_escaped(out, label.value, true);
  out += '"';
}

void FamilyWriter::open_line(std::string_view prefix, std::span<const Label> labels) {
  if (!has_header_) {
    out_ += "# HELP ";
    out_ += name_;
    out_ += ' ';
    append_escaped(out_, help_, false);
    out_ += "\n# TYPE ";
    out_ += name_;
    out_ += " gauge\n";
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
