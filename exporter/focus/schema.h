#pragma once

// The metadata that a FOCUS dataset has beside it: what made it, by which version, with which
// columns. Pure, any thread.

#include <string>
#include <string_view>

namespace cloud_billing {

// A JSON document; the same for all files of a version of the program.
[[nodiscard]] std::string focus_schema(std::string_view program_version);

}  // namespace cloud_billing
