#pragma once

// Records of any content, for tests.

#include <chrono>
#include <cstddef>
#include <map>
#include <memory>
#include <optional>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include "accounts/account_record.h"

namespace cloud_billing {

// Odd names, any amount, anything missing.
class AnyRecord {
 public:
  explicit AnyRecord(unsigned seed) : random_(seed) {}

  AccountRecord make() {
    AccountRecord record;
    record.account = text();
    record.identity = text();
    record.grouping = text();
    record.orders_window = std::chrono::seconds(number(10000000));
    record.results.account_id = text();
    for (const Collector collector : kAllCollectors) {
      if (number(3) != 0) record.collectors.push_back(make_collector(collector));
    }
    if (number(3) != 0) record.results.balance = read(make_balance());
    for (int i = 0; i < number(3); ++i) {
      const int months = number(400);
      record.results.months.insert_or_assign(
          BillingMonth(std::chrono::year(2000) / std::chrono::January +
                       std::chrono::months(months)),
          read(make_month()));
    }
    if (number(3) != 0) record.results.days = read(make_days());
    if (number(3) != 0) record.results.orders = read(make_orders());
    for (int i = 0; i < number(3); ++i) {
      record.results.closed_months.insert_or_assign(
          BillingMonth(std::chrono::year(2000) / std::chrono::January +
                       std::chrono::months(number(400))),
          read(ClosedMonth(ServiceCosts{make_days().newest().billed_costs, text()})));
    }
    for (int i = 0; i < number(3); ++i) {
      record.results.effective_months.insert_or_assign(
          BillingMonth(std::chrono::year(2000) / std::chrono::January +
                       std::chrono::months(number(400))),
          read(EffectiveCosts{make_month()}));
    }
    if (number(3) != 0) record.results.coupons = read(make_coupons());
    if (number(3) != 0) record.results.packages = read(make_packages());
    if (number(3) != 0) record.results.budgets = read(make_budgets());
    if (number(3) != 0) record.results.sub_account_cash = read(make_sub_account_cash());
    if (number(3) != 0) record.results.renewals = read(make_renewals());
    return record;
  }

 private:
  int number(int below) { return std::uniform_int_distribution(0, below - 1)(random_); }

  std::string text() {
    static const std::vector<std::string> parts{"a",    "生产", "\"", "\\", "\n",
                                                "\x01", "é",    "/",  "😀"};
    std::string made;
    for (int i = number(5); i > 0; --i) {
      made += parts[static_cast<std::size_t>(number(static_cast<int>(parts.size())))];
    }
    return made;
  }

  Amount amount() {
    std::string digits = number(2) == 0 ? "-" : "";
    for (int i = number(20); i >= 0; --i) digits += std::to_string(number(10));
    digits += '.';
    for (int i = number(18); i >= 0; --i) digits += std::to_string(number(10));
    return Amount::parse(digits).value();
  }

  std::optional<Amount> maybe_amount() {
    return number(2) == 0 ? std::nullopt : std::optional(amount());
  }
  UtcSeconds time() { return UtcSeconds(std::chrono::seconds(1700000000 + number(100000000))); }
  std::optional<UtcSeconds> maybe_time() {
    return number(2) == 0 ? std::nullopt : std::optional(time());
  }

  MeasureAmounts amounts() {
    MeasureAmounts made{};
    for (Amount& one : made) {
      if (number(3) != 0) one = amount();
    }
    return made;
  }

  template <typename T>
  Read<T> read(T value) {
    return {std::make_shared<const T>(std::move(value)), time()};
  }

  Reason reason() { return kAllReasons[static_cast<std::size_t>(number(kAllReasons.size()))]; }

  CollectorRecord make_collector(Collector collector) {
    CollectorRecord made;
    made.status.collector = collector;
    if (number(3) != 0) made.status.up = number(2) == 0;
    made.status.last_success = maybe_time();
    made.status.duration_seconds = std::uniform_real_distribution<double>(0, 100)(random_);
    made.started = maybe_time();
    made.due = time();
    made.failures_in_a_row = number(100);
    if (number(2) == 0) {
      made.failed_for = reason();
    }
    if (number(2) == 0) made.status.last_failure = PollFailure{reason(), text(), time()};
    made.not_before = maybe_time();
    return made;
  }

  Balance make_balance() {
    return {text(),         maybe_amount(), amount(), maybe_amount(),
            maybe_amount(), maybe_amount(), text(),   maybe_time()};
  }

