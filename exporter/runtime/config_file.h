#pragma once

// Reads the configuration's file with this process's environment. Used at the start and by reloads,
// on the main thread.

#include <string>
#include <vector>

#include "core/config.h"
#include "core/result.h"

namespace cloud_billing {

// A line for each problem, at least one.
using ConfigProblems = std::vector<std::string>;

[[nodiscard]] Result<Config, ConfigProblems> read_config_file(const std::string& path);

}  // namespace cloud_billing
