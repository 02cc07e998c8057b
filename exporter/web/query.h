#pragma once

// The query of a request's address, as browsers send forms. Pure, any thread.

#include <string>
#include <string_view>

namespace cloud_billing {

// The first value of that name, decoded; empty if there is none or it is longer than 1 kB.
[[nodiscard]] std::string find_query_value(std::string_view query, std::string_view name);

// Whether there is a value of that name, even an empty one.
[[nodiscard]] bool has_query_name(std::string_view query, std::string_view name);

}  // namespace cloud_billing
