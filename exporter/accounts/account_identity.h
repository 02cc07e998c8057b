#pragma once

// Whose data it is: two configurations of an account with the same identity are about the same
// bill, so what was read for one is good for the other. The key is not part of it, nor are budget,
// labels, intervals and rates: changing those keeps the data. Pure values, any thread.

#include <map>
#include <string>

#include "config/config.h"

namespace cloud_billing {

struct AccountIdentity {
  explicit AccountIdentity(const AccountConfig& account);

  std::string name;
  std::string provider;
  std::string endpoint;  // with its port if that is not the scheme's
  std::string currency;
  // Of the provider's own keys those that are part of an identity. Lists are sorted: their order in
  // the configuration means nothing.
  std::map<std::string, ProviderSettings::Value> settings;

  friend bool operator==(const AccountIdentity&, const AccountIdentity&) = default;
};

// One line that is the same for equal identities only, in every version of this program.
[[nodiscard]] std::string to_text(const AccountIdentity& identity);

}  // namespace cloud_billing
