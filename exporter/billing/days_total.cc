#include "billing/days_total.h"

#include <map>
#include <optional>

namespace cloud_billing {
namespace {

// The last of the days that the bill covers, if no part of a later one is in it.
std::optional<BillingDay> last_day_of(BillingMonth month, const MonthCosts& costs,
                                      BillingDay newest, BillingZone zone) {
  if (newest >= month.last_day()) return month.last_day();
  if (newest < month.first_day() || costs.data_through != zone.end_of(newest)) return std::nullopt;
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

void compare(BillingMonth month, const MonthCosts& costs, const KnownDays& known, BillingZone zone,
             std::vector<DaysTotal>& totals) {
  const auto last = last_day_of(month, costs, known.newest().day, zone);
  if (!last) return;
  const DaysSum sum = known.sum(month.first_day(), *last);
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

std::vector<DaysTotal> compare_days(const AccountResults& results, BillingZone zone) {
  std::vector<DaysTotal> totals;
  if (!results.days) return totals;
  for (const auto& [month, read] : results.months) {
    compare(month, *read.value, *results.days->value, zone, totals);
  }
  return totals;
}

}  // namespace cloud_billing
