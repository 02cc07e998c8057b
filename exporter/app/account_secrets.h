#pragma once

// The credentials of the configured accounts, inline or from files, and noticing when those files
// change. Used by the main thread; the poller gets values.

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "config/config.h"
#include "providers/credentials.h"
#include "system/secret_files.h"

namespace cloud_billing {

// What the poller takes: if secrets cannot be read, all of them are named with the reason, never
// their content.
[[nodiscard]] AccountSecrets read_account_secrets(const AccountConfig& account);

// Of all accounts, in the configuration's order.
[[nodiscard]] std::vector<AccountSecrets> read_all_secrets(const Config& config);

class SecretWatch {
 public:
  explicit SecretWatch(std::shared_ptr<const Config> config);

  // The accounts, by index, of which a secret file changed since the last look.
  [[nodiscard]] std::vector<std::size_t> take_changed();

 private:
  std::shared_ptr<const Config> config_;
  SecretFiles files_;
};

}  // namespace cloud_billing
