#include <array>

#include "exposition/metric_table.h"

namespace cloud_billing {
namespace {

// Of a month whose rest is too large to be added nothing is shown.
void write_closed_months(FamilyWriter& family, const AggregationConfig& aggregation,
                         const ShownAccount& account) {
  for (const ShownClosedMonth& month : account.closed_months) {
    const auto shown = fold_services(*month.costs, aggregation.max_series);
    if (!shown) continue;
    const std::string text = month.month.text();
    for (const auto& [key, billed_cost] : shown->billed_costs) {
      const std::array labels{Label{"month", text}, Label{"currency", key.currency},
                              Label{"service_type", key.service_type},
                              Label{"billing_mode", key.billing_mode}};
      family.add(account.labels, labels, billed_cost);
    }
  }
}

}  // namespace

std::vector<MetricRow> history_metrics() {
  return {
      {{"cloud_billing_closed_month_billed_cost",
        "Billed cost (payable) of a month before the previous one, read once from the provider's "
        "own totals by product.",
        {kAccountLabels, "month", "currency", "service_type", "billing_mode"}},
       polled("closed_month"),
       AccountSeries{Subject::kClosedMonths, write_closed_months}},
  };
}

}  // namespace cloud_billing
