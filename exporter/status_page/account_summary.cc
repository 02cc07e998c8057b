#include "status_page/account_summary.h"

#include <algorithm>
#include <tuple>
#include <utility>

#include "status_page/account_search.h"
#include "status_page/double_counting.h"
#include "status_page/money_text.h"

namespace cloud_billing {
namespace {

// A collector without a success for so many of its intervals is late.
constexpr int kLateAfter = 3;

void sort_services(std::vector<ServiceCost>& services) {
  std::sort(services.begin(), services.end(), [](const ServiceCost& a, const ServiceCost& b) {
    if (a.cost != b.cost) return a.cost > b.cost;
    return std::tie(a.provider, a.service_type) < std::tie(b.provider, b.service_type);
  });
}

std::map<std::string, Sum> billed_by_currency(const MonthCosts* month) {
  std::map<std::string, Sum> billed;
  if (month == nullptr) return billed;
  for (const auto& [key, amounts] : month->totals) {
    billed[key.currency].add(amounts[index_of(Measure::kBilledCost)]);
  }
  return billed;
}

std::optional<Amount> find_sum(const std::map<std::string, Sum>& sums, const std::string& key) {
  const auto found = sums.find(key);
  return found == sums.end() ? std::nullopt : found->second.known();
}

std::vector<CurrencyCosts> list_costs(const AccountConfig& account, const MonthCosts* current,
                                      const MonthCosts* previous) {
  const auto billed = billed_by_currency(current);
  const auto billed_before = billed_by_currency(previous);
  std::vector<std::string> currencies{account.currency};
  for (const auto* sums : {&billed, &billed_before}) {
    for (const auto& [currency, sum] : *sums) {
      if (std::find(currencies.begin(), currencies.end(), currency) == currencies.end()) {
        currencies.push_back(currency);
      }
    }
  }
  std::vector<CurrencyCosts> costs;
  for (const std::string& currency : currencies) {
    costs.push_back({currency, find_sum(billed, currency), find_sum(billed_before, currency), {}});
    if (current == nullptr) continue;
    // A month that was read without a row in this currency cost nothing in it.
    if (!billed.contains(currency)) costs.back().current = Amount();
    for (const auto& [key, cost] : current->services) {
      if (key.currency != currency) continue;
      const auto name = current->service_names.find(key.service_type);
      costs.back().services.push_back({std::string(account.provider->name), key.service_type,
                                       name == current->service_names.end() ? "" : name->second,
                                       cost});
    }
    sort_services(costs.back().services);
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
      Amount& sum = unpaid.payable[currency];
      if (!sum.add(amount)) sum = amount;  // beyond any bill
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

const MonthCosts* find_month(const AccountResults& results, BillingMonth month) {
  const auto read = results.months.find(month);
  return read == results.months.end() ? nullptr : read->second.value.get();
}

AccountSummary summarise(const Snapshot& input, std::shared_ptr<const AccountView> view) {
  const AccountConfig& account = *view->config;
  const AccountResults fresh = view->results.fresh(input.now, input.config->polling.max_age_of());
  AccountSummary summary;
  if (fresh.balance) summary.balance = fresh.balance->value;
  summary.low_balance = summary.balance && is_low(*summary.balance, account);
  const BillingMonth month = BillingMonth::at(input.now);
  const MonthCosts* const current = find_month(fresh, month);
  summary.costs = list_costs(account, current, find_month(fresh, month.previous()));
  if (account.budget && summary.costs.front().current) {
    summary.budget_used = share_of(*summary.costs.front().current, *account.budget);
  }
  if (current != nullptr) summary.data_through = current->data_through;
  if (fresh.days) summary.days = fresh.days->value;
  summary.days_totals = compare_days(fresh);
  if (fresh.orders) summary.unpaid = list_unpaid(*fresh.orders->value);
  for (const CollectorStatus& status : view->collectors) {
    summary.collectors.push_back(summarise_collector(input, account, status));
  }
  summary.mismatches = find_currency_mismatches(account, fresh);
  summary.view = std::move(view);
  return summary;
}

struct TotalBuilder {
  CurrencyTotal total;
  std::map<std::pair<std::string, std::string>, ServiceCost> services;  // by provider and type

  void add(const AccountSummary& account, const CurrencyCosts& costs, BillingMonth month) {
    if (costs.previous && !account.counted_in.contains(month.previous())) {
      total.previous.add(*costs.previous);
    }
    const auto counted_in = account.counted_in.find(month);
    if (counted_in != account.counted_in.end()) {
      total.left_out.emplace_back(account.view->config->name, counted_in->second);
      return;
    }
    if (costs.current) total.current.add(*costs.current);
    for (const ServiceCost& service : costs.services) {
      const auto [known, is_new] =
          services.try_emplace({service.provider, service.service_type}, service);
      if (!is_new && !known->second.cost.add(service.cost)) total.current.fits = false;
    }
    const AccountConfig& config = *account.view->config;
    if (config.budget && config.currency == costs.currency) {
      total.budget.add(*config.budget);
      if (costs.current) total.budgeted.add(*costs.current);
    }
  }

  CurrencyTotal finish() && {
    for (auto& [key, service] : services) total.services.push_back(std::move(service));
    sort_services(total.services);
    const auto budget = total.budget.known();
    const auto budgeted = total.budgeted.known();
    if (budget && budgeted && total.budget.parts == total.budgeted.parts) {
      total.budget_used = share_of(*budgeted, *budget);
    }
    return std::move(total);
  }
};

std::vector<CurrencyTotal> add_up(const std::vector<AccountSummary>& accounts, BillingMonth month) {
  std::map<std::string, TotalBuilder> builders;
  for (const AccountSummary& account : accounts) {
    for (const CurrencyCosts& costs : account.costs) {
      builders[costs.currency].add(account, costs, month);
    }
    if (account.balance && account.balance->available && !account.balance_counted) {
      builders[account.balance->currency].total.available.add(*account.balance->available);
    }
  }
  std::vector<CurrencyTotal> totals;
  for (auto& [currency, builder] : builders) {
    builder.total.currency = currency;
    totals.push_back(std::move(builder).finish());
  }
  return totals;
}

bool shows_before(const AccountSummary& a, const AccountSummary& b) {
  const CurrencyCosts& costs = a.costs.front();
  const CurrencyCosts& others = b.costs.front();
  if (costs.currency != others.currency) return costs.currency < others.currency;
  if (costs.current != others.current) return costs.current > others.current;
  return a.view->config->name < b.view->config->name;
}

}  // namespace

bool AccountSummary::failing() const {
  return std::any_of(collectors.begin(), collectors.end(), [](const CollectorSummary& collector) {
    return collector.status.up == false;
  });
}

bool AccountSummary::waiting() const {
  return std::any_of(collectors.begin(), collectors.end(),
                     [](const CollectorSummary& collector) { return !collector.status.up; });
}

Overview summarise_accounts(const Snapshot& input, const AccountSearch& search) {
  const BillingMonth month = BillingMonth::at(input.now);
  Overview overview{input.now, month, 0, input.accounts.size(), false, {}, {}};
  overview.month_elapsed = std::chrono::duration<double>(input.now - month.start()) /
                           std::chrono::duration<double>(month.end() - month.start());
  const SearchWords words(search.words);
  for (const auto& view : input.accounts) {
    if (!search.account.empty() && view->config->name != search.account) continue;
    AccountSummary account = summarise(input, view);
    if (words.match(account)) overview.found.push_back(std::move(account));
  }
  overview.searched = !search.account.empty() || !words.empty();
  note_double_counting(input, overview.found, month);
  std::sort(overview.found.begin(), overview.found.end(), shows_before);
  overview.totals = add_up(overview.found, month);
  return overview;
}

}  // namespace cloud_billing
