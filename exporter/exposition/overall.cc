#include "exposition/overall.h"

namespace cloud_billing {

std::set<std::string, std::less<>> providers_of(const Config& config) {
  std::set<std::string, std::less<>> providers(config.other_shards.providers.begin(),
                                               config.other_shards.providers.end());
  for (const AccountConfig& account : config.accounts) {
    providers.emplace(account.provider->name);
  }
  return providers;
}

std::vector<TwiceShown> list_counted_twice(const std::vector<ShownAccount>& accounts) {
  std::vector<TwiceShown> shown;
  for (const CountedTwice& pair : find_shown_twice(accounts)) {
    const ShownAccount& reader = accounts[pair.reader];
    const AccountView& owner = *accounts[pair.owner].view;
    shown.push_back(
        {reader.labels, reader.view->config->name, owner.config->name, owner.results.account_id});
  }
  return shown;
}

}  // namespace cloud_billing
