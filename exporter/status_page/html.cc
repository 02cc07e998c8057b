#include "status_page/html.h"

#include "core/utf8.h"

namespace cloud_billing {
namespace {

constexpr std::string_view kReplacement = "\xEF\xBF\xBD";

bool is_unreserved(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
         c == '_' || c == '.' || c == '~';
}

bool is_control(char c) {
  return (static_cast<unsigned char>(c) < 0x20 && c != '\n' && c != '\t') || c == '\x7f';
}

}  // namespace

std::string escape_html(std::string_view text) {
  std::string out;
  for (const char c : replace_ill_formed_utf8(std::string(text))) {
    switch (c) {
      case '&':
        out += "&amp;";
        break;
      case '<':
        out += "&lt;";
        break;
      case '>':
        out += "&gt;";
        break;
      case '"':
        out += "&quot;";
        break;
      case '\'':
        out += "&#39;";
        break;
      default:
        if (is_control(c)) {
          out += kReplacement;
        } else {
          out += c;
        }
    }
  }
  return out;
}

std::string encode_query(std::string_view text) {
  constexpr std::string_view kDigits = "0123456789ABCDEF";
  std::string out;
  for (const char c : text) {
    if (is_unreserved(c)) {
      out += c;
      continue;
    }
    const auto byte = static_cast<unsigned char>(c);
    out += '%';
    out += kDigits[byte >> 4U];
    out += kDigits[byte & 15U];
  }
  return out;
}

std::string fill_form(std::string_view form, std::initializer_list<std::string_view> parts) {
  std::string out;
  for (const std::string_view part : parts) {
    const std::size_t gap = form.find("{}");
    if (gap == std::string_view::npos) break;
    out += form.substr(0, gap);
    out += part;
    form.remove_prefix(gap + 2);
  }
  return out.append(form);
}

}  // namespace cloud_billing
