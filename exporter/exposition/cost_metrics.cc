#include "exposition/metric_writers.h"

#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <utility>
#include <vector>

namespace cloud_billing {
namespace {

bool is_chosen(const Shown& shown, Measure measure) {
  const std::vector<Measure>& chosen = shown.input->config->aggregation.measures;
  return std::find(chosen.begin(), chosen.end(), measure) != chosen.end();
}

template <typename Select>
void write_per_month(FamilyWriter& family, const Shown& shown, Select select) {
  for (const ShownAccount& account : shown.accounts) {
    for (const ShownMonth& month : account.months) {
      const std::optional<double> value = select(*month.costs);
      if (!value) continue;
      const std::array labels{Label{"period", month.period}};
      family.add(account.labels, labels, *value);
    }
  }
}

template <typename Select>
void write_provider_total(FamilyWriter& family, const Shown& shown, Select select) {
  for (const ShownAccount& account : shown.accounts) {
    for (const ShownMonth& month : account.months) {
      for (const ProviderTotal& total : month.costs->provider_totals) {
        const std::array labels{Label{"period", month.period}, Label{"currency", total.currency}};
        family.add(account.labels, labels, select(total));
      }
    }
  }
}

}  // namespace

std::string group_metric(Measure measure) {
  return "cloud_billing_" + std::string(measure_name(measure));
}

std::string tag_metric(Measure measure) { return group_metric(measure) + "_by_tag"; }

void write_account_measure(FamilyWriter& family, const Shown& shown, Measure measure) {
  if (!is_chosen(shown, measure)) return;
  for (const ShownAccount& account : shown.accounts) {
    for (const ShownMonth& month : account.months) {
      for (const auto& [key, amounts] : month.costs->totals) {
        const std::array labels{Label{"period", month.period}, Label{"currency", key.currency},
                                Label{"billing_mode", key.billing_mode}};
        family.add(account.labels, labels, amounts[index_of(measure)]);
      }
    }
  }
}

void write_group_measure(FamilyWriter& family, const Shown& shown, Measure measure) {
  if (!is_chosen(shown, measure)) return;
  const std::vector<GroupDimension>& dimensions = shown.input->config->aggregation.group_by;
  std::vector<Label> labels{{"period", {}}, {"currency", {}}};
  for (const GroupDimension& dimension : dimensions) labels.push_back({dimension.label, {}});
  for (const ShownAccount& account : shown.accounts) {
    for (const ShownMonth& month : account.months) {
      labels[0].value = month.period;
      for (const GroupLine& line : month.costs->groups.lines) {
        for (std::size_t i = 0; i < line.values.size(); ++i) labels[i + 1].value = line.values[i];
        family.add(account.labels, labels, line.amounts[index_of(measure)]);
      }
    }
  }
}

void write_tag_measure(FamilyWriter& family, const Shown& shown, Measure measure) {
  if (!is_chosen(shown, measure)) return;
  const std::vector<std::string>& tag_keys = shown.input->config->aggregation.tag_keys;
  for (const ShownAccount& account : shown.accounts) {
    for (const ShownMonth& month : account.months) {
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

void write_folded_groups(FamilyWriter& family, const Shown& shown, Measure) {
  for (const ShownAccount& account : shown.accounts) {
    for (const ShownMonth& month : account.months) {
      if (!month.costs->grouped) continue;
      std::size_t tag_groups = 0;
      for (const GroupLines& lines : month.costs->tag_groups) tag_groups += lines.folded_groups;
      for (const Measure measure : shown.input->config->aggregation.measures) {
        const auto add = [&](const std::string& metric, std::size_t folded) {
          const std::array labels{Label{"period", month.period}, Label{"metric", metric}};
          family.add(account.labels, labels, static_cast<double>(folded));
        };
        add(group_metric(measure), month.costs->groups.folded_groups);
        if (!month.costs->tag_groups.empty()) add(tag_metric(measure), tag_groups);
      }
    }
  }
}

void write_data_through(FamilyWriter& family, const Shown& shown, Measure) {
  write_per_month(family, shown, [](const MonthCosts& costs) {
    return costs.data_through ? std::optional(seconds_of(*costs.data_through)) : std::nullopt;
  });
}

void write_rows(FamilyWriter& family, const Shown& shown, Measure) {
  write_per_month(family, shown, [](const MonthCosts& costs) {
    return std::optional(static_cast<double>(costs.rows));
  });
}

void write_provider_cost(FamilyWriter& family, const Shown& shown, Measure) {
  write_provider_total(family, shown, [](const ProviderTotal& total) { return total.billed_cost; });
}

void write_difference(FamilyWriter& family, const Shown& shown, Measure) {
  write_provider_total(family, shown, [](const ProviderTotal& total) { return total.difference; });
}

void write_service_info(FamilyWriter& family, const Shown& shown, Measure) {
  // Provider and service type -> when the name was delivered, and the name: the newest is shown.
  std::map<std::pair<std::string_view, std::string_view>, std::pair<UtcSeconds, std::string_view>>
      names;
  for (const ShownAccount& account : shown.accounts) {
    for (const auto& [month, read] : account.view->results.months) {
      for (const auto& [type, name] : read.value->service_names) {
        auto& known = names[{account.view->config->provider->name, type}];
        known = std::max(known, std::pair(read.at, std::string_view(name)));
      }
    }
  }
  for (const auto& [key, name] : names) {
    const std::array labels{Label{"provider", key.first}, Label{"service_type", key.second},
                            Label{"service_name", name.second}};
    family.add({}, labels, 1.0);
  }
}

void write_day_cost(FamilyWriter& family, const Shown& shown, Measure) {
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
void write_day_start(FamilyWriter& family, const Shown& shown, Measure) {
  for (const ShownAccount& account : shown.accounts) {
    if (account.day == nullptr) continue;
    family.add(account.labels, {}, seconds_of(start_of(account.day->day)));
  }
}

}  // namespace cloud_billing
