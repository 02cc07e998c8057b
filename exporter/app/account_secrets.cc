#include "app/account_secrets.h"

#include <algorithm>
#include <utility>

namespace cloud_billing {
namespace {

std::vector<const SecretSource*> sources_of(const AccountConfig& account) {
  std::vector<const SecretSource*> sources{&account.access_key_id, &account.secret_access_key};
  if (account.session_token) sources.push_back(&*account.session_token);
  return sources;
}

}  // namespace

AccountSecrets read_account_secrets(const AccountConfig& account) {
  Credentials credentials;
  std::string unreadable;
  const std::vector<const SecretSource*> sources = sources_of(account);
  std::string* const targets[] = {&credentials.access_key_id, &credentials.secret_access_key,
                                  &credentials.session_token};
  for (std::size_t i = 0; i < sources.size(); ++i) {
    if (sources[i]->path.empty()) {
      *targets[i] = sources[i]->text;
      continue;
    }
    auto secret = read_secret_file(sources[i]->path, sources[i]->shown_path);
    if (secret) {
      *targets[i] = std::move(secret).value();
    } else {
      if (!unreadable.empty()) unreadable += "; ";
      unreadable += sources[i]->where + ": " + secret.error().message;
    }
  }
  if (!unreadable.empty()) return Error{std::move(unreadable)};
  return credentials;
}

std::vector<AccountSecrets> read_all_secrets(const Config& config) {
  std::vector<AccountSecrets> secrets;
  for (const AccountConfig& account : config.accounts) {
    secrets.push_back(read_account_secrets(account));
  }
  return secrets;
}

SecretWatch::SecretWatch(std::shared_ptr<const Config> config) : config_(std::move(config)) {
  for (const AccountConfig& account : config_->accounts) {
    for (const SecretSource* source : sources_of(account)) {
      if (!source->path.empty()) files_.watch(source->path);
    }
  }
}

std::vector<std::size_t> SecretWatch::take_changed() {
  const std::vector<std::string> changed = files_.take_changed();
  std::vector<std::size_t> accounts;
  if (changed.empty()) return accounts;
  for (std::size_t i = 0; i < config_->accounts.size(); ++i) {
    const auto sources = sources_of(config_->accounts[i]);
    const bool touched = std::any_of(sources.begin(), sources.end(), [&](const SecretSource* s) {
      return std::binary_search(changed.begin(), changed.end(), s->path);
    });
    if (touched) accounts.push_back(i);
  }
  return accounts;
}

}  // namespace cloud_billing
