#pragma once

// Accounts as the tests of the status page's numbers and of its text need them, in views made by
// hand.

#include <gtest/gtest.h>

#include <chrono>
#include <initializer_list>
#include <list>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

#include "exposition/exposition.h"

namespace cloud_billing {

inline const ProviderFacts kCloud{"baidu", "https://billing.baidubce.com", 10, 20, {}, {}, {}};

// 2026-11-23T04:00:00Z, noon in China.
inline constexpr UtcSeconds kNoon{std::chrono::seconds(1795406400)};
inline const BillingMonth kNovember = BillingMonth::at(kNoon);

inline Amount amount(std::string_view text) { return Amount::parse(text).value(); }

template <typename T>
Read<T> read(T value, UtcSeconds at) {
  return {std::make_shared<const T>(std::move(value)), at};
}

// A month of postpaid costs by service, in one currency.
inline MonthCosts month_of(
    std::initializer_list<std::pair<std::string_view, std::string_view>> services,
    const std::string& currency = "CNY") {
  MonthCosts month;
  MeasureAmounts& total = month.totals[{currency, "postpaid"}];
  month.totals[{currency, "prepaid"}];
  for (const auto& [service, cost] : services) {
    month.services[{currency, std::string(service)}] = amount(cost);
    EXPECT_TRUE(total[index_of(Measure::kBilledCost)].add(amount(cost)));
  }
  return month;
}

class StatusScene {
 public:
  // The account is in CNY and polled for its balance and bills, successfully a minute ago.
  std::pair<AccountConfig&, AccountView&> add(std::string name) {
    AccountConfig& account = accounts_.emplace_back();
    account.name = std::move(name);
    account.provider = &kCloud;
    account.collectors = {Collector::kBalance, Collector::kBills};
    AccountView& view = views_.emplace_back();
    for (const Collector collector : account.collectors) {
      CollectorStatus& status = view.collectors.emplace_back();
      status.collector = collector;
      status.up = true;
      status.last_success = kNoon - std::chrono::minutes(1);
      status.next_poll = kNoon + std::chrono::minutes(4);
    }
    return {account, view};
  }

  [[nodiscard]] Snapshot input(UtcSeconds now = kNoon) const {
    Snapshot input;
    input.now = now;
    input.build = {"1.2.3", "abcdef0", "GCC"};
    input.config_loaded_at = kNoon - std::chrono::hours(3);
    auto shared = std::make_shared<Config>(config);
    shared->accounts.assign(accounts_.begin(), accounts_.end());
    std::size_t index = 0;
    for (const AccountView& made : views_) {
      auto view = std::make_shared<AccountView>(made);
      view->config = std::shared_ptr<const AccountConfig>(shared, &shared->accounts[index++]);
      input.accounts.push_back(std::move(view));
    }
    input.config = std::move(shared);
    sort_accounts(input.accounts);
    return input;
  }

  Config config;  // but for its accounts

 private:
  std::list<AccountConfig> accounts_;  // references to them are given out
  std::list<AccountView> views_;
};

}  // namespace cloud_billing
