#include "status_page/html.h"

#include "core/ascii.h"
#include "core/utf8.h"

namespace cloud_billing {
namespace {

constexpr std::string_view kReplacement = "\xEF\xBF\xBD";

bool is_shown(char c) { return !is_control(c) || c == '\n' || c == '\t'; }

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
        if (is_shown(c)) {
          out += c;
        } else {
          out += kReplacement;
        }
    }
  }
  return out;
}

std::string fill_gaps(std::string_view form, std::initializer_list<std::string_view> parts) {
  std::string out;
  for (const std::string_view part : parts) {
    const std::size_t gap = form.find("{}");
    out += form.substr(0, gap);
    out += part;
    form.remove_prefix(gap + 2);
  }
  return out.append(form);
}

}  // namespace cloud_billing