  GroupLines make_groups() {
    GroupLines made;
    for (int i = number(5); i > 0; --i)
      made.lines.push_back({join_cost_key({text(), text()}), amounts()});
    made.folded_groups = static_cast<std::size_t>(number(1000));
    return made;
  }

  MonthCosts make_month() {
    MonthCosts made;
    made.rows = static_cast<std::size_t>(number(1000000));
    if (number(2) == 0) made.lacked.set(index_of(Measure::kPaidAmount));
    if (number(2) == 0) made.lacked.set(index_of(Measure::kUnpaidAmount));
    for (int i = number(4); i > 0; --i) made.totals[{text(), text()}] = amounts();
    for (int i = number(4); i > 0; --i) made.services[{text(), text()}] = amount();
    made.grouped = number(2) == 0;
    made.groups = make_groups();
    for (int i = number(3); i > 0; --i) made.tag_groups.push_back(make_groups());
    for (int i = number(3); i > 0; --i) made.service_names[text()] = text();
    for (int i = number(3); i > 0; --i) made.sub_account_names[text()] = text();
    for (int i = number(3); i > 0; --i) made.region_ids[text()] = text();
    for (int i = number(3); i > 0; --i) made.prepaid_services.insert(text());
    for (int i = number(3); i > 0; --i) {
      made.provider_totals.push_back({text(), amount(), amount()});
    }
    made.data_through = maybe_time();
    made.account_id = text();
    for (int i = number(3); i > 0; --i) made.account_ids.insert(text());
    return made;
  }

  DayCosts make_day() {
    DayCosts made;
    made.day = kChinaTime.day_at(time());
    for (int i = number(4); i > 0; --i) made.billed_costs[{text(), text(), text()}] = amount();
    return made;
  }

  KnownDays make_days() {
    KnownDays made(make_day(), time());
    for (int i = number(4); i > 0; --i) {
      DayCosts earlier = make_day();
      earlier.day = days_before(made.newest().day, number(59));
      made.add_earlier(std::move(earlier), time());
    }
    return made;
  }

  FirstExpiry make_first_expiry() {
    return {number(3) != 0 ? std::optional(time()) : std::nullopt,
            static_cast<std::size_t>(number(3))};
  }

  Coupons make_coupons() {
    Coupons coupons{static_cast<std::size_t>(number(1000)), {}, make_first_expiry()};
    for (int i = number(3); i > 0; --i) coupons.balances[text()] = amount();
    return coupons;
  }

  Packages make_packages() {
    Packages packages;
    packages.count = static_cast<std::size_t>(number(1000));
    for (int i = number(3); i > 0; --i) {
      packages.sums[{text(), text()}] = {amount(), amount(), number(2) != 0};
      packages.first_expiries[text()] = make_first_expiry();
    }
    return packages;
  }

  ProviderBudgets make_budgets() {
    ProviderBudgets budgets;
    budgets.count = static_cast<std::size_t>(number(1000));
    for (int i = number(3); i > 0; --i) {
      ProviderBudgetSums& sums = budgets.sums[{text(), text()}] = {};
      sums.knows_budget = number(2) != 0;
      sums.knows_used = number(2) != 0;
      if (sums.knows_budget) sums.budget = amount();
      if (sums.knows_used) sums.used = amount();
    }
    return budgets;
  }

  Renewals make_renewals() {
    Renewals renewals;
    for (int i = number(3); i > 0; --i) renewals.configured_services.push_back(text());
    for (int i = number(4); i > 0; --i) {
      ExpiringResources& group = renewals.resources[{text(), text(), number(2) != 0}];
      for (std::size_t& count : group.within) count = static_cast<std::size_t>(number(1000));
      group.first_expiry = make_first_expiry();
    }
    return renewals;
  }

  SubAccountCash make_sub_account_cash() {
    SubAccountCash cash{text(), {}};
    for (int i = number(4); i > 0; --i) cash.balances.insert_or_assign(text(), amount());
    return cash;
  }

  Orders make_orders() {
    std::map<OrderKey, OrderSums> groups;
    for (int i = number(4); i > 0; --i) {
      OrderSums& sums = groups[{text(), text(), text()}];
      sums.count = static_cast<std::size_t>(number(1000));
      for (int j = number(3); j > 0; --j) sums.payable[text()] = maybe_amount();
    }
    return {std::move(groups), maybe_time()};
  }

  std::mt19937 random_;
};

}  // namespace cloud_billing
