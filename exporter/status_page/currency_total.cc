#include "status_page/currency_total.h"

#include <algorithm>
#include <map>

#include "status_page/money_text.h"

namespace cloud_billing {
namespace {

using ServiceOfProvider = std::pair<std::string, std::string>;  // provider and service type

std::optional<double> share_of_budget(const Sum& budget, const Sum& part) {
  const auto whole = budget.known();
  const auto amount = part.known();
  if (!whole || !amount || budget.parts != part.parts) return std::nullopt;
  return share_of(*amount, *whole);
}

template <typename Value>
std::vector<Value> take_values(std::map<ServiceOfProvider, Value>& by_service) {
  std::vector<Value> values;
  for (auto& [key, value] : by_service) values.push_back(std::move(value));
  return values;
}

// Of the accounts that have something in a currency.
std::map<std::string, BillingMonth> find_latest_months(
    const std::vector<const AccountSummary*>& accounts) {
  std::map<std::string, BillingMonth> months;
  const auto note = [&months](const std::string& currency, BillingMonth month) {
    BillingMonth& latest = months.try_emplace(currency, month).first->second;
    latest = std::max(latest, month);
  };
  for (const AccountSummary* account : accounts) {
    for (const CurrencyCosts& costs : account->costs) note(costs.currency, account->month);
    if (account->balance != nullptr) note(account->balance->currency, account->month);
  }
  return months;
}

class TotalBuilder {
 public:
  TotalBuilder(std::string currency, BillingMonth month) {
    total_.currency = std::move(currency);
    total_.month = month;
  }

  void add(const AccountSummary& account, const CurrencyCosts& costs) {
    const std::string& name = account.config().name;
    const bool has_begun = account.month == total_.month;
    if (!account.counted_in.contains(total_.month.previous())) {
      total_.previous.add(has_begun ? costs.previous : costs.current, name);
    }
    if (!has_begun) return;
    const auto counted_in = account.counted_in.find(total_.month);
    if (counted_in != account.counted_in.end()) {
      total_.left_out.emplace_back(name, counted_in->second);
      return;
    }
    ++total_.accounts;
    total_.current.add(costs.current, name);
    add_services(costs.services);
    add_budget(account, costs);
    add_trend(name, costs.trend);
    if (account.day != nullptr) {
      total_.newest_day = std::max(total_.newest_day.value_or(account.day->day), account.day->day);
    }
    members_.emplace_back(&account, &costs.trend);
  }

  void add_balance(const AccountSummary& account) {
    total_.available.add(account.balance->available, account.config().name);
    if (!account.balance->available) return;
    const UtcSeconds read_at =
        account.balance->available_at.value_or(account.view->results.balance->at);
    total_.oldest_balance = std::min(total_.oldest_balance.value_or(read_at), read_at);
    total_.newest_balance = std::max(total_.newest_balance.value_or(read_at), read_at);
    const auto& runway = account.trend.runway;
    if (runway && (!total_.runway || runway->seconds < total_.runway->seconds)) {
      total_.runway = AccountRunway{account.config().name, runway->seconds};
    }
  }

  // One that is not asked for is not missing.
  void miss_balance(const AccountSummary& account) {
    if (!polls(account.config(), Collector::kBalance)) return;
    total_.available.missing.add(account.config().name);
  }

  CurrencyTotal finish() && {
    for (const auto& [account, trend] : members_) add_day(*account, *trend);
    total_.services = take_values(services_);
    sort_services(total_.services);
    total_.changes = take_values(changes_);
    sort_changes(total_.changes);
    total_.budget_used = share_of_budget(total_.budget, total_.budgeted);
    total_.budget_forecast = share_of_budget(total_.budget, total_.budgeted_forecast);
    if (before_.known() && after_.known()) {
      total_.month_change = change_between(before_.total, after_.total);
    }
    return std::move(total_);
  }

 private:
  void add_services(const std::vector<ServiceCost>& services) {
    for (const ServiceCost& service : services) {
      const auto [known, is_new] =
          services_.try_emplace({service.provider, service.service_type}, service);
      if (!is_new && !known->second.cost.add(service.cost)) total_.current.fits = false;
    }
  }

  void add_budget(const AccountSummary& account, const CurrencyCosts& costs) {
    const AccountConfig& config = account.config();
    if (!config.budget || config.currency != costs.currency || account.budget_mismatches()) return;
    total_.budget.add(*config.budget);
    if (costs.current) total_.budgeted.add(*costs.current);
    if (costs.trend.forecast) total_.budgeted_forecast.add(*costs.trend.forecast);
  }

  void add_trend(const std::string& account, const CurrencyTrend& trend) {
    total_.forecast.add(trend.forecast, account);
    if (!trend.month_change) {
      total_.not_compared.add(account);
      return;
    }
    before_.add(trend.month_change->before);
    after_.add(trend.month_change->after);
  }

  void add_day(const AccountSummary& account, const CurrencyTrend& trend) {
    const bool knows_it = account.day != nullptr && account.day->day == total_.newest_day;
    total_.day.add(knows_it ? trend.newest_day : std::nullopt, account.config().name);
    if (!knows_it || !trend.changes) return;
    for (const ServiceChange& change : *trend.changes) {
      const auto [known, is_new] =
          changes_.try_emplace({change.provider, change.service_type}, change);
      if (is_new) continue;
      ServiceChange& sum = known->second;
      const bool fits = sum.before.add(change.before) && sum.after.add(change.after) &&
                        sum.growth.add(change.growth);
      total_.day.fits = total_.day.fits && fits;
    }
  }

  CurrencyTotal total_;
  Sum before_;
  Sum after_;
  std::vector<std::pair<const AccountSummary*, const CurrencyTrend*>> members_;
  std::map<ServiceOfProvider, ServiceCost> services_;
  std::map<ServiceOfProvider, ServiceChange> changes_;
};

}  // namespace

std::vector<CurrencyTotal> add_up_accounts(const std::vector<const AccountSummary*>& accounts) {
  std::map<std::string, BillingMonth> months = find_latest_months(accounts);
  std::map<std::string, TotalBuilder> builders;
  const auto builder_of = [&](const std::string& currency) -> TotalBuilder& {
    return builders.try_emplace(currency, currency, months.at(currency)).first->second;
  };
  for (const AccountSummary* account : accounts) {
    const bool has_bills = polls(account->config(), Collector::kBills);
    for (const CurrencyCosts& costs : account->costs) {
      if (has_bills) builder_of(costs.currency).add(*account, costs);
      if (account->balance == nullptr) builder_of(costs.currency).miss_balance(*account);
    }
    if (account->balance != nullptr && !account->balance_counted) {
      builder_of(account->balance->currency).add_balance(*account);
    }
  }
  std::vector<CurrencyTotal> totals;
  for (auto& [currency, builder] : builders) totals.push_back(std::move(builder).finish());
  return totals;
}

}  // namespace cloud_billing
