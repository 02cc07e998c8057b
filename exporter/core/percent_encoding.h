#pragma once

// Percent-encoding, as URLs and signatures want it. Pure, any thread.

#include <string>
#include <string_view>

namespace cloud_billing {

enum class Slash { kEncoded, kKept };

// Encodes bytes: unreserved characters (letters, digits, '-', '.', '_' and '~') stay, the rest
// becomes %XX in upper case (RFC 3986, 2.3).
[[nodiscard]] std::string percent_encode(std::string_view text, Slash slash = Slash::kEncoded);

// Decodes %XX, and "+" as a blank, as forms send them. What is no such sequence stays as it is.
[[nodiscard]] std::string decode_form_value(std::string_view text);

}  // namespace cloud_billing
