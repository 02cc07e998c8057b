#include "status_page/day_columns.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>

namespace cloud_billing {
namespace {

constexpr std::size_t kMostServices = 5;
// The newest complete day of a currency may be some days before that of another.
constexpr std::size_t kDays = kTrendDays + 7;

using DayAmounts = std::array<Amount, kDays>;

// What one currency's days add up to.
struct DaySums {
  std::array<CostColumn, kDays> columns{};
  std::array<bool, kDays> too_large{};
  // By provider and service; an empty one: not told by service.
  std::map<std::pair<std::string_view, std::string_view>, DayAmounts> services;
};

class DaySummer {
 public:
  explicit DaySummer(BillingDay newest) : first_(days_before(newest, kDays - 1)) {
    for (int back = kDays - 1; back >= 0; --back) {
      months_.push_back(BillingMonth::of(days_before(newest, back)));
    }
  }

  void add(const SummedAccount& summed) {
    const std::set<std::string_view> currencies = currencies_of(*summed.account);
    std::array<bool, kDays> counts{};
    for (std::size_t place = 0; place < kDays; ++place) {
      counts[place] = summed.counts(months_[place]);
    }
    for (const std::string_view currency : currencies) {
      count(*summed.account, counts, sums_[currency].columns);
    }
    if (summed.account->days) add_costs(*summed.account, counts);
  }

  void finish(SeriesByCurrency& series) {
    for (auto& [currency, sums] : sums_) {
      const Window window = window_of(sums);
      if (window.end > 0) fill(series[std::string(currency)], sums, window);
    }
  }

 private:
  struct Window {
    std::size_t begin = 0;
    std::size_t end = 0;
  };

  // The days up to the newest that is known; none if none is.
  [[nodiscard]] static Window window_of(const DaySums& sums) {
    std::size_t end = kDays;
    while (end > 0 && sums.columns[end - 1].known == 0) --end;
    return {end - std::min<std::size_t>(end, kTrendDays), end};
  }

  [[nodiscard]] static std::set<std::string_view> currencies_of(const AccountSummary& account) {
    std::set<std::string_view> currencies;
    for (const CurrencyCosts& costs : account.costs) currencies.insert(costs.currency);
    if (account.days) {
      for (const DayCostKey& key : account.days->keys()) currencies.insert(key.currency);
    }
    return currencies;
  }

  // Days out of the window: nothing.
  [[nodiscard]] std::optional<std::size_t> place_of(BillingDay day) const {
    const auto apart = std::chrono::sys_days(day) - std::chrono::sys_days(first_);
    if (apart.count() < 0 || apart.count() >= static_cast<int>(kDays)) return std::nullopt;
    return static_cast<std::size_t>(apart.count());
  }

  void count(const AccountSummary& account, const std::array<bool, kDays>& counts,
             std::array<CostColumn, kDays>& columns) const {
    for (std::size_t place = 0; place < kDays; ++place) {
      if (counts[place]) ++columns[place].accounts;
    }
    if (!account.days) return;
    for (const BillingDay day : account.days->days()) {
      const auto place = place_of(day);
      if (place && counts[*place]) ++columns[*place].known;
    }
  }

  void add_costs(const AccountSummary& account, const std::array<bool, kDays>& counts) {
    const std::string_view provider = account.view->config->provider->name;
    struct Sums {
      DaySums* currency;
      DayAmounts* service;
    };
    std::vector<Sums> sums_of_key;
    for (const DayCostKey& key : account.days->keys()) {
      DaySums& sums = sums_[key.currency];
      sums_of_key.push_back({&sums, &sums.services[{provider, key.service_type}]});
    }
    account.days->visit_costs([&](BillingDay day, std::size_t key, Amount amount) {
      const auto place = place_of(day);
      if (!place || !counts[*place]) return;
      if (!(*sums_of_key[key].service)[*place].add(amount)) {
        sums_of_key[key].currency->too_large[*place] = true;
      }
    });
  }

  // The most expensive services; none that cost nothing.
  [[nodiscard]] static std::vector<ServiceCost> rank(const DaySums& sums, Window window) {
    std::vector<ServiceCost> services;
    for (const auto& [key, amounts] : sums.services) {
      if (key.second.empty()) continue;
      ServiceCost service{std::string(key.first), std::string(key.second), "", {}};
      for (std::size_t place = window.begin; place < window.end; ++place) {
        // A sum that does not fit is of a day that does not either, and nothing of it is drawn.
        if (!service.cost.add(amounts[place])) break;
      }
      services.push_back(std::move(service));
    }
    std::erase_if(services, [](const ServiceCost& service) { return service.cost <= Amount(); });
    std::ranges::stable_sort(services, std::ranges::greater(), &ServiceCost::cost);
    services.resize(std::min(services.size(), kMostServices));
    return services;
  }

  void fill(CostSeries& series, DaySums& sums, Window window) const {
    series.first_day =
        std::chrono::sys_days(first_) + std::chrono::days(static_cast<int>(window.begin));
    series.services = rank(sums, window);
    const std::size_t others = series.services.size();
    for (CostColumn& column : sums.columns) column.parts.resize(others + 2);
    for (const auto& sum : sums.services) {
      const auto& [key, amounts] = sum;
      const auto ranked =
          std::ranges::find_if(series.services, [&key = sum.first](const ServiceCost& service) {
            return service.provider == key.first && service.service_type == key.second;
          });
      const std::size_t part = key.second.empty()
                                   ? others + 1
                                   : static_cast<std::size_t>(ranked - series.services.begin());
      for (std::size_t place = window.begin; place < window.end; ++place) {
        if (!sums.columns[place].parts[part].add(amounts[place])) sums.too_large[place] = true;
      }
    }
    for (std::size_t place = window.begin; place < window.end; ++place) {
      series.days.push_back(add_up(std::move(sums.columns[place]), sums.too_large[place]));
    }
  }

  [[nodiscard]] static CostColumn add_up(CostColumn column, bool too_large) {
    Amount sum;
    for (const Amount part : column.parts) too_large = !sum.add(part) || too_large;
    if (column.known > 0 && !too_large) {
      column.cost = sum;
    } else {
      column.parts.clear();
    }
    return column;
  }

  BillingDay first_;
  std::vector<BillingMonth> months_;  // of the days
  std::map<std::string_view, DaySums> sums_;
};

std::optional<BillingDay> find_newest_day(const std::vector<SummedAccount>& accounts) {
  std::optional<BillingDay> newest;
  for (const SummedAccount& summed : accounts) {
    if (!summed.account->days) continue;
    const BillingDay day = summed.account->days->newest().day;
    newest = std::max(newest.value_or(day), day);
  }
  return newest;
}

// As any of the months has it; empty: none does.
std::string find_name(const std::vector<SummedAccount>& accounts, const ServiceCost& service) {
  for (const SummedAccount& summed : accounts) {
    const AccountView& view = *summed.account->view;
    if (view.config->provider->name != service.provider) continue;
    for (const auto& [month, read] : view.results.months) {
      const auto name = read.value->service_names.find(service.service_type);
      if (name != read.value->service_names.end()) return name->second;
    }
  }
  return "";
}

}  // namespace

void list_days(const std::vector<SummedAccount>& accounts, SeriesByCurrency& series) {
  const auto newest = find_newest_day(accounts);
  if (!newest) return;
  DaySummer days(*newest);
  for (const SummedAccount& account : accounts) days.add(account);
  days.finish(series);
  for (auto& [currency, of_currency] : series) {
    for (ServiceCost& service : of_currency.services) {
      service.name = find_name(accounts, service);
    }
  }
}

}  // namespace cloud_billing
