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

// What the account cost in the month, by currency; nothing if it is not known.
using MonthAmounts = std::optional<std::map<std::string_view, Sum>>;

MonthAmounts closed_amounts(const AccountSummary& account, BillingMonth month) {
  const auto& closed = account.view->results.closed_months;
  const auto read = closed.find(month);
  if (read == closed.end()) return std::nullopt;
  std::map<std::string_view, Sum> amounts;
  for (const auto& [key, cost] : read->second.value->billed_costs) amounts[key.currency].add(cost);
  return amounts;
}

MonthAmounts open_amounts(const AccountSummary& account,
                          std::optional<Amount> CurrencyCosts::*cost) {
  std::map<std::string_view, Sum> amounts;
  for (const CurrencyCosts& costs : account.costs) {
    if (costs.*cost) amounts[costs.currency].add(*(costs.*cost));
  }
  if (amounts.empty()) return std::nullopt;
  return amounts;
}

class MonthSummer {
 public:
  MonthSummer(BillingMonth first, BillingMonth current) : current_(current) {
    for (BillingMonth month = first; month <= current; month = month.next()) {
      months_.push_back(month);
    }
  }

  void add(const SummedAccount& summed) {
    std::vector<MonthAmounts> amounts;
    std::set<std::string_view> currencies;
    for (const CurrencyCosts& costs : summed.account->costs) currencies.insert(costs.currency);
    for (const BillingMonth month : months_) {
      amounts.push_back(amounts_of(*summed.account, month));
      if (!amounts.back()) continue;
      for (const auto& [currency, sum] : *amounts.back()) currencies.insert(currency);
    }
    for (const std::string_view currency : currencies) {
      std::vector<Column>& columns = sums_[currency];
      columns.resize(months_.size());
      for (std::size_t place = 0; place < months_.size(); ++place) {
        if (summed.counts(months_[place])) columns[place].add(amounts[place], currency);
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
    }
  }

 private:
  struct Column {
    Sum sum;
    std::size_t accounts = 0;

    void add(const MonthAmounts& amounts, std::string_view currency) {
      ++accounts;
      if (!amounts) return;
      const auto found = amounts->find(currency);
      if (found == amounts->end()) {
        sum.add(Amount());  // a month that was read without it cost nothing in this currency
      } else {
        sum.fits = found->second.fits && sum.fits;
        sum.add(found->second.total);
      }
    }
  };

  [[nodiscard]] MonthAmounts amounts_of(const AccountSummary& account, BillingMonth month) const {
    if (month == current_) return open_amounts(account, &CurrencyCosts::current);
    if (month == current_.previous()) return open_amounts(account, &CurrencyCosts::previous);
    return closed_amounts(account, month);
  }

  BillingMonth current_;
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
