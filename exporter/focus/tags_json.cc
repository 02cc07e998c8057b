#include "focus/tags_json.h"

#include <algorithm>
#include <cstddef>
#include <string_view>

namespace cloud_billing {
namespace {

bool needs_escape(char c) { return c == '"' || c == '\\' || static_cast<unsigned char>(c) < 0x20U; }

void append_json_text(std::string& out, std::string_view text) {
  constexpr std::string_view kHexDigits = "0123456789abcdef";
  out += '"';
  while (true) {
    const auto end = static_cast<std::size_t>(std::find_if(text.begin(), text.end(), needs_escape) -
                                              text.begin());
    out += text.substr(0, end);
    if (end == text.size()) break;
    const char c = text[end];
    const auto code = static_cast<unsigned char>(c);
    if (code < 0x20U) {
      out += "\\u00";
      out += kHexDigits[code >> 4U];
      out += kHexDigits[code & 0xFU];
    } else {
      out += '\\';
      out += c;
    }
    text.remove_prefix(end + 1);
  }
  out += '"';
}

}  // namespace

void append_tags_json(std::string& out, std::span<const Tag> tags) {
  char before = '{';
  for (const Tag& tag : tags) {
    out += before;
    before = ',';
    append_json_text(out, tag.key);
    out += ':';
    if (tag.value.empty()) {
      out += "true";
    } else {
      append_json_text(out, tag.value);
    }
  }
  if (!tags.empty()) out += '}';
}

}  // namespace cloud_billing
