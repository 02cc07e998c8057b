#pragma once

// What the request log tells of a request's parameters: those of its query, and the plain values
// at the top of its JSON body in the same form. Pure.

#include <string>

namespace simulator {

[[nodiscard]] std::string add_logged_body(const std::string& query, const std::string& body);

}  // namespace simulator
