#pragma once

// Reads the configuration's file with this process's environment. Used at the start, by reloads and
// by --check-config, on the main thread.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "config/config.h"
#include "core/result.h"

namespace cloud_billing {

// A variable of this process's environment.
[[nodiscard]] std::optional<std::string> read_environment(std::string_view name);

// Relative paths of secrets and certificates are made to start from the file's folder. Logs a
// warning if the configuration is good but hardly meant. There is at least one error otherwise, a
// line each.
[[nodiscard]] Result<Config, std::vector<Error>> read_config_file(const std::string& path);

// The same, but a secret file that cannot be read is a problem, too.
[[nodiscard]] Result<Config, std::vector<Error>> check_config_file(const std::string& path);

}  // namespace cloud_billing
