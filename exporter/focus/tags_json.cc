#include "focus/tags_json.h"

#include <string_view>

#include "core/byte_scan.h"

namespace cloud_billing {
namespace {

constexpr unsigned char kAboveControls = 0x20;

bool needs_escape(char c) {
  return c == '"' || c == '\\' || static_cast<unsigned char>(c) < kAboveControls;
}

void append_escaped(std::string& out, char c, std::string_view quote) {
  constexpr std::string_view kHexDigits = "0123456789abcdef";
  const auto code = static_cast<unsigned char>(c);
  if (code < kAboveControls) {
    out += "\\u00";
    out += kHexDigits[code >> 4U];
    out += kHexDigits[code & 0xFU];
  } else {
    out += '\\';
    out += c == '"' ? quote : R"(\)";
  }
}

void append_json_text(std::string& out, std::string_view text, std::string_view quote) {
  out += quote;
  const std::size_t begin = out.size();
  out.resize(begin + text.size());
  if (copy_and_look<kAboveControls, '"', '\\'>(text, out.data() + begin)) {
    out.resize(begin);
    for (const char c : text) {
      if (needs_escape(c)) {
        append_escaped(out, c, quote);
      } else {
        out += c;
      }
    }
  }
  out += quote;
}

}  // namespace

void append_tags_json(std::string& out, std::span<const Tag> tags, std::string_view quote) {
  char before = '{';
  for (const Tag& tag : tags) {
    out += before;
    before = ',';
    append_json_text(out, tag.key, quote);
    out += ':';
    if (tag.value.empty()) {
      out += "true";
    } else {
      append_json_text(out, tag.value, quote);
    }
  }
  if (!tags.empty()) out += '}';
}

}  // namespace cloud_billing
