#include <algorithm>
#include <array>
#include <iterator>
#include <string>
#include <string_view>
#include <vector>

#include "exposition/metric_table.h"
#include "exposition/month_series.h"

namespace cloud_billing {
namespace {

struct MeasureMeaning {
  Measure measure;
  std::string_view meaning;
};

constexpr std::array<MeasureMeaning, kAllMeasures.size()> kMeanings{{
    {Measure::kBilledCost, "Billed cost (payable)"},
    {Measure::kListCost, "List cost (before discounts)"},
    {Measure::kPaidAmount, "Paid amount"},
    {Measure::kUnpaidAmount, "Unpaid amount"},
    {Measure::kCouponAmount, "Amount covered by coupons"},
    {Measure::kDiscountAmount, "Amount discounted"},
}};

bool is_chosen(const AggregationConfig& aggregation, Measure measure) {
  const std::vector<Measure>& chosen = aggregation.measures;
  return std::find(chosen.begin(), chosen.end(), measure) != chosen.end();
}

// Writes the series of one measure of a month.
using WriteMeasure = void (*)(FamilyWriter& family, const AggregationConfig& aggregation,
                              std::string_view account, const ShownMonth& month, Measure measure);

void write_account_measure(FamilyWriter& family, const AggregationConfig&, std::string_view account,
                           const ShownMonth& month, Measure measure) {
  write_totals(family, {account, month.period, measure}, *month.costs);
}

void write_group_measure(FamilyWriter& family, const AggregationConfig& aggregation,
                         std::string_view account, const ShownMonth& month, Measure measure) {
  write_groups(family, {account, month.period, measure}, aggregation, month.costs->groups);
}

void write_tag_measure(FamilyWriter& family, const AggregationConfig& aggregation,
                       std::string_view account, const ShownMonth& month, Measure measure) {
  write_tag_groups(family, {account, month.period, measure}, aggregation, *month.costs);
}

// Nothing if the configuration leaves the measure out, or the bill of the month does not have it.
AccountSeries write_measure(Measure measure, WriteMeasure write) {
  return {Subject::kMonths,
          [measure, write](FamilyWriter& family, const AggregationConfig& aggregation,
                           const ShownAccount& account) {
            if (!is_chosen(aggregation, measure)) return;
            for (const ShownMonth& month : account.months) {
              if (month.costs->lacked[index_of(measure)]) continue;
              write(family, aggregation, account.labels, month, measure);
            }
          }};
}

// Three families for each measure.
std::vector<MetricRow> measure_metrics() {
  std::vector<MetricRow> rows;
  for (const auto& [measure, meaning] : kMeanings) {
    rows.push_back({{"cloud_billing_account_" + std::string(measure_name(measure)),
                     std::string(meaning) + ": the account's total of the billing month.",
                     {kAccountLabels, "period", "currency", "billing_mode"}},
                    polled(measure_name(measure)),
                    write_measure(measure, write_account_measure)});
  }
  for (const auto& [measure, meaning] : kMeanings) {
    rows.push_back({{"cloud_billing_" + std::string(measure_name(measure)),
                     std::string(meaning) + " of the billing month by group.",
                     {kAccountLabels, "period", "currency", kGroupLabels}},
                    polled(measure_name(measure)),
                    write_measure(measure, write_group_measure)});
  }
  for (const auto& [measure, meaning] : kMeanings) {
    rows.push_back(
        {{"cloud_billing_" + std::string(measure_name(measure)) + "_by_tag",
          std::string(meaning) +
              " of the billing month by tag; each tag_key splits the whole cost once, so always "
              "select one.",
          {kAccountLabels, "period", "currency", "tag_key", "tag_value", "service_type"}},
         polled(measure_name(measure)),
         write_measure(measure, write_tag_measure)});
  }
  return rows;
}

void write_day_cost(FamilyWriter& family, const ShownAccount& account, const DayCosts& day) {
  for (const auto& [key, amount] : day.billed_costs) {
    const std::array labels{Label{"currency", key.currency},
                            Label{"service_type", key.service_type},
                            Label{"billing_mode", key.billing_mode}};
    family.add(account.labels, labels, amount);
  }
}

void write_day_start(FamilyWriter& family, const ShownAccount& account, const DayCosts& day) {
  family.add(account.labels, {}, account.view->config->provider->billing_zone.start_of(day.day));
}

// Nothing while no day is known.
AccountSeries of_day(void (*write)(FamilyWriter&, const ShownAccount&, const DayCosts&)) {
  return {Subject::kDay,
          [write](FamilyWriter& family, const AggregationConfig&, const ShownAccount& account) {
            if (account.day != nullptr) write(family, account, *account.day);
          }};
}

AccountSeries of_months(void (*write)(FamilyWriter&, std::string_view, const ShownMonth&)) {
  return {Subject::kMonths,
          [write](FamilyWriter& family, const AggregationConfig&, const ShownAccount& account) {
            for (const ShownMonth& month : account.months) write(family, account.labels, month);
          }};
}

void write_data_through(FamilyWriter& family, std::string_view account, const ShownMonth& month) {
  if (!month.costs->data_through) return;
  const std::array labels{Label{"period", month.period}};
  family.add(account, labels, *month.costs->data_through);
}

void write_bill_rows(FamilyWriter& family, std::string_view account, const ShownMonth& month) {
  const std::array labels{Label{"period", month.period}};
  family.add(account, labels, static_cast<double>(month.costs->rows));
}

void write_folded_groups(FamilyWriter& family, std::string_view account, const ShownMonth& month) {
  if (!month.costs->grouped) return;
  const auto add = [&](std::string_view breakdown, std::size_t folded) {
    const std::array labels{Label{"period", month.period}, Label{"breakdown", breakdown}};
    family.add(account, labels, static_cast<double>(folded));
  };
  add("group", month.costs->groups.folded_groups);
  if (month.costs->tag_groups.empty()) return;
  std::size_t tag_groups = 0;
  for (const GroupLines& lines : month.costs->tag_groups) tag_groups += lines.folded_groups;
  add("tag", tag_groups);
}

template <Amount ProviderTotal::*kAmount>
void write_provider_total(FamilyWriter& family, std::string_view account, const ShownMonth& month) {
  for (const ProviderTotal& total : month.costs->provider_totals) {
    const std::array labels{Label{"period", month.period}, Label{"currency", total.currency}};
    family.add(account, labels, total.*kAmount);
  }
}

}  // namespace

std::vector<MetricRow> cost_metrics() {
  std::vector<MetricRow> rows = measure_metrics();
  std::vector<MetricRow> others{
      {{"cloud_billing_day_billed_cost",
        "Billed cost (payable) of the newest complete day.",
        {kAccountLabels, "currency", "service_type", "billing_mode"}},
       polled("billed_cost", "of that day"),
       of_day(write_day_cost)},
      {{"cloud_billing_day_start_timestamp_seconds",
        "Start of the newest complete day, 00:00 in the provider's billing zone.",
        {kAccountLabels}},
       polled("day_start"),
       of_day(write_day_start)},
      {{"cloud_billing_bill_data_through_timestamp_seconds",
        "Until when the bill covers.",
        {kAccountLabels, "period"}},
       polled("data_through"),
       of_months(write_data_through)},
      {{"cloud_billing_bill_rows",
        "Rows read in the last good poll of the month.",
        {kAccountLabels, "period"}},
       polled("bill_rows"),
       of_months(write_bill_rows)},
      {{"cloud_billing_folded_groups",
        "Groups folded into __other__: of the breakdown by group, and by tag over all tag keys.",
        {kAccountLabels, "period", "breakdown"}},
       polled(),
       of_months(write_folded_groups)},
      {{"cloud_billing_provider_billed_cost",
        "The provider's own total over the same days.",
        {kAccountLabels, "period", "currency"}},
       polled("provider_total"),
       of_months(write_provider_total<&ProviderTotal::billed_cost>)},
      {{"cloud_billing_reconciliation_difference",
        "Our sum of billed cost minus the provider's own total over the same days.",
        {kAccountLabels, "period", "currency"}},
       polled("provider_total"),
       of_months(write_provider_total<&ProviderTotal::difference>)},
  };
  rows.insert(rows.end(), std::make_move_iterator(others.begin()),
              std::make_move_iterator(others.end()));
  return rows;
}

}  // namespace cloud_billing
