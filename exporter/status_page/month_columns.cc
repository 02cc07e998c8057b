#include "status_page/month_columns.h"

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>

#include "status_page/currency_total.h"

namespace cloud_billing {
namespace {

constexpr int kMostClosedMonths = 12;

// What an account cost in a month, in one currency.
struct MonthCost {
  bool is_read = false;
  std::optional<Amount> cost;  // nothing if it is too large, or not read
};

// A month that was read without a currency cost nothing in it.
constexpr MonthCost kNothingBilled{true, Amount()};

MonthCost closed_cost(const AccountSummary& account, BillingMonth month,
                      std::string_view currency) {
  const auto& closed = account.view->results.closed_months;
  const auto read = closed.find(month);
  if (read == closed.end()) return {};
  for (const CurrencySum& sum : read->second.value->sums()) {
    if (sum.currency == currency) return {true, sum.billed_cost};
  }
  return kNothingBilled;
}

MonthCost open_cost(const AccountSummary& account, std::optional<Amount> CurrencyCosts::*cost,
                    std::string_view currency) {
  MonthCost found;
  for (const CurrencyCosts& costs : account.costs) {
    if (!(costs.*cost)) continue;
    if (costs.currency == currency) return {true, costs.*cost};
    found = kNothingBilled;
  }
  return found;
}

class MonthSummer {
 public:
  MonthSummer(BillingMonth first, BillingMonth current) {
    for (BillingMonth month = first; month <= current; month = month.next()) {
      months_.push_back(month);
    }
  }

  void add(const SummedAccount& summed) {
    for (const std::string_view currency : list_currencies(*summed.account)) {
      std::vector<Column>& columns = sums_[currency];
      columns.resize(months_.size());
      for (std::size_t place = 0; place < months_.size(); ++place) {
        if (!summed.counts(months_[place])) continue;
        columns[place].add(cost_of(*summed.account, months_[place], currency));
      }
    }
  }

  void finish(SeriesByCurrency& series) const {
    for (const auto& [currency, columns] : sums_) {
      CostSeries& of_currency = series[std::string(currency)];
      of_currency.first_month = months_.front();
      for (const Column& column : columns) {
        of_currency.months.push_back({column.sum.known(), {}, column.sum.parts, column.accounts});
      }
      // None at all, if all are of accounts whose bills others hold.
      while (!of_currency.months.empty() && of_currency.months.back().accounts == 0) {
        of_currency.months.pop_back();
      }
    }
  }

 private:
  struct Column {
    Sum sum;
    std::size_t accounts = 0;

    void add(const MonthCost& month) {
      ++accounts;
      if (!month.is_read) return;
      sum.fits = sum.fits && month.cost;
      sum.add(month.cost.value_or(Amount()));
    }
  };

  // In which it cost something in one of the months.
  [[nodiscard]] std::set<std::string_view> list_currencies(const AccountSummary& account) const {
    std::set<std::string_view> currencies;
    for (const CurrencyCosts& costs : account.costs) currencies.insert(costs.currency);
    const auto& closed = account.view->results.closed_months;
    for (auto read = closed.lower_bound(months_.front());
         read != closed.end() && read->first < account.month.previous(); ++read) {
      for (const CurrencySum& sum : read->second.value->sums()) currencies.insert(sum.currency);
    }
    return currencies;
  }

  [[nodiscard]] static MonthCost cost_of(const AccountSummary& account, BillingMonth month,
                                         std::string_view currency) {
    if (month == account.month) return open_cost(account, &CurrencyCosts::current, currency);
    if (month == account.month.previous()) {
      return open_cost(account, &CurrencyCosts::previous, currency);
    }
    return closed_cost(account, month, currency);
  }

  std::vector<BillingMonth> months_;
  std::map<std::string_view, std::vector<Column>> sums_;
};

// Of those that are drawn.
std::optional<BillingMonth> find_first_closed(const std::vector<SummedAccount>& accounts,
                                              BillingMonth current) {
  BillingMonth earliest = current.previous();
  for (int i = 0; i < kMostClosedMonths; ++i) earliest = earliest.previous();
  std::optional<BillingMonth> first;
  for (const SummedAccount& summed : accounts) {
    const auto& closed = summed.account->view->results.closed_months;
    const auto read = closed.lower_bound(earliest);
    if (read == closed.end() || read->first >= current.previous()) continue;
    first = std::min(first.value_or(read->first), read->first);
  }
  return first;
}

}  // namespace

void list_months(const std::vector<SummedAccount>& accounts, BillingMonth current,
                 SeriesByCurrency& series) {
  const auto first = find_first_closed(accounts, current);
  if (!first) return;
  MonthSummer months(*first, current);
  for (const SummedAccount& account : accounts) months.add(account);
  months.finish(series);
}

}  // namespace cloud_billing
