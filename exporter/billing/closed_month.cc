#include "billing/closed_month.h"

#include <utility>

namespace cloud_billing {
namespace {

// The costs of a currency follow one another.
std::vector<CurrencySum> add_up_by_currency(const ServiceCosts& costs) {
  std::vector<CurrencySum> sums;
  for (const auto& [key, billed_cost] : costs.billed_costs) {
    if (sums.empty() || sums.back().currency != key.currency) {
      sums.push_back({key.currency, billed_cost});
      continue;
    }
    std::optional<Amount>& sum = sums.back().billed_cost;
    if (sum && !sum->add(billed_cost)) sum.reset();
  }
  sums.shrink_to_fit();  // there is one for each month of each account
  return sums;
}

}  // namespace

ClosedMonth::ClosedMonth(ServiceCosts costs)
    : costs_(std::move(costs)), sums_(add_up_by_currency(costs_)) {}

}  // namespace cloud_billing
