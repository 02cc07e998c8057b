#pragma once

// Percent-encoding, as URLs and signatures want it. Pure, any thread.

#include <string>
#include <string_view>

namespace cloud_billing {

enum class Slash { kEncoded, kKept };

// Encodes bytes: unreserved characters (letters, digits, '-', '.', '_' and '~') stay, the rest
// becomes %XX in upper case (RFC 3986, 2.3).
[[nodiscard]] std::string percent_encode(std::string_view text, Slash slash = Slash::kEncoded);

}  // namespace cloud_billing
