#include "accounts/account_identity.h"

#include <algorithm>
#include <nlohmann/json.hpp>

namespace cloud_billing {

AccountIdentity::AccountIdentity(const AccountConfig& account)
    : name(account.name),
      provider(account.provider->name),
      endpoint(account.endpoint.origin()),
      currency(account.currency),
      sub_accounts(account.sub_accounts),
      tag_separators(account.tag_separators) {
  std::sort(sub_accounts.begin(), sub_accounts.end());
}

std::string to_text(const AccountIdentity& identity) {
  return nlohmann::json{
      {"name", identity.name},
      {"provider", identity.provider},
      {"endpoint", identity.endpoint},
      {"currency", identity.currency},
      {"sub_accounts", identity.sub_accounts},
      {"tag_separators", identity.tag_separators},
  }
      .dump();
}

}  // namespace cloud_billing
