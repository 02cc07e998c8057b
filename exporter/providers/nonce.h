#pragma once

// Texts that are used once, for signatures that need one (SigningMoment). Any thread; the source of
// random numbers is the caller's.

#include <random>
#include <string>

namespace cloud_billing {

// 32 hexadecimal digits. To be used once is all that it is for: no secret.
[[nodiscard]] std::string make_nonce(std::mt19937_64& random);

}  // namespace cloud_billing
