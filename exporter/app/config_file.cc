#include "app/config_file.h"

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <optional>
#include <string_view>
#include <utility>

#include "app/providers.h"
#include "system/log.h"
#include "system/secret_files.h"
#include "system/whole_file.h"

namespace cloud_billing {
namespace {

std::optional<std::string> read_environment(std::string_view name) {
  const char* const value = std::getenv(std::string(name).c_str());
  return value == nullptr ? std::nullopt : std::optional<std::string>(value);
}

void find_from(const std::filesystem::path& folder, SecretSource& source) {
  if (!source.path.empty()) source.path = (folder / source.path).string();
}

void warn_of_budgets_without_costs(const Config& config) {
  const auto& measures = config.aggregation.measures;
  if (std::find(measures.begin(), measures.end(), Measure::kBilledCost) != measures.end()) return;
  if (std::any_of(config.accounts.begin(), config.accounts.end(),
                  [](const AccountConfig& account) { return account.budget.has_value(); })) {
    log_warn(
        "budgets need billed_cost in aggregation.measures: the rules and dashboards compare "
        "them with it");
  }
}

Result<Config, ConfigProblems> read_file(const std::string& path, bool check_secrets) {
  const auto text = read_whole_file(path);
  if (!text) {
    return ConfigProblems{text.error().message + "; name the configuration with --config.file"};
  }
  const std::filesystem::path folder = std::filesystem::path(path).parent_path();
  SecretFileCheck check;
  if (check_secrets) {
    check = [&folder](const std::string& named) -> std::optional<std::string> {
      const auto secret = read_secret_file((folder / named).string());
      return secret ? std::nullopt : std::optional(secret.error().message);
    };
  }
  auto config = parse_config(*text, path, read_environment, all_providers().facts(), check);
  if (!config) {
    ConfigProblems problems;
    for (ConfigProblem& problem : config.error()) problems.push_back(std::move(problem.text));
    return problems;
  }
  for (AccountConfig& account : config->accounts) {
    find_from(folder, account.access_key_id);
    find_from(folder, account.secret_access_key);
    if (account.session_token) find_from(folder, *account.session_token);
  }
  warn_of_budgets_without_costs(*config);
  return std::move(config).value();
}

}  // namespace

Result<Config, ConfigProblems> read_config_file(const std::string& path) {
  return read_file(path, false);
}

Result<Config, ConfigProblems> check_config_file(const std::string& path) {
  return read_file(path, true);
}

}  // namespace cloud_billing
