#pragma once

// Reads the configuration's file with this process's environment. Used at the start, by reloads and
// by --check-config, on the main thread.

#include <string>
#include <vector>

#include "config/config.h"
#include "core/result.h"

namespace cloud_billing {

// A line for each problem, at least one.
using ConfigProblems = std::vector<std::string>;

// Relative paths of secrets are made to start from the file's folder. Logs a warning if the
// configuration is valid but hardly meant.
[[nodiscard]] Result<Config, ConfigProblems> read_config_file(const std::string& path);

// The same, but a secret file that cannot be read is a problem, too.
[[nodiscard]] Result<Config, ConfigProblems> check_config_file(const std::string& path);

}  // namespace cloud_billing
