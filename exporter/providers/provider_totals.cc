#include "providers/provider_totals.h"

#include <utility>

#include "core/measure.h"

namespace cloud_billing {

bool CurrencySums::add(std::string_view currency, Amount amount) {
  return amounts[std::string(currency)].add(amount);
}

bool CurrencySums::merge(const CurrencySums& from) {
  for (const auto& [currency, amount] : from.amounts) {
    if (!add(currency, amount)) return false;
  }
  return true;
}

std::vector<ProviderTotal> reconcile(const MonthCosts& ours, const CurrencySums& theirs) {
  CurrencySums differences;
  for (const auto& [key, amounts] : ours.totals) {
    if (!differences.add(key.currency, amounts[index_of(Measure::kBilledCost)])) return {};
  }
  std::vector<ProviderTotal> totals;
  for (const auto& [currency, amount] : theirs.amounts) differences.amounts.try_emplace(currency);
  for (const auto& [currency, own_sum] : differences.amounts) {
    const auto billed = theirs.amounts.find(currency);
    ProviderTotal total{currency, billed == theirs.amounts.end() ? Amount{} : billed->second,
                        own_sum};
    if (!total.difference.subtract(total.billed_cost)) return {};
    totals.push_back(std::move(total));
  }
  return totals;
}

}  // namespace cloud_billing
