#include <array>
#include <optional>
#include <string_view>

#include "exposition/metric_table.h"
#include "exposition/month_series.h"

namespace cloud_billing {
namespace {

// Where kBilledCost is the share of what is payable.
MonthSeries series_of(const ShownAccount& account, const ShownEffectiveMonth& month) {
  return {account.labels, month.period, Measure::kBilledCost};
}

void write_account_costs(FamilyWriter& family, const AggregationConfig&,
                         const ShownAccount& account) {
  for (const ShownEffectiveMonth& month : account.effective_months) {
    write_totals(family, series_of(account, month), month.costs->shares);
  }
}

void write_group_costs(FamilyWriter& family, const AggregationConfig& aggregation,
                       const ShownAccount& account) {
  for (const ShownEffectiveMonth& month : account.effective_months) {
    const std::optional<GroupLines> groups =
        with_region_ids(month.costs->shares.groups, aggregation, account.region_ids);
    if (groups) write_groups(family, series_of(account, month), aggregation, *groups);
  }
}

void write_tag_costs(FamilyWriter& family, const AggregationConfig& aggregation,
                     const ShownAccount& account) {
  for (const ShownEffectiveMonth& month : account.effective_months) {
    write_tag_groups(family, series_of(account, month), aggregation, month.costs->shares);
  }
}

void write_data_through(FamilyWriter& family, const AggregationConfig&,
                        const ShownAccount& account) {
  for (const ShownEffectiveMonth& month : account.effective_months) {
    const std::optional<UtcSeconds>& through = month.costs->shares.data_through;
    const std::array labels{Label{"period", month.period}};
    if (through) family.add(account.labels, labels, *through);
  }
}

}  // namespace

std::vector<MetricRow> amortization_metrics() {
  return {
      {{"cloud_billing_account_effective_cost",
        "Effective cost, the month's share of all purchases whenever they were billed: the "
        "account's total of the billing month.",
        {kAccountLabels, "period", "currency", "billing_mode"}},
       polled("effective_cost"),
       AccountSeries{Subject::kEffectiveMonths, write_account_costs}},
      {{"cloud_billing_effective_cost",
        "Effective cost, the month's share of all purchases whenever they were billed, of the "
        "billing month by group.",
        {kAccountLabels, "period", "currency", kGroupLabels}},
       polled("effective_cost"),
       AccountSeries{Subject::kEffectiveMonths, write_group_costs}},
      {{"cloud_billing_effective_cost_by_tag",
        "Effective cost, the month's share of all purchases whenever they were billed, of the "
        "billing month by tag; each tag_key splits the whole cost once, so always select one.",
        {kAccountLabels, "period", "currency", "tag_key", "tag_value", "service_type"}},
       polled("effective_cost"),
       AccountSeries{Subject::kEffectiveMonths, write_tag_costs}},
      {{"cloud_billing_effective_data_through_timestamp_seconds",
        "Until when the amortised bill covers.",
        {kAccountLabels, "period"}},
       polled("effective_data_through"),
       AccountSeries{Subject::kEffectiveMonths, write_data_through}},
  };
}

}  // namespace cloud_billing
