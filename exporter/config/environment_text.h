#pragma once

// Fills environment variables into the configuration's texts. Pure: the environment is an argument.

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.h"

namespace cloud_billing {

using Environment = std::function<std::optional<std::string>(std::string_view name)>;

// Replaces ${NAME} by the variable, and ${NAME:-default} by the default if the variable is unset
// or empty; a default ends at the first "}". "$$" is a dollar, any other "$" is itself. What a
// variable holds is not expanded again. The errors, one for each variable, quote no text but what
// is a variable's name.
[[nodiscard]] Result<std::string, std::vector<Error>> expand_environment(
    std::string_view text, const Environment& environment);

}  // namespace cloud_billing
