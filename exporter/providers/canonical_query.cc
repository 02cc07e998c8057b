#include "providers/canonical_query.h"

#include <algorithm>
#include <vector>

#include "core/percent_encoding.h"

namespace cloud_billing {
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
