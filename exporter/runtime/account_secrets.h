#pragma once

// The credentials of the configured accounts, inline or from files, and noticing when those files
// change. Used by the main thread; the poller gets values.

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/config.h"
#include "runtime/account_state.h"
#include "runtime/secret_files.h"

namespace cloud_billing {

struct UnreadableSecret {
  const SecretSource* source = nullptr;  // lives as long as the account's configuration
  std::string message;                   // names the file, never its content
};

// All that cannot be read is named, at least one.
using UnreadableSecrets = std::vector<UnreadableSecret>;

[[nodiscard]] Result<Credentials, UnreadableSecrets> read_credentials(const AccountConfig& account);

// What the poller takes: the reason in words where they cannot be read.
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
