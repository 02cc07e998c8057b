#include "app/config_file.h"

#include <algorithm>
#include <cstdlib>
#include <map>
#include <optional>
#include <string_view>
#include <utility>

#include "app/providers.h"
#include "core/shown_text.h"
#include "system/log.h"
#include "system/secret_files.h"
#include "system/whole_file.h"
#include "transport/proxy_rules.h"
#include "transport/trusted_authorities.h"

namespace cloud_billing {
namespace {

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

// Only if a request would meet it.
void warn_of_proxy(const Config& config) {
  const ProxyRules rules = ProxyRules::read(read_environment);
  for (const AccountConfig& account : config.accounts) {
    const auto proxy = rules.proxy_for(account.endpoint);
    if (proxy) continue;
    log_warn("requests will fail", {{"error", proxy.error().message}});
    return;
  }
}

// The key id itself; empty if its file cannot be read.
std::string read_key_id(const AccountConfig& account) {
  const SecretSource& source = account.access_key_id;
  if (source.path.empty()) return source.text;
  const auto key = read_secret_file(source.path, source.shown_path);
  return key ? *key : std::string();
}

void warn_of_shared_keys(const Config& config, const std::string& file) {
  const auto place_of = [&file](const AccountConfig& account) {
    return file + ":" + std::to_string(account.position.line) + ":" +
           std::to_string(account.position.column);
  };
  std::map<std::pair<std::string, std::string>, const AccountConfig*> first;
  for (const AccountConfig& account : config.accounts) {
    std::string key = read_key_id(account);
    if (key.empty()) continue;
    const auto [other, is_new] =
        first.try_emplace({account.endpoint.origin(), std::move(key)}, &account);
    if (is_new) continue;
    log_warn("two accounts have the same access key at the same endpoint: costs count twice",
             {{"account", account.name},
              {"position", place_of(account)},
              {"other_account", other->second->name},
              {"other_position", place_of(*other->second)}});
  }
}

// What messages call the file that the configuration names so.
std::string show_path_in(const std::string& config_file, const std::string& named) {
  return is_showable_path(named) ? path_named_in(config_file, named) : show_path(named);
}

Result<Config, std::vector<Error>> read_file(const std::string& path, bool check_secrets) {
  const auto text = read_whole_file(path);
  if (!text) {
    return std::vector{Error{text.error().message + "; name the configuration with --config.file"}};
  }
  SecretFileCheck check;
  if (check_secrets) {
    check = [&path](const std::string& named) -> Status {
      const auto secret = read_secret_file(path_named_in(path, named), show_path_in(path, named));
      return secret ? Status() : secret.error();
    };
  }
  const auto check_authorities = [&path](const std::string& named) -> Status {
    Status good = check_ca_file(path_named_in(path, named));
    if (good || is_showable_path(named)) return good;
    return Error{"no certificates can be read from " + show_path(named)};
  };
  auto config = parse_config(*text, path, read_environment, all_providers().facts(), check,
                             check_authorities);
  if (!config) return config;
  const auto find_from_here = [&path](SecretSource& source) {
    source.shown_path = show_path_in(path, source.path);
    source.path = path_named_in(path, source.path);
  };
  for (AccountConfig& account : config->accounts) {
    find_from_here(account.access_key_id);
    find_from_here(account.secret_access_key);
    if (account.session_token) find_from_here(*account.session_token);
  }
  config->http.ca_file = path_named_in(path, config->http.ca_file);
  warn_of_budgets_without_costs(*config);
  warn_of_proxy(*config);
  warn_of_shared_keys(*config, path);
  return config;
}

}  // namespace

std::optional<std::string> read_environment(std::string_view name) {
  const char* const value = std::getenv(std::string(name).c_str());
  return value == nullptr ? std::nullopt : std::optional<std::string>(value);
}

Result<Config, std::vector<Error>> read_config_file(const std::string& path) {
  return read_file(path, false);
}

Result<Config, std::vector<Error>> check_config_file(const std::string& path) {
  return read_file(path, true);
}

}  // namespace cloud_billing
