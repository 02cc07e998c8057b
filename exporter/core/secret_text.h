#pragma once

// Secrets in memory: a key that nobody can guess, and comparing without telling by the time it
// takes. Any thread.

#include <cstddef>
#include <string>
#include <string_view>

namespace cloud_billing {

// So many random bytes.
[[nodiscard]] std::string make_random_key(std::size_t bytes);

// Takes the same time wherever texts of one length differ.
[[nodiscard]] bool are_equal_secrets(std::string_view a, std::string_view b);

}  // namespace cloud_billing
