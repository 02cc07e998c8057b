#pragma once

// The query as signatures are computed over it. Pure, any thread.

#include <span>
#include <string>

#include "core/http.h"

namespace cloud_billing {

// "name=value" pairs, encoded, sorted as finished texts bytewise and joined by '&'. Sorting by name
// would be another order ("text10=" sorts before "text1=") and a wrong signature; a cloud that
// signs its query sorted by name needs another function.
[[nodiscard]] std::string canonical_query(std::span<const QueryParameter> query);

}  // namespace cloud_billing
