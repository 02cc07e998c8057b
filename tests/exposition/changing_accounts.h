#pragma once

// Accounts that change at random, and the exposition that follows them, for tests.

#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <map>
#include <memory>
#include <random>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "exposition/incremental_exposition.h"
#include "tests/exposition/scene.h"
#include "tests/gunzip.h"

namespace cloud_billing {

// An exporter's accounts that change at random, and beside it the exposition that follows.
class ChangingAccounts {
 public:
  explicit ChangingAccounts(unsigned seed) : random_(seed) {
    for (int i = 0; i < 40; ++i) add_account();
    use_config();
  }

  // A change, which the exposition follows.
  void step() {
    static constexpr void (ChangingAccounts::*kChanges[])() = {
        &ChangingAccounts::poll,          &ChangingAccounts::poll,
        &ChangingAccounts::poll,          &ChangingAccounts::poll,
        &ChangingAccounts::wait,          &ChangingAccounts::wait_for_another_month,
        &ChangingAccounts::turn_back,     &ChangingAccounts::reload,
        &ChangingAccounts::refuse_reload, &ChangingAccounts::change_kept_text,
    };
    (this->*kChanges[one_of(std::size(kChanges))])();
    exposition_.update(program_, views_since(), now_);
    changed_.clear();
  }

  // Both ways of rendering give the same.
  void check() {
    Snapshot all;
    static_cast<Program&>(all) = program_;
    all.now = now_;
    for (const auto& view : views_) {
      if (view) all.accounts.push_back(view);
    }
    sort_accounts(all.accounts);
    const std::string expected = render_exposition(all);
    const Families families = exposition_.share();
    ASSERT_EQ(text_of(families), expected);
    std::string member = gzip_head();
    send_deflated(families, ExpositionFormat::kText, [&member](std::string_view piece) {
      member += piece;
      return true;
    });
    ASSERT_EQ(gunzip(member + gzip_end(checksum_of(families, ExpositionFormat::kText))), expected);
    ASSERT_EQ(exposition_.next_change(), next_change_after(all));
  }

 private:
  std::size_t one_of(std::size_t count) { return random_() % count; }
  bool by_chance(std::size_t of) { return one_of(of) == 0; }

  std::string any(std::string_view begin, std::size_t count) {
    return std::string(begin) + std::to_string(one_of(count));
  }

  void add_account() {
    AccountConfig account = account_named("account-" + std::to_string(added_++));
    if (by_chance(3)) account.provider = &kCloudInUtc;
    if (by_chance(3)) account.budget = amount(any("1", 5));
    if (by_chance(3)) account.labels = {{any("label", 2), any("value", 3)}};
    accounts_.insert(accounts_.begin() + static_cast<std::ptrdiff_t>(one_of(accounts_.size() + 1)),
                     std::move(account));
  }

  // The views of accounts that stay keep what they know.
  void use_config() {
    std::map<std::string, AccountView> known;
    for (const auto& view : views_) {
      if (view) known.emplace(view->config->name, *view);
    }
    auto config = std::make_shared<Config>();
    config->accounts = accounts_;
    config->aggregation = aggregation_;
    config->polling.balance.max_age = std::chrono::hours(1 + one_of(3));
    config->polling.bills.max_age = std::chrono::hours(24);
    program_.config = config;
    program_.last_reload_successful = true;
    program_.config_loaded_at = now_;
    views_.assign(accounts_.size(), nullptr);
    changed_.clear();
    for (std::size_t i = 0; i < accounts_.size(); ++i) {
      AccountView view;
      if (const auto found = known.find(accounts_[i].name); found != known.end()) {
        view = found->second;
      } else if (by_chance(2)) {
        continue;  // nothing is known of it yet
      }
      view.config = std::shared_ptr<const AccountConfig>(config, &config->accounts[i]);
      views_[i] = std::make_shared<const AccountView>(std::move(view));
      changed_.insert(i);
    }
    exposition_.show_config(config);
  }

  void reload() {
    if (by_chance(2)) add_account();
    if (by_chance(2) && accounts_.size() > 1) {
      accounts_.erase(accounts_.begin() + static_cast<std::ptrdiff_t>(one_of(accounts_.size())));
    }
    if (by_chance(3)) accounts_[one_of(accounts_.size())].name = "renamed-" + any("", 1000);
    if (by_chance(3)) accounts_[one_of(accounts_.size())].labels = {{any("label", 3), "x"}};
    if (by_chance(4)) aggregation_.measures = {Measure::kBilledCost};
    if (by_chance(4)) aggregation_.measures.push_back(Measure::kListCost);
    std::sort(aggregation_.measures.begin(), aggregation_.measures.end());
    const auto repeated = std::unique(aggregation_.measures.begin(), aggregation_.measures.end());
    aggregation_.measures.erase(repeated, aggregation_.measures.end());
    use_config();
  }

