#pragma once

// The parts of a request that signatures are computed over: percent-encoding and the canonical
// query. Pure, any thread.

#include <span>
#include <string>
#include <string_view>

#include "core/http.h"

namespace cloud_billing {

enum class Slash { kEncoded, kKept };

// Percent-encodes UTF-8 bytes: letters, digits, '-', '.', '_' and '~' stay, the rest becomes %XX in
// upper case (RFC 3986; Baidu "General Description", normalized string).
[[nodiscard]] std::string percent_encode(std::string_view text, Slash slash = Slash::kEncoded);

// "name=value" pairs, encoded, sorted as finished texts bytewise and joined by '&'. Sorting by name
// would be another order ("text10=" sorts before "text1=") and a wrong signature.
[[nodiscard]] std::string canonical_query(std::span<const QueryParameter> query);

}  // namespace cloud_billing
