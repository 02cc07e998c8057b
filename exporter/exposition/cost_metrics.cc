#include <algorithm>
#include <array>
#include <iterator>
#include <optional>

#include "exposition/metric_table.h"

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

bool is_chosen(const Shown& shown, Measure measure) {
  const std::vector<Measure>& chosen = shown.input->config->aggregation.measures;
  return std::find(chosen.begin(), chosen.end(), measure) != chosen.end();
}

void write_account_measure(FamilyWriter& family, const Shown& shown, Measure measure) {
  for (const ShownAccount& account : shown.accounts) {
    for (const ShownMonth& month : account.months) {
      if (month.costs->lacked[index_of(measure)]) continue;
      for (const auto& [key, amounts] : month.costs->totals) {
        const std::array labels{Label{"period", month.period}, Label{"currency", key.currency},
                                Label{"billing_mode", key.billing_mode}};
        family.add(account.labels, labels, amounts[index_of(measure)]);
      }
    }
  }
}

void write_group_measure(FamilyWriter& family, const Shown& shown, Measure measure) {
  const std::vector<GroupDimension>& dimensions = shown.input->config->aggregation.group_by;
  std::vector<Label> labels{{"period", {}}, {"currency", {}}};
  for (const GroupDimension& dimension : dimensions) labels.push_back({dimension.label, {}});
  for (const ShownAccount& account : shown.accounts) {
    for (const ShownMonth& month : account.months) {
      if (month.costs->lacked[index_of(measure)]) continue;
      labels[0].value = month.period;
      for (const GroupLine& line : month.costs->groups.lines) {
        for (std::size_t i = 0; i < line.values.size(); ++i) labels[i + 1].value = line.values[i];
        family.add(account.labels, labels, line.amounts[index_of(measure)]);
      }
    }
  }
}

void write_tag_measure(FamilyWriter& family, const Shown& shown, Measure measure) {
  const std::vector<std::string>& tag_keys = shown.input->config->aggregation.tag_keys;
  for (const ShownAccount& account : shown.accounts) {
    for (const ShownMonth& month : account.months) {
      if (month.costs->lacked[index_of(measure)]) continue;
      for (std::size_t tag = 0; tag < month.costs->tag_groups.size(); ++tag) {
        for (const GroupLine& line : month.costs->tag_groups[tag].lines) {
          const std::array labels{Label{"period", month.period}, Label{"currency", line.values[0]},
                                  Label{"tag_key", tag_keys[tag]},
                                  Label{"tag_value", line.values[1]},
                                  Label{"service_type", line.values[2]}};
          family.add(account.labels, labels, line.amounts[index_of(measure)]);
        }
      }
    }
  }
}

// The write function of a row that is about one measure: nothing if the configuration leaves the
// measure out.
auto write_measure(Measure measure, void (*write)(FamilyWriter&, const Shown&, Measure)) {
  return [measure, write](FamilyWriter& family, const Shown& shown) {
    if (is_chosen(shown, measure)) write(family, shown, measure);
  };
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

void write_day_cost(FamilyWriter& family, const Shown& shown) {
  for (const ShownAccount& account : shown.accounts) {
    if (account.day == nullptr) continue;
    for (const auto& [key, amount] : account.day->billed_costs) {
      const std::array labels{Label{"currency", key.currency},
                              Label{"service_type", key.service_type},
                              Label{"billing_mode", key.billing_mode}};
      family.add(account.labels, labels, amount);
    }
  }
}

void write_day_start(FamilyWriter& family, const Shown& shown) {
  for (const ShownAccount& account : shown.accounts) {
    if (account.day == nullptr) continue;
    family.add(account.labels, {}, start_of(account.day->day));
  }
}

// Writes what `select` finds in each month, if it is known.
template <typename Select>
auto write_per_month(Select select) {
  return [select](FamilyWriter& family, const Shown& shown) {
    for (const ShownAccount& account : shown.accounts) {
      for (const ShownMonth& month : account.months) {
        const auto value = select(*month.costs);
        if (!value) continue;
        const std::array labels{Label{"period", month.period}};
        family.add(account.labels, labels, *value);
      }
    }
  };
}

void write_folded_groups(FamilyWriter& family, const Shown& shown) {
  for (const ShownAccount& account : shown.accounts) {
    for (const ShownMonth& month : account.months) {
      if (!month.costs->grouped) continue;
      const auto add = [&](std::string_view breakdown, std::size_t folded) {
        const std::array labels{Label{"period", month.period}, Label{"breakdown", breakdown}};
        family.add(account.labels, labels, static_cast<double>(folded));
      };
      add("group", month.costs->groups.folded_groups);
      if (month.costs->tag_groups.empty()) continue;
      std::size_t tag_groups = 0;
      for (const GroupLines& lines : month.costs->tag_groups) tag_groups += lines.folded_groups;
      add("tag", tag_groups);
    }
  }
}

auto write_provider_total(Amount ProviderTotal::*amount) {
  return [amount](FamilyWriter& family, const Shown& shown) {
    for (const ShownAccount& account : shown.accounts) {
      for (const ShownMonth& month : account.months) {
        for (const ProviderTotal& total : month.costs->provider_totals) {
          const std::array labels{Label{"period", month.period}, Label{"currency", total.currency}};
          family.add(account.labels, labels, total.*amount);
        }
      }
    }
  };
}

}  // namespace

std::vector<MetricRow> cost_metrics() {
  std::vector<MetricRow> rows = measure_metrics();
  std::vector<MetricRow> others{
      {{"cloud_billing_day_billed_cost",
        "Billed cost (payable) of the newest complete day.",
        {kAccountLabels, "currency", "service_type", "billing_mode"}},
       polled("billed_cost", "of that day"),
       write_day_cost},
      {{"cloud_billing_day_start_timestamp_seconds",
        "Start of the newest complete day, 00:00 UTC+8.",
        {kAccountLabels}},
       polled("day_start"),
       write_day_start},
      {{"cloud_billing_bill_data_through_timestamp_seconds",
        "Until when the bill covers.",
        {kAccountLabels, "period"}},
       polled("data_through"),
       write_per_month([](const MonthCosts& costs) { return costs.data_through; })},
      {{"cloud_billing_bill_rows",
        "Rows read in the last good poll of the month.",
        {kAccountLabels, "period"}},
       polled("bill_rows"),
       write_per_month(
           [](const MonthCosts& costs) { return std::optional(static_cast<double>(costs.rows)); })},
      {{"cloud_billing_folded_groups",
        "Groups folded into __other__: of the breakdown by group, and by tag over all tag keys.",
        {kAccountLabels, "period", "breakdown"}},
       polled(),
       write_folded_groups},
      {{"cloud_billing_provider_billed_cost",
        "The provider's own total over the same days.",
        {kAccountLabels, "period", "currency"}},
       polled("provider_total"),
       write_provider_total(&ProviderTotal::billed_cost)},
      {{"cloud_billing_reconciliation_difference",
        "Our sum of billed cost minus the provider's own total over the same days.",
        {kAccountLabels, "period", "currency"}},
       polled("provider_total"),
       write_provider_total(&ProviderTotal::difference)},
  };
  rows.insert(rows.end(), std::make_move_iterator(others.begin()),
              std::make_move_iterator(others.end()));
  return rows;
}

}  // namespace cloud_billing
