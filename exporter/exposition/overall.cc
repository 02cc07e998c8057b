#include "exposition/overall.h"

#include <algorithm>

namespace cloud_billing {

ProviderZones providers_of(const Config& config) {
  ProviderZones providers = config.other_shards.providers;
  for (const AccountConfig& account : config.accounts) {
    providers.emplace(account.provider->name, account.provider->billing_zone);
  }
  return providers;
}

UtcSeconds next_month_change(const ProviderZones& providers, UtcSeconds now) {
  UtcSeconds next = UtcSeconds::max();
  for (const auto& [name, zone] : providers) next = std::min(next, zone.end_of(zone.month_at(now)));
  return next;
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
