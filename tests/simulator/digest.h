#pragma once

// SHA-256 and HMAC-SHA256, as raw bytes. Owner of libcrypto in the simulator. Pure.

#include <string>
#include <string_view>

namespace simulator {

[[nodiscard]] std::string sha256(std::string_view text);
[[nodiscard]] std::string hmac_sha256(std::string_view key, std::string_view message);

// Lower-case.
[[nodiscard]] std::string hex(std::string_view bytes);

}  // namespace simulator
