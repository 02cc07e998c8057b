#include "runtime/config_file.h"

#include <cstdlib>
#include <optional>
#include <string_view>
#include <utility>

#include "providers/providers.h"
#include "runtime/whole_file.h"

namespace cloud_billing {
namespace {

std::optional<std::string> read_environment(std::string_view name) {
  const char* const value = std::getenv(std::string(name).c_str());
  return value == nullptr ? std::nullopt : std::optional<std::string>(value);
}

}  // namespace

Result<Config, ConfigProblems> read_config_file(const std::string& path) {
  const auto text = read_whole_file(path);
  if (!text) {
    return ConfigProblems{text.error().message + "; name the configuration with --config.file"};
  }
  auto config = parse_config(*text, path, read_environment, all_provider_facts());
  if (config) return std::move(config).value();
  ConfigProblems problems;
  for (ConfigProblem& problem : config.error()) problems.push_back(std::move(problem.text));
  return problems;
}

}  // namespace cloud_billing
