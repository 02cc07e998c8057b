#include "accounts/account_identity.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <utility>
#include <variant>
#include <vector>

namespace cloud_billing {

AccountIdentity::AccountIdentity(const AccountConfig& account)
    : name(account.name),
      provider(account.provider->name),
      endpoint(account.endpoint.origin()),
      currency(account.currency) {
  for (const ProviderKey& key : account.provider->own_account_keys) {
    const auto setting = account.settings.all().find(key.name);
    if (!key.is_part_of_identity || setting == account.settings.all().end()) continue;
    ProviderSettings::Value value = setting->second;
    if (auto* list = std::get_if<std::vector<std::string>>(&value)) {
      std::sort(list->begin(), list->end());
    }
    settings.emplace(key.name, std::move(value));
  }
}

std::string to_text(const AccountIdentity& identity) {
  nlohmann::json text{
      {"name", identity.name},
      {"provider", identity.provider},
      {"endpoint", identity.endpoint},
      {"currency", identity.currency},
      // The first version wrote these two whatever the provider, with the values that they have if
      // nothing is set.
      {"sub_accounts", nlohmann::json::array()},
      {"tag_separators", ";,\n"},
  };
  for (const auto& setting : identity.settings) {
    std::visit([&](const auto& held) { text[setting.first] = held; }, setting.second);
  }
  return text.dump();
}

}  // namespace cloud_billing
