#pragma once

// The headers of a request that list what a client prefers: Accept, Accept-Encoding,
// Accept-Language (RFC 9110, section 12.5). Pure, any thread.

#include <string>
#include <string_view>
#include <vector>

namespace cloud_billing {

// One element of a header: "text/plain;version=0.0.4;q=0.5".
struct HeaderPreference {
  std::string name;     // lower case: a media range, a coding or a language
  std::string version;  // as sent; empty: not sent
  double quality = 1;
};

// In the header's order. What cannot be read is not there.
[[nodiscard]] std::vector<HeaderPreference> read_preferences(std::string_view header);

}  // namespace cloud_billing
