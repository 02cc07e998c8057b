#include "billing/days_total.h"

#include <chrono>
#include <map>
#include <optional>

namespace cloud_billing {
namespace {

// The last of the days that the bill covers, if no part of a later one is in it.
std::optional<BillingDay> last_day_of(BillingMonth month, const MonthCosts& costs,
                                      BillingDay newest) {
  const BillingDay last = billing_day_at(month.end() - std::chrono::seconds(1));
  if (newest >= last) return last;
  const UtcSeconds end = start_of(newest) + std::chrono::days(1);
  if (newest < billing_day_at(month.start()) || costs.data_through != end) return std::nullopt;
  return newest;
}

// By currency; nothing if a sum overflows.
template <typename Sums, typename AmountOf>
std::optional<std::map<std::string, Amount>> add_up_modes(const Sums& sums,
                                                          const AmountOf& amount_of) {
  std::map<std::string, Amount> by_currency;
  for (const auto& [key, amounts] : sums) {
    if (!by_currency[key.currency].add(amount_of(amounts))) return std::nullopt;
  }
  return by_currency;
}

void compare(BillingMonth month, const MonthCosts& costs, const KnownDays& known,
             std::vector<DaysTotal>& totals) {
  const auto last = last_day_of(month, costs, known.newest().day);
  if (!last) return;
  const DaysSum sum = known.sum(billing_day_at(month.start()), *last);
  if (!sum.fits || sum.known != static_cast<int>(static_cast<unsigned>(last->day()))) return;
  const auto days = add_up_modes(sum.sums, [](const Amount& amount) { return amount; });
  auto bill = add_up_modes(costs.totals, [](const MeasureAmounts& amounts) {
    return amounts[index_of(Measure::kBilledCost)];
  });
  if (!days || !bill) return;
  for (const auto& [currency, amount] : *days) bill->try_emplace(currency);
  for (const auto& [currency, billed] : *bill) {
    const auto found = days->find(currency);
    DaysTotal total{month, currency, found == days->end() ? Amount() : found->second, billed, {}};
    total.difference = total.days;
    if (total.difference.subtract(billed)) totals.push_back(std::move(total));
  }
}

}  // namespace

std::vector<DaysTotal> compare_days(const AccountResults& results) {
  std::vector<DaysTotal> totals;
  if (!results.days) return totals;
  for (const auto& [month, read] : results.months) {
    compare(month, *read.value, *results.days->value, totals);
  }
  return totals;
}

}  // namespace cloud_billing
