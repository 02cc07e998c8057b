#pragma once

// Truth as Go's reader of YAML 1.1 takes it. Pure, any thread.

#include <string_view>

#include "core/result.h"

namespace cloud_billing {

// true, yes, on, y and their opposites: in lower case, in upper case, or with a capital.
[[nodiscard]] Result<bool> parse_yaml_bool(std::string_view text);

}  // namespace cloud_billing
