#pragma once

// What an exporter knows, in views made by hand: one configuration with one view per account. Tests
// set the values that they are about, and get a snapshot of them at a time of their choice.

#include <chrono>
#include <cstddef>
#include <deque>
#include <memory>
#include <string>
#include <utility>

#include "exposition/exposition.h"

namespace cloud_billing {

// The facts of a cloud, as far as views need them.
inline const ProviderFacts kCloud = [] {
  ProviderFacts facts{.name = "baidu", .billing_zone = kChinaTime};
  facts.amortised_bill = "成本分摊";
  return facts;
}();

inline const ProviderFacts kCloudInUtc{.name = "overseas", .billing_zone = kUtc};

// 2026-11-23T04:00:00Z, noon in China.
inline constexpr UtcSeconds kNoon{std::chrono::seconds(1795406400)};
inline const BillingMonth kNovember = kChinaTime.month_at(kNoon);

// A value as it was read at that time.
template <typename T>
Read<T> read(T value, UtcSeconds at = kNoon) {
  return {std::make_shared<const T>(std::move(value)), at};
}

// An account of kCloud that is polled for its balance and its bills.
inline AccountConfig account_named(std::string name) {
  AccountConfig account;
  account.name = std::move(name);
  account.provider = &kCloud;
  account.collectors = {Collector::kBalance, Collector::kBills};
  return account;
}

class Scene {
 public:
  // No collector of the account has been polled yet.
  AccountView& add(AccountConfig account) {
    AccountView& view = views.emplace_back();
    for (const Collector collector : account.collectors) {
      view.collectors.push_back({collector, {}, {}, 0});
    }
    accounts.push_back(std::move(account));
    return view;
  }

  [[nodiscard]] Snapshot input(UtcSeconds now = kNoon) const {
    Snapshot input;
    input.now = now;
    input.build = {"1.2.3", "abc", "GCC"};
    input.config_loaded_at = kNoon;
    auto shared = std::make_shared<Config>(config);
    shared->accounts.assign(accounts.begin(), accounts.end());
    for (std::size_t i = 0; i < views.size(); ++i) {
      auto view = std::make_shared<AccountView>(views[i]);
      view->config = std::shared_ptr<const AccountConfig>(shared, &shared->accounts[i]);
      input.accounts.push_back(std::move(view));
    }
    input.config = std::move(shared);
    sort_accounts(input.accounts);
    return input;
  }

  Config config;  // but for its accounts
  // Adding more leaves references to them valid.
  std::deque<AccountConfig> accounts;
  std::deque<AccountView> views;
};

}  // namespace cloud_billing
