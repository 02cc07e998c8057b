#include "polling/account_book.h"

#include <utility>

#include "accounts/account_identity.h"

namespace cloud_billing {

AccountState* AccountBook::find(std::size_t index) {
  return index < by_index_.size() ? by_index_[index] : nullptr;
}

AccountState* AccountBook::find(std::string_view name) {
  const auto found = by_name_.find(name);
  return found == by_name_.end() ? nullptr : found->second;
}

std::list<AccountState> AccountBook::take_up(PostedConfig posted, const ProviderTable& providers,
                                             SteadyTime now, const Edit& edit) {
  std::list<AccountState> before;
  before.swap(accounts_);
  by_index_.clear();
  by_name_.clear();
  std::unordered_map<std::string_view, std::list<AccountState>::iterator> known;
  for (auto account = before.begin(); account != before.end(); ++account) {
    known.emplace(account->account().name, account);
  }
  for (std::size_t i = 0; i < posted.config->accounts.size(); ++i) {
    const AccountConfig& wanted = posted.config->accounts[i];
    const auto same = known.find(wanted.name);
    if (same != known.end() &&
        AccountIdentity(same->second->account()) == AccountIdentity(wanted)) {
      const auto account = same->second;
      known.erase(same);  // its name is that of the configuration of before
      edit(*account, {i, posted.config, std::move(posted.secrets[i])});
      accounts_.splice(accounts_.end(), before, account);
    } else {
      accounts_.emplace_back(i, posted.config, providers.named(wanted.provider->name), now);
      accounts_.back().apply_secrets(std::move(posted.secrets[i]));
    }
    by_index_.push_back(&accounts_.back());
    by_name_.emplace(wanted.name, &accounts_.back());
  }
  return before;
}

std::size_t AccountBook::count_never_polled() const {
  std::size_t count = 0;
  for (const AccountState& account : accounts_) {
    for (const CollectorState& collector : account.collectors) {
      if (!collector.status.up) ++count;
    }
  }
  return count;
}

}  // namespace cloud_billing
