#include "providers/canonical_query.h"

#include <algorithm>
#include <vector>

namespace cloud_billing {
namespace {

bool stays_as_it_is(char c) {
  return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' ||
         c == '.' || c == '_' || c == '~';
}

}  // namespace

std::string percent_encode(std::string_view text, Slash slash) {
  constexpr std::string_view kDigits = "0123456789ABCDEF";
  std::string encoded;
  encoded.reserve(text.size());
  for (const char c : text) {
    if (stays_as_it_is(c) || (c == '/' && slash == Slash::kKept)) {
      encoded += c;
      continue;
    }
    const auto byte = static_cast<unsigned char>(c);
    encoded += '%';
    encoded += kDigits[byte >> 4U];
    encoded += kDigits[byte & 15U];
  }
  return encoded;
}

std::string canonical_query(std::span<const QueryParameter> query) {
  std::vector<std::string> pairs;
  pairs.reserve(query.size());
  for (const QueryParameter& parameter : query) {
    pairs.push_back(percent_encode(parameter.name) + "=" + percent_encode(parameter.value));
  }
  std::sort(pairs.begin(), pairs.end());
  std::string joined;
  for (const std::string& pair : pairs) {
    if (!joined.empty()) joined += '&';
    joined += pair;
  }
  return joined;
}

}  // namespace cloud_billing
