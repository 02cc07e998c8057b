#pragma once

// SHA-256, HMAC-SHA256 and hexadecimal text, for request signatures. Owner of libcrypto in this
// room, with secret_text.cc. Pure, any thread.

#include <array>
#include <cstddef>
#include <string>
#include <string_view>

namespace cloud_billing {

using Sha256Digest = std::array<unsigned char, 32>;

[[nodiscard]] Sha256Digest sha256(std::string_view message);

[[nodiscard]] Sha256Digest hmac_sha256(std::string_view key, std::string_view message);

// The digest's bytes, to be the key of the next one.
[[nodiscard]] inline std::string_view bytes_of(const Sha256Digest& digest) {
  return {reinterpret_cast<const char*>(digest.data()), digest.size()};
}

// Lower-case hexadecimal.
[[nodiscard]] std::string hex_text(const Sha256Digest& digest);

}  // namespace cloud_billing
