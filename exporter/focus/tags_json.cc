#include "focus/tags_json.h"

#include <string_view>

namespace cloud_billing {
namespace {

void append_json_text(std::string& out, std::string_view text) {
  constexpr std::string_view kHexDigits = "0123456789abcdef";
  out += '"';
  for (const char c : text) {
    const auto code = static_cast<unsigned char>(c);
    if (c == '"' || c == '\\') {
      out += '\\';
      out += c;
    } else if (code < 0x20U) {
      out += "\\u00";
      out += kHexDigits[code >> 4U];
      out += kHexDigits[code & 0xFU];
    } else {
      out += c;
    }
  }
  out += '"';
}

}  // namespace

std::string tags_json(std::span<const Tag> tags) {
  if (tags.empty()) return {};
  std::string json;
  for (const Tag& tag : tags) {
    json += json.empty() ? '{' : ',';
    append_json_text(json, tag.key);
    json += ':';
    if (tag.value.empty()) {
      json += "true";
    } else {
      append_json_text(json, tag.value);
    }
  }
  return json + "}";
}

}  // namespace cloud_billing
