#include "web/request_framing.h"

#include <algorithm>
#include <cstddef>

#include "core/ascii.h"

namespace cloud_billing {
namespace {

// 10^18 bytes fit into 64 bits.
constexpr std::size_t kMostDigits = 18;

std::vector<std::string_view> values_of(const std::vector<HeaderView>& headers,
                                        std::string_view lower_name) {
  std::vector<std::string_view> values;
  for (const auto& [name, value] : headers) {
    if (to_lower_case(name) == lower_name) values.push_back(value);
  }
  return values;
}

bool is_length(std::string_view text) {
  return !text.empty() && text.size() <= kMostDigits &&
         std::all_of(text.begin(), text.end(), is_digit);
}

}  // namespace

std::string_view find_doubtful_framing(const std::vector<HeaderView>& headers,
                                       std::string_view version) {
  const auto lengths = values_of(headers, "content-length");
  const auto encodings = values_of(headers, "transfer-encoding");
  if (lengths.size() > 1) return "More than one Content-Length\n";
  if (!lengths.empty() && !is_length(trim_blanks(lengths.front()))) {
    return "Content-Length is no number of bytes\n";
  }
  if (!encodings.empty()) {
    if (!lengths.empty()) return "Both Content-Length and Transfer-Encoding\n";
    if (version == "1.0") return "Transfer-Encoding in HTTP/1.0\n";
    if (encodings.size() > 1 || to_lower_case(trim_blanks(encodings.front())) != "chunked") {
      return "Transfer-Encoding is not \"chunked\"\n";
    }
  }
  if (values_of(headers, "host").size() > 1) return "More than one Host\n";
  return {};
}

}  // namespace cloud_billing
