#include "accounts/currency_mismatch.h"

#include <set>

namespace cloud_billing {
namespace {

std::set<std::string> currencies_with_cost(const AccountResults& results) {
  std::set<std::string> currencies;
  for (const auto& [month, read] : results.months) {
    for (const auto& [key, amounts] : read.value->totals) {
      if (amounts[index_of(Measure::kBilledCost)] != Amount()) currencies.insert(key.currency);
    }
  }
  return currencies;
}

std::string join(const std::set<std::string>& texts) {
  std::string joined;
  for (const std::string& text : texts) joined += (joined.empty() ? "" : ", ") + text;
  return joined;
}

}  // namespace

std::vector<CurrencyMismatch> find_currency_mismatches(const AccountConfig& account,
                                                       const AccountResults& results) {
  std::vector<CurrencyMismatch> found;
  if (account.budget) {
    const std::set<std::string> currencies = currencies_with_cost(results);
    if (!currencies.empty() && !currencies.contains(account.currency)) {
      found.push_back({"budget", join(currencies)});
    }
  }
  if (account.low_balance && results.balance &&
      results.balance->value->currency != account.currency) {
    found.push_back({"low_balance", results.balance->value->currency});
  }
  return found;
}

}  // namespace cloud_billing
