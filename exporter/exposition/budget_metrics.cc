#include <array>

#include "exposition/metric_table.h"

namespace cloud_billing {
namespace {

void write_provider_budget(FamilyWriter& family, const AggregationConfig&,
                           const ShownAccount& account) {
  if (account.budgets == nullptr) return;
  for (const auto& [key, sums] : account.budgets->sums) {
    const std::array labels{Label{"budget", key.budget}, Label{"currency", key.currency}};
    if (sums.knows_budget) family.add(account.labels, labels, sums.budget);
  }
}

void write_provider_budget_used(FamilyWriter& family, const AggregationConfig&,
                                const ShownAccount& account) {
  if (account.budgets == nullptr) return;
  for (const auto& [key, sums] : account.budgets->sums) {
    const std::array labels{Label{"budget", key.budget}, Label{"currency", key.currency}};
    if (sums.knows_used) family.add(account.labels, labels, sums.used);
  }
}

}  // namespace

std::vector<MetricRow> budget_metrics() {
  return {
      {{"cloud_billing_provider_budget",
        "Budgets that the account has with the cloud; those of one name are added.",
        {kAccountLabels, "budget", "currency"}},
       polled("provider_budget"),
       AccountSeries{Subject::kBudgets, write_provider_budget}},
      {{"cloud_billing_provider_budget_used",
        "What the cloud itself counts against these budgets.",
        {kAccountLabels, "budget", "currency"}},
       polled("provider_budget_used"),
       AccountSeries{Subject::kBudgets, write_provider_budget_used}},
  };
}

}  // namespace cloud_billing
