#pragma once

// Accounts as the tests of the status page's numbers and of its text need them, in views made by
// hand.

#include <gtest/gtest.h>

#include <chrono>
#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>

#include "tests/literals.h"
#include "tests/scene.h"

namespace cloud_billing {

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

class StatusScene : public Scene {
 public:
  // The account is in CNY and polled for its balance and bills, successfully a minute ago.
  std::pair<AccountConfig&, AccountView&> add(std::string name) {
    AccountView& view = Scene::add(account_named(std::move(name)));
    for (CollectorStatus& status : view.collectors) {
      status.up = true;
      status.last_success = kNoon - std::chrono::minutes(1);
      status.next_poll = kNoon + std::chrono::minutes(4);
    }
    return {accounts.back(), view};
  }

  [[nodiscard]] Snapshot input(UtcSeconds now = kNoon) const {
    Snapshot input = Scene::input(now);
    input.build.revision = "abcdef0";
    input.config_loaded_at = kNoon - std::chrono::hours(3);
    return input;
  }
};

}  // namespace cloud_billing
