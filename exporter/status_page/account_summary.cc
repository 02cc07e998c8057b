#include "status_page/account_summary.h"

#include <algorithm>
#include <iterator>
#include <set>
#include <tuple>
#include <utility>

#include "status_page/money_text.h"

namespace cloud_billing {
namespace {

// A collector without a success for so many of its intervals is late.
constexpr int kLateAfter = 3;

bool is_nothing(const MeasureAmounts& amounts) {
  return std::ranges::all_of(amounts, [](Amount amount) { return amount == Amount(); });
}

// In which something was billed, even if it came to nothing.
std::set<std::string> list_billed_currencies(const ShownAccount& account) {
  std::set<std::string> currencies;
  for (const ShownMonth& month : account.months) {
    for (const auto& [key, cost] : month.costs->services) currencies.insert(key.currency);
    for (const auto& [key, amounts] : month.costs->totals) {
      if (!is_nothing(amounts)) currencies.insert(key.currency);
    }
  }
  if (account.day != nullptr) {
    for (const auto& [key, cost] : account.day->billed_costs) currencies.insert(key.currency);
  }
  return currencies;
}

// The account's first if it is one of them; without any, it is the only one.
std::vector<std::string> order_currencies(const std::set<std::string>& billed,
                                          const std::string& of_account) {
  std::vector<std::string> currencies;
  if (billed.empty() || billed.contains(of_account)) currencies.push_back(of_account);
  std::ranges::copy_if(billed, std::back_inserter(currencies),
                       [&](const std::string& currency) { return currency != of_account; });
  return currencies;
}

// A month that was read without a row in this currency cost nothing in it.
std::optional<Amount> billed_cost(const MonthCosts* month, const std::string& currency) {
  if (month == nullptr) return std::nullopt;
  Amount sum;
  for (const auto& [key, amounts] : month->totals) {
    if (key.currency == currency && !sum.add(amounts[index_of(Measure::kBilledCost)])) {
      return std::nullopt;
    }
  }
  return sum;
}

std::vector<ServiceCost> list_services(const ShownAccount& account, const MonthCosts& month,
                                       const std::string& currency) {
  std::vector<ServiceCost> services;
  services.reserve(month.services.size());
  for (const auto& [key, cost] : month.services) {
    if (key.currency != currency) continue;
    services.push_back({std::string(account.view->config->provider->name), key.service_type,
                        find_service_name(account, key.service_type), cost});
  }
  sort_services(services);
  return services;
}

std::vector<CurrencyCosts> list_costs(const AccountSummary& account) {
  const MonthCosts* const current = find_month(account, account.month);
  const MonthCosts* const previous = find_month(account, account.month.previous());
  std::vector<CurrencyCosts> costs;
  std::map<std::string, std::optional<Amount>> costs_now;
  for (std::string& currency :
       order_currencies(list_billed_currencies(account), account.view->config->currency)) {
    const auto cost_now = billed_cost(current, currency);
    costs_now.emplace(currency, cost_now);
    auto services = current == nullptr ? std::vector<ServiceCost>()
                                       : list_services(account, *current, currency);
    const auto cost_before = billed_cost(previous, currency);
    costs.push_back({std::move(currency), cost_now, cost_before, std::move(services)});
  }
  auto trends = find_trends(account, costs_now);
  for (CurrencyCosts& in_currency : costs) {
    in_currency.trend = std::move(trends.at(in_currency.currency));
  }
  return costs;
}

UnpaidOrders list_unpaid(const Orders& orders) {
  UnpaidOrders unpaid;
  unpaid.oldest = orders.oldest_unpaid();
  for (const auto& [key, sums] : orders.groups()) {
    if (key.status != kUnpaidOrder) continue;
    unpaid.count += sums.count;
    for (const auto& [currency, amount] : sums.payable) {
      std::optional<Amount>& sum = unpaid.payable.try_emplace(currency, Amount()).first->second;
      if (sum && (!amount || !sum->add(*amount))) sum.reset();
    }
  }
  return unpaid;
}

CollectorSummary summarise_collector(const Snapshot& input, const AccountConfig& account,
                                     const CollectorStatus& status) {
  CollectorSummary summary{status, false, false};
  if (!status.last_success) return summary;
  const auto interval = interval_of(*input.config, account, status.collector);
  summary.late = input.now - *status.last_success > kLateAfter * interval;
  summary.withdrawn = !is_fresh(*status.last_success,
                                input.config->polling.of(status.collector).max_age, input.now);
  return summary;
}

bool is_low(const Balance& balance, const AccountConfig& account) {
  if (!balance.available) return false;
  if (*balance.available < Amount()) return true;
  return account.low_balance && balance.currency == account.currency &&
         *balance.available < *account.low_balance;
}

void measure_budget(AccountSummary& summary) {
  const auto& budget = summary.config().budget;
  const CurrencyCosts* const costs = summary.find_costs(summary.config().currency);
  if (!budget || costs == nullptr || summary.budget_mismatches()) return;
  if (costs->current) summary.budget_used = share_of(*costs->current, *budget);
  if (costs->trend.forecast) summary.budget_forecast = share_of(*costs->trend.forecast, *budget);
}

}  // namespace

void sort_services(std::vector<ServiceCost>& services) {
  std::ranges::sort(services, [](const ServiceCost& a, const ServiceCost& b) {
    if (a.cost != b.cost) return a.cost > b.cost;
    return std::tie(a.provider, a.service_type) < std::tie(b.provider, b.service_type);
  });
}

const CurrencyCosts* AccountSummary::find_costs(const std::string& currency) const {
  const auto found = std::ranges::find(costs, currency, &CurrencyCosts::currency);
  return found == costs.end() ? nullptr : &*found;
}

const CurrencyCosts& AccountSummary::main_costs() const {
  const auto found = std::ranges::find_if(costs, [](const CurrencyCosts& in_currency) {
    return in_currency.current.value_or(Amount()) != Amount();
  });
  return found == costs.end() ? costs.front() : *found;
}

bool AccountSummary::budget_mismatches() const {
  return std::ranges::find(mismatches, "budget", &CurrencyMismatch::key) != mismatches.end();
}

bool AccountSummary::failing() const {
  return std::ranges::any_of(
      collectors, [](const CollectorSummary& collector) { return collector.status.up == false; });
}

bool AccountSummary::waiting() const {
  return std::ranges::any_of(
      collectors, [](const CollectorSummary& collector) { return !collector.status.up; });
}

AccountSummary summarise_account(const Snapshot& input,
                                 const std::shared_ptr<const AccountView>& view) {
  const AccountConfig& account = *view->config;
  const MaxAgeOf max_age_of = input.config->polling.max_age_of();
  const BillingZone zone = account.provider->billing_zone;
  AccountSummary summary;
  static_cast<ShownAccount&>(summary) = select_shown(view, {}, input.now, max_age_of);
  summary.month = zone.month_at(input.now);
  const AccountResults fresh = view->results.fresh(input.now, max_age_of);
  summary.days_totals = compare_days(fresh, zone);
  summary.mismatches = find_currency_mismatches(account, fresh);
  summary.low_balance = summary.balance != nullptr && is_low(*summary.balance, account);
  summary.costs = list_costs(summary);
  measure_budget(summary);
  if (const MonthCosts* current = find_month(summary, summary.month)) {
    summary.data_through = current->data_through;
  }
  if (summary.days != nullptr) summary.missing_days = missing_days(*summary.days, input.now, zone);
  if (summary.orders != nullptr) summary.unpaid = list_unpaid(*summary.orders);
  for (const CollectorStatus& status : view->collectors) {
    summary.collectors.push_back(summarise_collector(input, account, status));
  }
  return summary;
}

}  // namespace cloud_billing
