#pragma once

// Accounts as the tests of the status page's numbers and of its text need them, in views made by
// hand.

#include <gtest/gtest.h>

#include <chrono>
#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "status_page/account_summary.h"
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

inline const BillingMonth kOctober = kNovember.previous();

inline std::vector<std::string> codes(const std::vector<ServiceCost>& services) {
  std::vector<std::string> codes;
  for (const ServiceCost& service : services) codes.push_back(service.service_type);
  return codes;
}

// The newest complete day at kNoon.
inline constexpr BillingDay kYesterday{std::chrono::year(2026), std::chrono::November,
                                       std::chrono::day(22)};

// As many days up to kYesterday, each with these costs, postpaid.
inline KnownDays days_of(int count,
                         std::initializer_list<std::pair<std::string_view, std::string_view>> costs,
                         const std::string& currency = "CNY") {
  DayCosts day;
  for (const auto& [service, cost] : costs) {
    day.billed_costs[{currency, std::string(service), "postpaid"}] = amount(cost);
  }
  day.day = kYesterday;
  KnownDays days(day, kNoon);
  for (int back = 1; back < count; ++back) {
    day.day = days_before(kYesterday, back);
    days.add_earlier(day, kNoon);
  }
  return days;
}

// What can be spent; all of it cash.
inline Balance balance_of(std::string_view available, std::string currency = "CNY") {
  Balance balance;
  balance.currency = std::move(currency);
  balance.available = balance.cash = amount(available);
  return balance;
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