  void refuse_reload() { program_.last_reload_successful = false; }

  void change_kept_text() { exposition_.keep_text(by_chance(2)); }

  void wait() { now_ += std::chrono::minutes(1 + one_of(300)); }

  void wait_for_another_month() {
    const BillingZone zone = by_chance(2) ? kChinaTime : kUtc;
    if (by_chance(5)) now_ = zone.end_of(zone.month_at(now_)) + std::chrono::minutes(one_of(3));
  }

  void turn_back() {
    if (by_chance(5)) now_ -= std::chrono::minutes(1 + one_of(3000));
  }

  // Some accounts learn something.
  void poll() {
    for (std::size_t times = 1 + one_of(4); times > 0; --times) {
      const std::size_t account = one_of(views_.size());
      AccountView view;
      if (views_[account]) view = *views_[account];
      view.config = std::shared_ptr<const AccountConfig>(program_.config,
                                                         &program_.config->accounts[account]);
      learn(view);
      views_[account] = std::make_shared<const AccountView>(std::move(view));
      changed_.insert(account);
    }
  }

  void learn(AccountView& view) {
    AccountResults& results = view.results;
    const BillingMonth current = kChinaTime.month_at(now_);
    switch (one_of(14)) {
      case 0: {
        Balance balance;
        balance.currency = any("C", 2);
        if (!by_chance(3)) balance.available = amount(any("", 100));
        results.balance = read(balance, now_);
        break;
      }
      case 1:
      case 2: {
        MonthCosts costs = month_of(any("", 100));
        costs.account_ids = {any("id", 6)};
        if (by_chance(2)) costs.service_names[any("service", 3)] = any("name", 2);
        if (by_chance(2)) costs.sub_account_names[any("id", 3)] = any("name", 2);
        if (by_chance(2)) costs.region_ids["bj"] = any("region", 2);
        results.months[by_chance(2) ? current : current.previous()] = read(costs, now_);
        break;
      }
      case 3:
        results.months.erase(current.previous());
        break;
      case 4: {
        DayCosts day = day_before_noon();
        day.billed_costs.begin()->second = amount(any("", 9));
        results.days = read(KnownDays(day, now_), now_);
        break;
      }
      case 5:
        if (by_chance(2)) {
          results.orders = read(three_orders(), now_);
        } else {
          results.drop(Collector::kOrders);
        }
        break;
      case 7: {
        const BillingMonth closed = current.previous().previous();
        results.closed_months[closed] =
            read(ClosedMonth(ServiceCosts{{{{"CNY", any("s", 3), "prepaid"}, amount(any("", 9))}}}),
                 now_);
        break;
      }
      case 8: {
        EffectiveCosts costs{month_of(any("", 100))};
        if (by_chance(3)) costs.shares = MonthCosts();
        results.effective_months[by_chance(2) ? current : current.previous()] = read(costs, now_);
        break;
      }
      case 9: {
        Coupons coupons;
        coupons.balances["CNY"] = amount(any("", 9));
        if (by_chance(2)) coupons.first_expiry.add(now_);
        results.coupons = read(coupons, now_);
        break;
      }
      case 10: {
        Packages packages;
        packages.sums[{any("s", 3), "GB"}] = {amount("100"), amount(any("", 9))};
        if (by_chance(2)) packages.first_expiries[any("s", 3)].add(now_);
        results.packages = read(packages, now_);
        break;
      }
      case 11: {
        ProviderBudgets budgets;
        budgets.sums[{any("b", 3), "CNY"}] = {amount("100"), amount(any("", 9))};
        results.budgets = read(budgets, now_);
        break;
      }
      case 12: {
        Renewals renewals;
        renewals.add({any("s", 3), "bj", by_chance(2)}, now_ + std::chrono::hours(1), now_);
        if (by_chance(4)) renewals.add_undated({any("s", 3), "bj", by_chance(2)});
        results.renewals = read(renewals, now_);
        break;
      }
      case 6:
        results.account_id = by_chance(3) ? "" : any("id", 6);
        break;
      default: {
        CollectorStatus status{Collector::kBalance, by_chance(2), now_, 1};
        if (status.up == false) status.last_failure = PollFailure{Reason::kServer, "words", now_};
        status.next_poll = now_ + std::chrono::minutes(5);
        view.collectors = {status};
      }
    }
  }

  std::vector<NewView> views_since() const {
    std::vector<NewView> views;
    for (const std::size_t account : changed_) views.push_back({account, views_[account]});
    return views;
  }

  std::mt19937 random_;
  int added_ = 0;
  std::vector<AccountConfig> accounts_;
  AggregationConfig aggregation_;
  Program program_;
  UtcSeconds now_ = kNoon;
  std::vector<std::shared_ptr<const AccountView>> views_;
  std::set<std::size_t> changed_;
  IncrementalExposition exposition_{{}};
};

}  // namespace cloud_billing
