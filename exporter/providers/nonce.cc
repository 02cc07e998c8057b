#include "providers/nonce.h"

#include <cstdint>
#include <string_view>

namespace cloud_billing {

std::string make_nonce(std::mt19937_64& random) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::string nonce;
  for (std::uint64_t number : {random(), random()}) {
    for (int digit = 0; digit < 16; ++digit, number >>= 4U) nonce += kDigits[number & 15U];
  }
  return nonce;
}

}  // namespace cloud_billing
