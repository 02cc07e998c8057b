#pragma once

// Whether a test may take long: it then does all that it can do at random, instead of the first
// part.

#include <cstdlib>
#include <string_view>

namespace cloud_billing {

// As `make test-long` runs it: with CLOUD_BILLING_LONG=1 in its environment.
inline bool is_long_run() {
  const char* const value = std::getenv("CLOUD_BILLING_LONG");
  return value != nullptr && std::string_view(value) == "1";
}

}  // namespace cloud_billing
